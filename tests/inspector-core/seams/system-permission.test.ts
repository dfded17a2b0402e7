import {expect} from '@esm-bundle/chai';
import {createSystemPermission} from '../../../inspector-core/seams/system-permission.js';

/** A double: what a browser with these permissions answers. */
const askOf = (query: () => Promise<{state: PermissionState}>) =>
  createSystemPermission({
    navigator: {permissions: {query} as unknown as Permissions},
  });

describe('the permission', () => {
  it('is what the browser says', async () => {
    for (const state of ['granted', 'denied', 'prompt'] as const) {
      expect(await askOf(async () => ({state}))()).to.equal(state);
    }
  });

  it('follows when it changes', async () => {
    let state: PermissionState = 'denied';
    const ask = askOf(async () => ({state}));
    expect(await ask()).to.equal('denied');
    state = 'granted';
    expect(await ask()).to.equal('granted');
  });

  it('is granted where the browser does not know it', async () => {
    const unknown = (): Promise<never> =>
      Promise.reject(new TypeError('No such name.'));
    expect(await askOf(unknown)()).to.equal('granted');
    const throwing = (): never => {
      throw new TypeError('No such name.');
    };
    expect(await askOf(throwing)()).to.equal('granted');
    expect(await createSystemPermission({navigator: {}})()).to.equal('granted');
  });

  it('is none that keeps these tests from fetching', async () => {
    expect(await createSystemPermission()()).not.to.equal('denied');
  });
});
