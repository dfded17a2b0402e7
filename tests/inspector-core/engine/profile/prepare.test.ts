import {expect} from '@esm-bundle/chai';
import {restoreRequest} from '../../../../inspector-core/engine/driver/make-request.js';
import {prepare} from '../../../../inspector-core/engine/profile/chromium/prepare.js';
import {storedRequest} from '../support/fetches.js';

describe('prepare, of the profile chromium', () => {
  it('makes of each request one that can be made', () => {
    const given = storedRequest({
      url: new URL('/a', location.href).href,
      mode: 'same-origin',
      cache: 'only-if-cached',
    });
    const request = restoreRequest({...given, ...prepare(given)});
    expect(request.mode).to.equal('cors');
    expect(request.cache).to.equal('no-store');
  });
});
