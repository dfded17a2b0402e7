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

  it('knows its origin, though a script of the app has a global of that name', () => {
    const given = storedRequest({
      url: new URL('/a', location.href).href,
      method: 'PUT',
    });
    const {origin} = globalThis;
    Reflect.set(globalThis, 'origin', 'https://cdn.example');
    const {blockedBy} = prepare(given);
    Reflect.set(globalThis, 'origin', origin);
    expect(blockedBy).to.equal(undefined);
  });
});
