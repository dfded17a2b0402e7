import {expect} from '@esm-bundle/chai';
import type {Snapshot} from '../../../../inspector-core/engine/algorithms/update-an-instance.js';
import {
  createLocalBackend,
  describeJob,
} from '../../../../inspector-core/engine/surface/local-backend.js';
import {scripted, until} from '../support/scripted.js';
import {get, useWorkers} from '../support/workers.js';

const workers = useWorkers();

/** A backend, and a fetch of it that stands still after 500 bytes. */
const start = async () => {
  const {fetches} = workers.start();
  const backend = createLocalBackend({
    fetches,
    storage: workers.storage,
    clock: workers.seams.clock,
    random: Math.random,
  });
  const job = await fetches.start('id', [get(scripted(1_000, {stall: 500}))]);
  return {fetches, backend, job};
};

describe('a watch in the realm of the engine', () => {
  it('tells what came about since the fetch was described', async () => {
    const {backend, job} = await start();
    const before = describeJob(job);
    await until(() => job.snapshot.downloaded === 500);
    const heard: Snapshot[] = [];
    backend.watch(before, (snapshot) => heard.push(snapshot));
    await until(() => heard.length > 0);
    expect(heard).to.deep.equal([job.snapshot]);
    const results: string[] = [];
    backend.watch(describeJob(job), ({result}) => results.push(result));
    await job.abort();
    await until(() => results.includes('failure'));
    // Of what had not changed, nothing.
    expect(results).not.to.include('');
  });

  it('tells that a fetch is gone which was there before', async () => {
    const {backend, job} = await start();
    const {snapshot} = describeJob(job);
    const heard: Snapshot[] = [];
    backend.watch({key: job.stored.key + 1, snapshot}, (changed) => {
      heard.push(changed);
    });
    await until(() => heard.length > 0);
    expect(heard).to.deep.equal([{...snapshot, recordsAvailable: false}]);
  });

  it('waits for what a restart takes up', async () => {
    const {fetches, backend, job} = await start();
    const known = describeJob(job);
    await until(() => job.snapshot.downloaded === 500);
    const restarted = fetches.restart();
    const heard: Snapshot[] = [];
    backend.watch(known, (snapshot) => heard.push(snapshot));
    expect(await backend.describe(known.key)).to.include({id: 'id'});
    await restarted;
    const successor = fetches.find(known.key);
    await until(() => successor?.snapshot.downloaded === 500);
    await until(() => heard.at(-1)?.downloaded === 500);
    expect(heard.every(({recordsAvailable}) => recordsAvailable)).to.equal(
      true,
    );
  });

  it('leaves no listener behind, though its signal aborted before', async () => {
    const {fetches, backend, job} = await start();
    const listening: AbortSignal[] = [];
    const listen = job.listen.bind(job);
    job.listen = (listener, signal) => {
      listening.push(signal);
      listen(listener, signal);
    };
    const later = new AbortController();
    const known = describeJob(job);
    for (const signal of [AbortSignal.abort(), later.signal]) {
      backend.watch(known, () => {}, signal);
    }
    await fetches.findLoaded(known.key);
    expect(listening).to.have.length(1);
    later.abort();
    expect(listening[0]?.aborted).to.equal(true);
  });
});
