import {expect} from '@esm-bundle/chai';
import {CHROMIUM} from '../../../../inspector-core/engine/profile/chromium.js';
import {controlFetch} from '../../../../inspector-core/engine/registration/control-fetch.js';
import {matchRecords} from '../../../../inspector-core/engine/registration/match-records.js';
import {SCOPE} from '../support/jobs.js';
import {rejection, scripted, until} from '../support/scripted.js';
import {get, useWorkers} from '../support/workers.js';

const workers = useWorkers();

describe('ActiveFetches', () => {
  it('knows what runs, in the order in which it was started', async () => {
    const {fetches, events} = workers.start();
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
    const {fetches, events} = workers.start();
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

  it('keeps no more than it may for events by hand, and always the last', async () => {
    const {fetches} = workers.start();
    const slow = get(scripted(10, {stall: 5}));
    for (const [id, count] of [
      ['many', 900],
      ['few', 101],
      ['most', 1_001],
    ] as const) {
      const job = await fetches.start(
        id,
        Array.from({length: count}, () => slow),
      );
      await fetches.abort(job);
      await workers.over(job);
    }
    const kept = await Promise.all(
      ['many', 'few', 'most'].map((id) =>
        controlFetch(fetches, id, 'dispatch-abort'),
      ),
    );
    expect(kept).to.deep.equal([false, false, true]);
  });

  it('refuses an id that runs, and of two calls the second', async () => {
    const {fetches} = workers.start();
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
    const {fetches} = workers.start({
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

  it('asks for the space there is only where bytes are announced', async () => {
    let asked = 0;
    const {fetches} = workers.start({
      availableSpace: async () => {
        asked += 1;
        return 0;
      },
    });
    await fetches.start('silent', [get(scripted(10))]);
    expect(asked).to.equal(0);
    expect(
      await rejection(
        fetches.start('announced', [get(scripted(10))], {downloadTotal: 1}),
      ),
    ).to.match(/^QuotaExceededError/);
    expect(asked).to.equal(1);
  });

  for (const [steps, event] of [
    [[{}], 'backgroundfetchsuccess'],
    [[{status: 500}], 'backgroundfetchfail'],
  ] as const) {
    it(`fires ${event}, then lets records and storage go`, async () => {
      const seen: unknown[] = [];
      const {fetches} = workers.start({
        dispatch: (name, job) => {
          seen.push(name, fetches.get('id'), fetches.find(job.stored.key));
          seen.push(matchRecords(job, undefined, {}).length);
          return Promise.resolve();
        },
      });
      const job = await fetches.start('id', [get(scripted(10, ...steps))]);
      await workers.over(job);
      expect(seen).to.deep.equal([event, undefined, job, 1]);
      expect(fetches.find(job.stored.key)).to.equal(undefined);
      expect(() => matchRecords(job, undefined, {})).to.throw(
        DOMException,
        'no longer available',
      );
    });
  }

  it('keeps records until the event is not active any more', async () => {
    let finish = (): void => {};
    const {fetches} = workers.start({
      dispatch: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    });
    const job = await fetches.start('id', [get(scripted(10))]);
    await until(() => job.snapshot.result === 'success');
    await until(async () => {
      const [stored] = await workers.storage.load(SCOPE);
      return stored?.dispatches === 1;
    });
    expect(job.snapshot.recordsAvailable).to.equal(true);
    await until(() => fetches.get('id') === undefined);
    finish();
    await workers.over(job);
  });

  it('goes on though a handler fails', async () => {
    const {fetches} = workers.start({
      dispatch: () => Promise.reject(new Error('A handler’s own.')),
    });
    await workers.over(await fetches.start('id', [get(scripted(10))]));
  });

  it('frees the id at once by an abort, which happens once', async () => {
    const {fetches, events} = workers.start();
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
    const {fetches, events} = workers.start();
    const job = await fetches.start('id', [get(scripted(10))]);
    await workers.over(job);
    expect(await fetches.abort(job)).to.equal(false);
    expect(events).to.deep.equal(['backgroundfetchsuccess id']);
  });

  it('aborts by its user’s hand what waits for its turn', async () => {
    const {fetches, events} = workers.start({}, {profile: CHROMIUM});
    const slow = scripted(10, {stall: 5});
    const first = await fetches.start('first', [get(slow)]);
    await until(() => first.snapshot.downloaded === 5);
    await fetches.start('second', [get(slow)]);
    expect(await controlFetch(fetches, 'second', 'abort')).to.equal(true);
    await until(() => events.length > 0);
    expect(events).to.deep.equal(['backgroundfetchabort second']);
    expect(fetches.getIds()).to.deep.equal(['first']);
  });

  it('lets go on, in the next worker, what is paused before its turn', async () => {
    const slow = scripted(10, {stall: 5});
    const seams = {profile: CHROMIUM};
    const {fetches: before} = workers.start({}, seams);
    await before.start('first', [get(slow)]);
    await before.start('second', [get(slow)]);
    expect(await controlFetch(before, 'second', 'pause')).to.equal(true);
    before.stop();

    const {fetches} = workers.start({}, seams);
    await fetches.load();
    const [first, second] = [fetches.get('first'), fetches.get('second')];
    expect(await controlFetch(fetches, 'second', 'resume')).to.equal(true);
    if (first !== undefined) await fetches.abort(first);
    await until(() => second?.snapshot.downloaded === 5);
  });

  it('stores whether it is paused as it was done last', async () => {
    const {fetches} = workers.start();
    const slow = scripted(10, {stall: 5});
    const job = await fetches.start('id', [get(slow)]);
    for (const isPaused of [true, false, true]) {
      await Promise.all([
        ...(isPaused ? [job.resume()] : []),
        job.pause(),
        ...(isPaused ? [] : [job.resume()]),
      ]);
      const stored = await workers.storage.get(job.stored.key);
      expect([job.isPaused, stored?.isPaused]).to.deep.equal([
        isPaused,
        isPaused,
      ]);
    }
  });

  it('lets go on what was paused at once before', async () => {
    const {fetches} = workers.start();
    const file = scripted(10, {stall: 5}, {});
    const job = await fetches.start('id', [get(file)]);
    await until(() => job.snapshot.downloaded === 5);
    const done = [
      controlFetch(fetches, 'id', 'pause'),
      controlFetch(fetches, 'id', 'resume'),
    ];
    expect(await Promise.all(done)).to.deep.equal([true, true]);
    expect((await job.concluded).result).to.equal('success');
  });

  it('counts a fetch to the limit of its origin until it has concluded', async () => {
    const profile = CHROMIUM;
    const {fetches} = workers.start({}, {profile});
    const never = new Promise<void>(() => {});
    const other = workers.start(
      {scope: `${SCOPE}other/`, dispatch: () => never},
      {profile},
    );
    const slow = get(scripted(10, {stall: 5}));
    const ended = await other.fetches.start('0', [get(scripted(10))]);
    await ended.concluded;
    for (const id of ['1', '2']) await other.fetches.start(id, [slow]);
    for (const id of ['3', '4', '5']) await fetches.start(id, [slow]);
    const refused = await rejection(fetches.start('6', [slow]));
    expect(refused).to.include('too many active fetches');
  });

  it('drops all, without an event, when the registration is gone', async () => {
    const {fetches, events} = workers.start();
    const slow = scripted(10, {stall: 5});
    const job = await fetches.start('id', [get(slow)]);
    await until(() => job.snapshot.downloaded === 5);
    await fetches.drop();
    expect(fetches.getIds()).to.deep.equal([]);
    expect((await workers.storage.scopes()).size).to.equal(0);
    await until(async () => (await slow.log())[0]?.end === 'closed');
    expect(events).to.deep.equal([]);
  });

  it('has turns for new ones when the registration is there again', async () => {
    const {fetches} = workers.start({}, {profile: CHROMIUM});
    const slow = [get(scripted(10, {stall: 5}))];
    const first = await fetches.start('first', slow);
    await until(() => first.snapshot.downloaded === 5);
    await fetches.drop();
    fetches.revive();
    const next = await fetches.start('next', slow);
    await until(() => next.snapshot.downloaded === 5);
  });
});
