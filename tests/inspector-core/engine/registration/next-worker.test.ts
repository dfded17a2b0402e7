import {expect} from '@esm-bundle/chai';
import type {Host} from '../../../../inspector-core/engine/registration/active-fetches.js';
import {createIdbStorage} from '../../../../inspector-core/engine/storage/idb-storage.js';
import {SCOPE} from '../support/jobs.js';
import {rejection, scripted, until} from '../support/scripted.js';
import {deleteStored} from '../support/stored.js';
import {get, useWorkers} from '../support/workers.js';

const workers = useWorkers();

describe('ActiveFetches, in one worker after another', () => {
  it('takes up in the next worker what runs, and what is due', async () => {
    const first = workers.start({dispatch: () => new Promise(() => {})});
    const slow = scripted(2_500, {stall: 1_500}, {});
    const running = await first.fetches.start('running', [get(slow)]);
    const ended = await first.fetches.start('ended', [get(scripted(10))]);
    await until(() => running.snapshot.downloaded === 1_500);
    await until(async () => {
      const fetches = await workers.storage.load(SCOPE);
      return fetches.some(({dispatches}) => dispatches === 1);
    });
    first.fetches.stop();

    const {fetches, events} = workers.start();
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
    if (next !== undefined) await workers.over(next);
    expect((await slow.log())[1]?.headers['range']).to.equal('bytes=1000-');
  });

  it('leaves a fetch to the worker that has taken it over', async () => {
    const name = `engine-taken-over-${Date.now()}`;
    const older = createIdbStorage({name});
    const newer = createIdbStorage({name});
    const before = workers.start({}, {storage: older});
    const file = scripted(2_500, {drop: 1_500}, {});
    const job = await before.fetches.start('id', [get(file)]);
    await until(() => job.snapshot.downloaded === 1_500);
    const stopped = new Promise<void>((onStop) => {
      job.listen({onStop}, new AbortController().signal);
    });
    await newer.load(SCOPE);
    await file.cut(() => true);
    await stopped;
    // It runs, though not here.
    expect(before.fetches.getIds()).to.deep.equal(['id']);
    expect(await before.fetches.abort(job)).to.equal(false);
    expect(await rejection(older.update(job.stored.key, {}))).to.include(
      'TakenOverError',
    );

    const after = workers.start({}, {storage: newer});
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
    const before = workers.start(
      {
        dispatch: () =>
          new Promise((resolve) => {
            endEvent = resolve;
          }),
      },
      {storage: older},
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
    const {fetches: first} = workers.start({dispatch: dies});
    await first.start('id', [get(scripted(10))]);
    for (let death = 1; death <= deaths; death += 1) {
      await until(async () => {
        const [stored] = await workers.storage.load(SCOPE);
        const {dispatches, deliveries = 0} = stored ?? {};
        return dispatches === death && deliveries === (isDelivered ? death : 0);
      });
      workers.stop();
      const {fetches} = workers.start({dispatch: dies});
      await fetches.load();
    }
    await until(async () => (await workers.storage.scopes()).size === 0);
    return events;
  };

  it('stops firing an event of which the worker dies', async () => {
    expect(await countEvents(3, true)).to.equal(3);
  });

  it('keeps firing an event while no handler has had it', async () => {
    expect(await countEvents(20, false)).to.equal(20);
  });
});
