import {expect} from '@esm-bundle/chai';
import {
  createManualClock,
  type ManualClock,
} from '../../../../inspector-core/seams/manual-clock.js';
import type {Backend} from '../../../../inspector-core/engine/surface/backend.js';
import {markCall} from '../../../../inspector-core/engine/surface/page-messages.js';
import {createRemoteBackend} from '../../../../inspector-core/engine/surface/remote-backend.js';
import {storedRequest} from '../support/fetches.js';
import {rejection, until} from '../support/scripted.js';
import {WorkerDouble} from '../support/worker-double.js';

/** A worker whose first life answers nothing, and later ones with their number. */
const start = () => {
  const clock = createManualClock();
  const calls: string[] = [];
  const worker = new WorkerDouble(
    (life) =>
      new Proxy<Partial<Backend>>(
        {},
        {
          get: (_, method) => () => {
            calls.push(`${String(method)} ${life}`);
            return life === 1 ? new Promise(() => {}) : Promise.resolve(life);
          },
        },
      ),
  );
  const backend = createRemoteBackend(worker.registration, clock);
  return {clock, calls, worker, backend};
};

/** Resolves with the answer to a message, behind those sent before it. */
const roundTrip = (worker: WorkerDouble): Promise<void> =>
  new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    worker.postMessage(markCall({method: 'ping', args: []}), [port2]);
  });

/** One beat; all that was sent before it has been answered. */
const beat = async (
  clock: ManualClock,
  worker: WorkerDouble,
): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  for (let trip = 0; trip < 3 && !worker.isSilent; trip += 1) {
    await roundTrip(worker);
  }
  await clock.advance(2_000);
};

/** Beats until it is settled; how many. */
const beatsUntil = async (
  clock: ManualClock,
  worker: WorkerDouble,
  promise: Promise<unknown>,
): Promise<number> => {
  const state = {isSettled: false};
  const settle = (): void => {
    state.isSettled = true;
  };
  promise.then(settle, settle);
  let beats = 0;
  await until(async () => {
    if (state.isSettled) return true;
    beats += 1;
    await beat(clock, worker);
    return false;
  });
  return beats;
};

const match = {
  key: 1,
  record: 0,
  generation: 1,
  request: storedRequest(),
};

const REPEATED: Readonly<Record<string, (backend: Backend) => unknown>> = {
  get: (backend) => backend.get('id'),
  getIds: (backend) => backend.getIds(),
  describe: (backend) => backend.describe(1),
  match: (backend) => backend.match(1, undefined, {}),
  open: (backend) => backend.open(match),
  read: (backend) => backend.read(match, 1, 0),
};

describe('A page whose worker dies', () => {
  for (const [method, ask] of Object.entries(REPEATED)) {
    it(`asks the next one again: ${method}`, async () => {
      const {clock, calls, worker, backend} = start();
      const answer = Promise.resolve(ask(backend));
      await until(() => calls.length === 1);
      worker.kill();
      await beatsUntil(clock, worker, answer);
      expect(await answer).to.equal(2);
      expect(calls).to.deep.equal([`${method} 1`, `${method} 2`]);
      expect(clock.due).to.deep.equal([]);
    });
  }

  it('asks the next version as soon as there is one', async () => {
    const {clock, calls, worker, backend} = start();
    const ids = backend.getIds();
    const aborting = rejection(backend.abort(1));
    await until(() => calls.length === 2);
    worker.replace();
    await clock.advance(100);
    expect(await ids).to.equal(2);
    // It may have been done, and its answer be on the way.
    expect(calls.toSorted()).to.deep.equal(['abort 1', 'getIds 1', 'getIds 2']);
    await beatsUntil(clock, worker, aborting);
    expect(clock.due).to.deep.equal([]);
  });

  it('is told so, where to ask again could do what it did not ask for', async () => {
    const {clock, calls, worker, backend} = start();
    const fetching = rejection(backend.fetch('id', [], {}));
    const aborting = rejection(backend.abort(1));
    await until(() => calls.length === 2);
    worker.kill();
    await beatsUntil(clock, worker, Promise.all([fetching, aborting]));
    expect(await fetching).to.match(/^TypeError: The service worker stopped/);
    expect(await aborting).to.match(/^AbortError: The service worker stopped/);
    expect(calls.toSorted()).to.deep.equal(['abort 1', 'fetch 1']);
  });

  it('waits as long as the worker lives, and asks once', async () => {
    const {clock, calls, worker, backend} = start();
    const state = {isSettled: false};
    const answer = backend.getIds().finally(() => {
      state.isSettled = true;
    });
    for (let beats = 0; beats < 40; beats += 1) await beat(clock, worker);
    expect(state.isSettled).to.equal(false);
    expect(worker.life).to.equal(1);
    expect(calls).to.deep.equal(['getIds 1']);
    worker.kill();
    await beatsUntil(clock, worker, answer);
    expect(await answer).to.equal(2);
  });

  it('gives up one that does not answer at all, after a minute', async () => {
    const {clock, worker, backend} = start();
    worker.isSilent = true;
    const answer = rejection(backend.getIds());
    expect(await beatsUntil(clock, worker, answer)).to.be.within(30, 32);
    expect(await answer).to.match(/^AbortError.*did not load worker\.js/);
  });

  it('has nothing when the registration went with it', async () => {
    const {clock, calls, worker, backend} = start();
    const ids = backend.getIds();
    const matching = rejection(backend.match(1, undefined, {}));
    await until(() => calls.length === 2);
    worker.isSilent = true;
    worker.state = 'redundant';
    worker.kill();
    expect(
      await beatsUntil(clock, worker, Promise.all([ids, matching])),
    ).to.be.within(3, 4);
    expect(await ids).to.deep.equal([]);
    expect(await matching).to.match(/^AbortError/);
  });
});
