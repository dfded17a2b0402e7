import {expect} from '@esm-bundle/chai';
import {
  closeRealms,
  factsOf,
  hasNativeApi,
  openOwn,
  openRealm,
  resource,
  sideBySide,
  startWorker,
  until,
} from '../../support/realms.js';

// A window: Chromium pauses a background fetch that a frame starts.
const kind = 'window';

describe('a record\u2019s responseReady', function () {
  this.timeout(40_000);
  afterEach(closeRealms);

  it('is one promise of the realm, the same at each reading', async () => {
    const {realm, manager} = await openOwn({kind});
    const {window} = realm;
    const made = await manager.fetch('a', resource({size: 5}));
    const [record] = await made.matchAll();
    expect(record?.responseReady).to.equal(record?.responseReady);
    expect(record?.request).to.equal(record?.request);
    expect(Object.getPrototypeOf(record?.responseReady)).to.equal(
      window.Promise.prototype,
    );
    const response = await record?.responseReady;
    expect(response).to.equal(await record?.responseReady);
    expect(response?.status).to.equal(200);
    const body = await response?.arrayBuffer();
    expect(body?.byteLength).to.equal(hasNativeApi ? 5 : 4);
  });

  it('is the native one for a record from before the hooks', async () => {
    const {scope} = await startWorker();
    const realm = await openRealm({scope});
    const made = await (await realm.manager()).fetch('b', resource({}));
    const [early] = await made.matchAll();
    const native = early?.responseReady;
    await realm.hook();
    expect(early?.responseReady).to.equal(native);
    const [late] = await made.matchAll();
    expect(late?.responseReady).to.equal(late?.responseReady);
    await made.abort();
  });

  it('appears in the log once for each object, with status and headers', async () => {
    const {realm, manager} = await openOwn({kind});
    const url = resource({size: 7, name: 'logged'});
    const made = await manager.fetch('c', url);
    const [record] = await made.matchAll();
    await record?.responseReady;
    // One of the page's, one of the hook's own list.
    const settled = await until(() => {
      const found = factsOf(realm.entries(), 'response-settled');
      return found.length >= 2 && found;
    });
    expect(settled).to.have.length(2);
    const listed = factsOf(realm.entries(), 'records-listed');
    expect(listed).to.have.length(1);
    const numbers = new Set(settled.map((fact) => fact.record));
    expect(numbers).to.deep.equal(new Set([1, 2]));
    for (const {outcome} of settled) {
      if (outcome.status !== 'fulfilled')
        throw new Error(outcome.error.message);
      expect(outcome.response.status).to.equal(200);
      if (!hasNativeApi) continue;
      expect(outcome.response.url).to.equal(url);
      expect(outcome.response.headers).to.deep.include(['x-test', 'yes']);
    }
    expect(await realm.unhandledSoFar()).to.deep.equal([]);
  });

  // The fake rejects it once the fetch was aborted; natively see the worker's
  // test, since a page's records do not reject in Chromium.
  (hasNativeApi ? it.skip : it)(
    'counts as unhandled exactly if the page read it and left it',
    async () => {
      const {plain, hooked, realm} = await sideBySide(async (realm) => {
        const made = await (
          await realm.manager()
        ).fetch('d', [
          resource({name: 'unread'}),
          resource({name: 'left'}),
          resource({name: 'caught'}),
        ]);
        await made.abort();
        const [, left, caught] = await made.matchAll();
        void left?.responseReady;
        caught?.responseReady.catch(() => {});
        return (await realm.unhandledSoFar()).map(String);
      });
      expect(hooked).to.deep.equal(plain);
      expect(hooked).to.have.length(1);
      const settled = factsOf(realm.entries(), 'response-settled');
      expect(
        settled.filter(({outcome}) => outcome.status === 'rejected').length,
      ).to.be.above(2);
    },
  );
});
