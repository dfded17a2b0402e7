import {expect} from '@esm-bundle/chai';
import {BackgroundFetchRecord} from '../../../../inspector-core/engine/surface/background-fetch-record.js';
import type {BackgroundFetchRegistration} from '../../../../inspector-core/engine/surface/background-fetch-registration.js';
import {makeManager} from '../support/local-manager.js';
import {rejection, scripted, until} from '../support/scripted.js';
import {useWorkers} from '../support/workers.js';

const workers = useWorkers();

/** Sets the attribute to whatever a page may set it to. */
const setHandler = (
  registration: BackgroundFetchRegistration,
  value: unknown,
): void => {
  Reflect.set(registration, 'onprogress', value);
};

const slow = (): string => scripted(1_000, {stall: 500}).url;

describe('BackgroundFetchRegistration', () => {
  it('fires progress until there is a result, and once for it', async () => {
    const {manager} = makeManager(workers);
    const registration = await manager.fetch('id', scripted(100_000).url);
    const seen: (readonly [number, string])[] = [];
    setHandler(registration, (event: Event) => {
      expect(event).to.include({bubbles: false, cancelable: false});
      expect(event.target).to.equal(registration);
      seen.push([registration.downloaded, registration.result]);
    });
    await until(() => !registration.recordsAvailable);
    expect(seen.at(-1)).to.deep.equal([100_000, 'success']);
    expect(seen.filter(([, result]) => result !== '')).to.have.length(1);
    expect(seen.length).to.be.at.least(2);
    expect(await rejection(registration.match('/'))).to.match(
      /^InvalidStateError/,
    );
    expect(await registration.abort()).to.equal(false);
  });

  it('calls its handler in the place where it was first set', async () => {
    const {manager} = makeManager(workers);
    const registration = await manager.fetch('id', slow());
    const calls: string[] = [];
    setHandler(registration, () => calls.push('replaced'));
    registration.addEventListener('progress', () => calls.push('listener'));
    setHandler(registration, () => calls.push('handler'));
    registration.dispatchEvent(new Event('progress'));
    expect(calls).to.deep.equal(['handler', 'listener']);
    const object = {};
    setHandler(registration, object);
    expect(registration.onprogress).to.equal(object);
    setHandler(registration, 'text');
    expect(registration.onprogress).to.equal(null);
    registration.dispatchEvent(new Event('progress'));
    expect(calls).to.deep.equal(['handler', 'listener', 'listener']);
  });

  it('aborts once', async () => {
    const {manager, target} = makeManager(workers);
    const registration = await manager.fetch('id', slow());
    const event = new Promise<Event>((resolve) => {
      target.addEventListener('backgroundfetchabort', resolve);
    });
    expect(await registration.abort()).to.equal(true);
    expect(await registration.abort()).to.equal(false);
    expect(await manager.get('id')).to.equal(undefined);
    expect(await event).to.have.property('registration', registration);
    expect(await event).not.to.have.property('updateUI');
    expect(registration).to.include({
      result: 'failure',
      failureReason: 'aborted',
    });
  });

  it('finds records by request', async () => {
    const {manager} = makeManager(workers);
    const [a, b] = [scripted(10), scripted(20, {stall: 5})];
    const registration = await manager.fetch('id', [a.url, b.url, a.url]);
    expect(await registration.matchAll(a.url)).to.have.length(2);
    expect(await registration.matchAll(`${a.url}#here`)).to.have.length(2);
    const record = await registration.match(new Request(a.url));
    expect(record).to.be.instanceOf(BackgroundFetchRecord);
    expect(record?.request.url).to.equal(a.url);
    expect(record?.responseReady).to.equal(record?.responseReady);
    const response = await record?.responseReady;
    expect([
      ...new Uint8Array((await response?.arrayBuffer()) ?? []),
    ]).to.deep.equal([...a.content]);
    expect(await registration.match('/none')).to.equal(undefined);
    expect(
      await registration.match('/scripted', {ignoreSearch: true}),
    ).to.be.instanceOf(BackgroundFetchRecord);
    expect(await rejection(registration.match())).to.match(/^TypeError/);
  });
});
