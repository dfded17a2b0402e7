import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';
import {createSystemNetwork} from '../../../inspector-core/seams/system-network.js';
import {rejection, scripted} from '../engine/support/scripted.js';

/** What the browser says of its connection, until the test is over. */
const setOnLine = (value: boolean): void => {
  Object.defineProperty(navigator, 'onLine', {value, configurable: true});
};

afterEach(() => {
  Reflect.deleteProperty(navigator, 'onLine');
});

describe('SystemNetwork', () => {
  it('waits until the browser says that it is online', async () => {
    const network = createSystemNetwork();
    setOnLine(false);
    expect(network.isOnline()).to.equal(false);
    let isOver = false;
    const waiting = network
      .whenOnline(new AbortController().signal)
      .then(() => {
        isOver = true;
      });
    // Nothing of the kind: a wait ends by its own event.
    globalThis.dispatchEvent(new Event('offline'));
    await Promise.resolve();
    expect(isOver).to.equal(false);
    setOnLine(true);
    globalThis.dispatchEvent(new Event('online'));
    await waiting;
    expect(network.isOnline()).to.equal(true);
    await network.whenOnline(new AbortController().signal);
  });

  it('looks by itself, for service workers of Chromium are not told', async () => {
    const clock = createManualClock();
    const network = createSystemNetwork(clock);
    setOnLine(false);
    let isOver = false;
    const waiting = network
      .whenOnline(new AbortController().signal)
      .then(() => {
        isOver = true;
      });
    await clock.advance(60_000);
    expect(isOver).to.equal(false);
    setOnLine(true);
    await clock.advance(1_000);
    await waiting;
    expect(clock.due).to.deep.equal([]);
  });

  it('stops waiting when its signal aborts', async () => {
    const network = createSystemNetwork();
    setOnLine(false);
    const stop = new AbortController();
    const waiting = rejection(network.whenOnline(stop.signal));
    stop.abort(new RangeError('Enough.'));
    expect(await waiting).to.equal('RangeError: Enough.');
    expect(await rejection(network.whenOnline(stop.signal))).to.equal(
      'RangeError: Enough.',
    );
  });

  it('keeps the fetch() that there was when it was made', async () => {
    const network = createSystemNetwork();
    const original = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new Error('Replaced.'));
    try {
      const response = await network.fetch(new Request(scripted(3).url));
      expect((await response.arrayBuffer()).byteLength).to.equal(3);
    } finally {
      globalThis.fetch = original;
    }
  });
});
