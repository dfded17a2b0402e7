import {expect} from '@esm-bundle/chai';
import type {Job} from '../../../../inspector-core/engine/driver/job.js';
import {CHROMIUM} from '../../../../inspector-core/engine/profile/chromium.js';
import {
  ActiveFetches,
  type Host,
} from '../../../../inspector-core/engine/registration/active-fetches.js';
import {controlFetch} from '../../../../inspector-core/engine/registration/control-fetch.js';
import {matchRecords} from '../../../../inspector-core/engine/registration/match-records.js';
import type {FetchInput} from '../../../../inspector-core/engine/registration/store-a-fetch.js';
import type {StoredRequest} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {createIdbStorage} from '../../../../inspector-core/engine/storage/idb-storage.js';
import {storedRequest} from '../support/fetches.js';
import {makeFaulty} from '../support/faulty-storage.js';
import {makeSeams, SCOPE, type Seams} from '../support/jobs.js';
import {rejection, scripted, until} from '../support/scripted.js';
import {deleteStored} from '../support/stored.js';

let seams: Seams = makeSeams();
let workers: ActiveFetches[] = [];

beforeEach(() => {
  seams = makeSeams();
  workers = [];
});

afterEach(async () => {
  for (const worker of workers) worker.stop();
  await seams.close();
});

/** A worker of the registration, and the events that it was sent. */
const startWorker = (options: Partial<Host> = {}, world: Seams = seams) => {
  const events: string[] = [];
  const fetches = new ActiveFetches(
    {
      scope: SCOPE,
      permission: () => Promise.resolve('granted'),
      hasActiveWorker: () => true,
      availableSpace: () => Promise.resolve(undefined),
      dispatch: (name, job) => {
        events.push(`${name} ${job.stored.id}`);
        return Promise.resolve();
      },
      ...options,
    },
    world,
  );
  workers.push(fetches);
  return {fetches, events};
};

const get = ({request}: ReturnType<typeof scripted>): FetchInput => ({
  request,
  body: undefined,
});

const post = (
  request: StoredRequest,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): FetchInput => ({request: {...request, method: 'POST'}, body});

const over = async (...jobs: Job[]): Promise<void> => {
  await until(() => jobs.every((job) => !job.snapshot.recordsAvailable));
  await until(async () => (await seams.storage.scopes()).size === 0);
};

