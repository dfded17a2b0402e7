/** What a page may say before `dist/inject/page.js` runs. */
import {expect} from '@esm-bundle/chai';
import {inject, openFrame} from '../../support/frames.js';

const KEY = Symbol.for('background-fetch-inspector');

/** A fresh realm of this origin in which the script ran. */
async function injectInto(options: object | undefined): Promise<Window> {
  const {window} = await openFrame({src: '/blank.html'});
  await inject(window, options);
  return window;
}

const isHooked = (realm: Window): boolean => Reflect.has(realm, KEY);

describe('globalThis.bgfInspector', () => {
  afterEach(() => {
    document.querySelectorAll('iframe').forEach((frame) => frame.remove());
  });

  it('need not be there', async () => {
    expect(isHooked(await injectInto(undefined))).to.equal(true);
  });

  it('leaves the realm alone with `record: false`', async () => {
    expect(isHooked(await injectInto({record: false}))).to.equal(false);
  });

  it('may hold what this version does not know', async () => {
    const realm = await injectInto({
      record: true,
      route: 'native',
      unknown: {},
      get trap(): never {
        throw new Error('read');
      },
    });
    expect(isHooked(realm)).to.equal(true);
  });
});
