import {expect} from '@esm-bundle/chai';
import {BackgroundFetchRegistration} from '../../../../inspector-core/engine/surface/background-fetch-registration.js';
import {makeManager} from '../support/local-manager.js';
import {rejection, scripted} from '../support/scripted.js';
import {useWorkers} from '../support/workers.js';

const workers = useWorkers();

const slow = (): string => scripted(1_000, {stall: 500}).url;

describe('BackgroundFetchManager', () => {
  it('gives one object for a fetch, each time', async () => {
    const {manager} = makeManager(workers);
    const registration = await manager.fetch('id', slow());
    expect(await manager.get('id')).to.equal(registration);
    expect(registration).to.be.instanceOf(BackgroundFetchRegistration);
    expect(registration).to.be.instanceOf(EventTarget);
    expect(registration).to.include({
      id: 'id',
      uploadTotal: 0,
      uploaded: 0,
      downloadTotal: 0,
      result: '',
      failureReason: '',
      recordsAvailable: true,
      onprogress: null,
    });
    expect(await manager.getIds()).to.deep.equal(['id']);
    expect(await manager.get('other')).to.equal(undefined);
  });

  it('rejects wrong arguments, and starts nothing', async () => {
    const {manager} = makeManager(workers);
    const fetch = (...args: unknown[]): Promise<string> =>
      rejection(manager.fetch(...args));
    const url = slow();
    const used = new Request(url, {method: 'POST', body: 'x'});
    await used.text();
    for (const args of [
      [],
      ['id'],
      [Symbol('id'), url],
      ['id', []],
      ['id', 'https://user:password@example.com/'],
      ['id', 'https://example.com:nonsense/'],
      ['id', used],
      ['id', new Request(url, {mode: 'no-cors'})],
      ['id', [url, new Request(url, {mode: 'no-cors'})]],
      ['id', url, 1],
      ['id', url, {icons: 1}],
      ['id', url, {icons: [{}]}],
      ['id', url, {downloadTotal: 1n}],
      ['id', {[Symbol.iterator]: 1}],
    ]) {
      expect(await fetch(...args)).to.match(/^TypeError/);
    }
    expect(await rejection(manager.get())).to.match(/^TypeError/);
    expect(await rejection(manager.get(''))).to.match(/^TypeError/);
    const thrown = new RangeError('The page’s own.');
    const getter = {
      get title(): string {
        throw thrown;
      },
    };
    expect(await fetch('id', url, getter)).to.equal(
      'RangeError: The page’s own.',
    );
    expect(await manager.getIds()).to.deep.equal([]);
  });

  it('converts what can be converted', async () => {
    const {manager} = makeManager(workers);
    const url = slow();
    const convert = async (downloadTotal: unknown): Promise<number> => {
      const id = String(downloadTotal);
      const made = await manager.fetch(id, url, {downloadTotal});
      await made.abort();
      return made.downloadTotal;
    };
    expect(await convert('12.9')).to.equal(12);
    expect(await convert(Number.NaN)).to.equal(0);
    expect(await convert(Infinity)).to.equal(0);
    expect(await convert(-1)).to.equal(2 ** 64);
    const odd = {toString: () => url};
    const registration = await manager.fetch(7, new Set([odd, url]), null);
    expect(registration.id).to.equal('7');
    expect(await registration.matchAll()).to.have.length(2);
    expect((await manager.get({toString: () => '7'}))?.id).to.equal('7');
  });

  it('takes the body of the request that it is given', async () => {
    const {manager} = makeManager(workers);
    const request = new Request(slow(), {method: 'POST', body: 'hello'});
    const registration = await manager.fetch('id', request);
    expect(request.bodyUsed).to.equal(true);
    expect(registration.uploadTotal).to.equal(5);
    const [record] = await registration.matchAll();
    expect(record?.request.method).to.equal('POST');
    expect(await record?.request.text()).to.equal('hello');
    // Each call gives records of its own, with bodies that are not yet read.
    const [again] = await registration.matchAll();
    expect(again).not.to.equal(record);
    expect(await again?.request.text()).to.equal('hello');
  });
});