describe('ActiveFetches', () => {
  it('knows what runs, in the order in which it was started', async () => {
    const {fetches, events} = startWorker();
    const slow = scripted(10, {stall: 5});
    const b = await fetches.start('b', [get(slow)]);
    const a = await fetches.start('a', [get(slow)]);
    expect(fetches.getIds()).to.deep.equal(['b', 'a']);
    expect(fetches.get('a')).to.equal(a);
    expect(fetches.find(b.stored.key)).to.equal(b);
    expect(fetches.get('c')).to.equal(undefined);
    expect(events).to.deep.equal([]);
  });

  it('fires by hand any event of a fetch that runs, or that did', async () => {
    const {fetches, events} = startWorker();
    await fetches.start('slow', [get(scripted(10, {stall: 5}))]);
    expect(await controlFetch(fetches, 'slow', 'dispatch-fail')).to.equal(true);
    expect(await controlFetch(fetches, 'slow', 'click')).to.equal(true);
    const ended = await fetches.start('ended', [get(scripted(10))]);
    await until(() => !ended.snapshot.recordsAvailable);
    expect(await controlFetch(fetches, 'ended', 'dispatch-success')).to.equal(
      true,
    );
    expect(await controlFetch(fetches, 'none', 'dispatch-abort')).to.equal(
      false,
    );
    expect(events).to.deep.equal([
      'backgroundfetchfail slow',
      'backgroundfetchclick slow',
      'backgroundfetchsuccess ended',
      'backgroundfetchsuccess ended',
    ]);
  });

  it('refuses an id that runs, and of two calls the second', async () => {
    const {fetches} = startWorker();
    const slow = scripted(10, {stall: 5});
    const [first, second] = await Promise.allSettled([
      fetches.start('same', [get(slow)]),
      fetches.start('same', [get(slow)]),
    ]);
    expect(first.status).to.equal('fulfilled');
    expect(second.status === 'rejected' && second.reason).to.be.instanceOf(
      TypeError,
    );
    expect(await rejection(fetches.start('same', [get(slow)]))).to.include(
      'TypeError: There already is',
    );
  });

  it('checks permission, worker, id and space, in this order', async () => {
    let state: PermissionState = 'denied';
    let hasActiveWorker = false;
    const {fetches} = startWorker({
      permission: () => Promise.resolve(state),
      hasActiveWorker: () => hasActiveWorker,
      availableSpace: () => Promise.resolve(100),
    });
    const slow = [get(scripted(10, {stall: 5}))];
    const start = (downloadTotal: number): Promise<string> =>
      rejection(fetches.start('id', slow, {downloadTotal}));
    expect(await start(101)).to.match(/^NotAllowedError/);
    state = 'prompt';
    expect(await start(101)).to.match(/^TypeError: No active/);
    hasActiveWorker = true;
    expect(await start(101)).to.match(/^QuotaExceededError/);
    await fetches.start('id', slow, {downloadTotal: 100});
    expect(await start(101)).to.match(/^TypeError: There already/);
    const full: unknown = await fetches
      .start('other', slow, {downloadTotal: Number.MAX_SAFE_INTEGER})
      .catch((error: unknown) => error);
    expect(full).to.deep.include({quota: null, requested: null});
    expect(full).to.have.property('code', 22);
    expect(full).to.be.instanceOf(DOMException);
  });

  for (const [steps, event] of [
    [[{}], 'backgroundfetchsuccess'],
    [[{status: 500}], 'backgroundfetchfail'],
  ] as const) {
    it(`fires ${event}, then lets records and storage go`, async () => {
      const seen: unknown[] = [];
      const {fetches} = startWorker({
        dispatch: (name, job) => {
          seen.push(name, fetches.get('id'), fetches.find(job.stored.key));
          seen.push(matchRecords(job, undefined, {}).length);
          return Promise.resolve();
        },
      });
      const job = await fetches.start('id', [get(scripted(10, ...steps))]);
      await over(job);
      expect(seen).to.deep.equal([event, undefined, job, 1]);
      expect(fetches.find(job.stored.key)).to.equal(undefined);
      expect(() => matchRecords(job, undefined, {})).to.throw(
        DOMException,
        'not available any more',
      );
    });
  }

  it('keeps records until the event is not active any more', async () => {
    let finish = (): void => {};
    const {fetches} = startWorker({
      dispatch: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    const job = await fetches.start('id', [get(scripted(10))]);
    await until(() => job.snapshot.result === 'success');
    await until(async () => {
      const [stored] = await seams.storage.load(SCOPE);
      return stored?.dispatches === 1;
    });
    expect(job.snapshot.recordsAvailable).to.equal(true);
    await until(() => fetches.get('id') === undefined);
    finish();
    await over(job);
  });

  it('goes on though a handler fails', async () => {
    const {fetches} = startWorker({
      dispatch: () => Promise.reject(new Error('A handler’s own.')),
    });
    await over(await fetches.start('id', [get(scripted(10))]));
  });

  it('frees the id at once by an abort, which happens once', async () => {
    const {fetches, events} = startWorker();
    const slow = [get(scripted(10, {stall: 5}))];
    const job = await fetches.start('id', slow);
    const [first, again] = await Promise.all([
      fetches.abort(job),
      fetches.start('id', slow),
    ]);
    expect(first).to.equal(true);
    expect(fetches.get('id')).to.equal(again);
    expect(await fetches.abort(job)).to.equal(false);
    await until(() => events.length > 0);
    expect(events).to.deep.equal(['backgroundfetchabort id']);
    expect(job.snapshot).to.include({
      result: 'failure',
      failureReason: 'aborted',
    });
    expect(fetches.getIds()).to.deep.equal(['id']);
  });

  it('does not abort what has ended', async () => {
    const {fetches, events} = startWorker();
    const job = await fetches.start('id', [get(scripted(10))]);
    await over(job);
    expect(await fetches.abort(job)).to.equal(false);
    expect(events).to.deep.equal(['backgroundfetchsuccess id']);
  });

  it('reads all bodies before it resolves, and sends them', async () => {
    const {fetches} = startWorker();
    const file = scripted(10);
    const job = await fetches.start('id', [
      post(file.request, new Blob(['hello']).stream()),
      get(file),
      post(file.request, new Blob([]).stream()),
    ]);
    expect(
      job.stored.records.map(({request}) => request.bodyLength),
    ).to.deep.equal([5, undefined, 0]);
    await over(job);
    expect(job.snapshot.uploaded).to.equal(5);
    expect((await file.log()).map(({body}) => body).toSorted()).to.deep.equal([
      '',
      '',
      'hello',
    ]);
  });

  it('cancels the other bodies when one fails, and keeps nothing', async () => {
    const {fetches} = startWorker();
    let cancelled: unknown;
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(10));
      },
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => {
        controller.error(new Error('The page’s own.'));
      },
    });
    expect(
      await rejection(
        fetches.start('id', [
          post(storedRequest(), endless),
          post(storedRequest(), broken),
        ]),
      ),
    ).to.match(/^TypeError/);
    expect(cancelled).to.have.property('name', 'AbortError');
    expect((await seams.storage.scopes()).size).to.equal(0);
    expect(fetches.getIds()).to.deep.equal([]);
  });

  it('survives any failure of storage while it starts', async function () {
    this.timeout(60_000);
    let survived = 0;
    for (let point = 1; ; point += 1) {
      for (const fault of ['error', 'quota'] as const) {
        const faulty = makeFaulty(seams.storage, {point, fault});
        const {fetches} = startWorker({}, {...seams, storage: faulty.storage});
        const slow = scripted(10, {stall: 5});
        const started = fetches.start('id', [
          get(slow),
          post(slow.request, new Blob(['hello']).stream()),
        ]);
        const outcome = await started.then(
          () => 'started',
          (error: unknown) => (error as Error).name,
        );
        if (faulty.calls < point || outcome === 'started') {
          expect(survived).to.be.greaterThan(6);
          console.log(`starting: ${survived} points, ${survived} survived`);
          return;
        }
        expect(outcome).to.equal(
          fault === 'quota' ? 'QuotaExceededError' : 'TypeError',
        );
        expect(fetches.get('id')).to.equal(undefined);
        await seams.storage.load(SCOPE);
        expect((await seams.storage.scopes()).size).to.equal(0);
        survived += 1;
      }
    }
  });

  it('takes up in the next worker what runs, and what is due', async () => {
    const first = startWorker({dispatch: () => new Promise(() => {})});
    const slow = scripted(2_500, {stall: 1_500}, {});
    const running = await first.fetches.start('running', [get(slow)]);
    const ended = await first.fetches.start('ended', [get(scripted(10))]);
    await until(() => running.snapshot.downloaded === 1_500);
    await until(async () => {
      const fetches = await seams.storage.load(SCOPE);
      return fetches.some(({dispatches}) => dispatches === 1);
    });
    first.fetches.stop();

    const {fetches, events} = startWorker();
    await fetches.load();
    expect(fetches.getIds()).to.deep.equal(['running']);
    const next = fetches.get('running');
    expect(next).not.to.equal(running);
    expect(fetches.find(ended.stored.key)?.snapshot.result).to.equal('success');
    await until(() => events.length === 2);
    expect(events.toSorted()).to.deep.equal([
      'backgroundfetchsuccess ended',
      'backgroundfetchsuccess running',
    ]);
    if (next !== undefined) await over(next);
    expect((await slow.log())[1]?.headers['range']).to.equal('bytes=1000-');
  });

  it('aborts by its user’s hand what waits for its turn', async () => {
    const {fetches, events} = startWorker({}, {...seams, profile: CHROMIUM});
    const slow = scripted(10, {stall: 5});
    const first = await fetches.start('first', [get(slow)]);
    await until(() => first.snapshot.downloaded === 5);
    await fetches.start('second', [get(slow)]);
    expect(await controlFetch(fetches, 'second', 'abort')).to.equal(true);
    await until(() => events.length > 0);
    expect(events).to.deep.equal(['backgroundfetchabort second']);
    expect(fetches.getIds()).to.deep.equal(['first']);
  });

  it('stores whether it is paused as it was done last', async () => {
    const {fetches} = startWorker();
    const slow = scripted(10, {stall: 5});
    const job = await fetches.start('id', [get(slow)]);
    for (const isPaused of [true, false, true]) {
      await Promise.all([
        ...(isPaused ? [job.resume()] : []),
        job.pause(),
        ...(isPaused ? [] : [job.resume()]),
      ]);
      const stored = await seams.storage.get(job.stored.key);
      expect([job.isPaused, stored?.isPaused]).to.deep.equal([
        isPaused,
        isPaused,
      ]);
    }
  });

  it('leaves a fetch to the worker that has taken it over', async () => {
    const name = `engine-taken-over-${Date.now()}`;
    const older = createIdbStorage({name});
    const newer = createIdbStorage({name});
    const before = startWorker({}, {...seams, storage: older});
    const file = scripted(2_500, {drop: 1_500}, {});
    const job = await before.fetches.start('id', [get(file)]);
    await until(() => job.snapshot.downloaded === 1_500);
    const stopped = new Promise<void>((onStop) => {
      job.listen({onStop}, new AbortController().signal);
    });
    await newer.load(SCOPE);
    await file.cut(() => true);
    await stopped;
    expect(await rejection(older.update(job.stored.key, {}))).to.include(
      'TakenOverError',
    );

    const after = startWorker({}, {...seams, storage: newer});
    await after.fetches.load();
    await until(async () => (await newer.scopes()).size === 0);
    expect(after.events).to.deep.equal(['backgroundfetchsuccess id']);
    expect(before.events).to.deep.equal([]);
    await Promise.all([older.close(), newer.close()]);
    await deleteStored(name);
  });

  it('does not free what another worker took over during the event', async () => {
    const name = `engine-taken-over-${Date.now()}`;
    const older = createIdbStorage({name});
    const newer = createIdbStorage({name});
    let endEvent = (): void => {};
    const before = startWorker(
      {
        dispatch: () =>
          new Promise((resolve) => {
            endEvent = resolve;
          }),
      },
      {...seams, storage: older},
    );
    const job = await before.fetches.start('id', [get(scripted(10))]);
    await until(
      async () => (await older.get(job.stored.key))?.dispatches === 1,
    );
    await newer.load(SCOPE);
    endEvent();
    await until(() => !job.snapshot.recordsAvailable);
    expect(await rejection(older.update(job.stored.key, {}))).to.include(
      'TakenOverError',
    );
    expect((await newer.scopes()).size).to.equal(1);
    await Promise.all([older.close(), newer.close()]);
    await deleteStored(name);
  });

  /** One worker after the other dies of the fetch's event. */
  const countEvents = async (
    deaths: number,
    isDelivered: boolean,
  ): Promise<number> => {
    let events = 0;
    const dies: Host['dispatch'] = (_name, _job, onDelivered) => {
      events += 1;
      if (isDelivered) onDelivered();
      return new Promise(() => {});
    };
    const {fetches: first} = startWorker({dispatch: dies});
    await first.start('id', [get(scripted(10))]);
    for (let death = 1; death <= deaths; death += 1) {
      await until(async () => {
        const [stored] = await seams.storage.load(SCOPE);
        const {dispatches, deliveries = 0} = stored ?? {};
        return dispatches === death && deliveries === (isDelivered ? death : 0);
      });
      for (const dead of workers) dead.stop();
      const {fetches} = startWorker({dispatch: dies});
      await fetches.load();
    }
    await until(async () => (await seams.storage.scopes()).size === 0);
    return events;
  };

  it('stops firing an event of which the worker dies', async () => {
    expect(await countEvents(3, true)).to.equal(3);
  });

  it('keeps firing an event while no handler has had it', async () => {
    expect(await countEvents(20, false)).to.equal(20);
  });

  it('drops all, without an event, when the registration is gone', async () => {
    const {fetches, events} = startWorker();
    const slow = scripted(10, {stall: 5});
    const job = await fetches.start('id', [get(slow)]);
    await until(() => job.snapshot.downloaded === 5);
    await fetches.drop();
    expect(fetches.getIds()).to.deep.equal([]);
    expect((await seams.storage.scopes()).size).to.equal(0);
    await until(async () => (await slow.log())[0]?.end === 'closed');
    expect(events).to.deep.equal([]);
  });
});
