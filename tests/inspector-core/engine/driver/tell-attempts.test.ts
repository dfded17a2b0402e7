import {expect} from '@esm-bundle/chai';
import type {
  AttemptObserver,
  Observation,
} from '../../../../inspector-core/engine/attempt-observer.js';
import type {Network} from '../../../../inspector-core/seams/network.js';
import {
  makeJob,
  makeSeams,
  runScripted,
  runToEnd,
  type Seams,
} from '../support/jobs.js';
import {scripted, until} from '../support/scripted.js';
import type {StoredRequest} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';

const SIZE = 1_000_000;

/** What an observer was told, one word and its values each. */
type Told = readonly (string | number | undefined)[];

let told: Told[] = [];
let seams: Seams = makeSeams();
const observation: Observation = {observer: undefined, lives: 1};

const header = (
  list: Parameters<AttemptObserver['sent']>[1],
  wanted: string,
): string | undefined =>
  list.find(([name]) => name.toLowerCase() === wanted)?.[1];

const observer: AttemptObserver = {
  started: (attempt, {place, method}) =>
    told.push(['started', attempt, method, place.id, place.record]),
  sent: (attempt, headers) =>
    told.push(['sent', attempt, header(headers, 'range')]),
  responded: (attempt, {status, headers}) =>
    told.push(['responded', attempt, status, header(headers, 'etag')]),
  progressed: (attempt, received) =>
    told.push(['progressed', attempt, received]),
  finished: (attempt, received, error) =>
    told.push(['finished', attempt, received, error]),
  faulted: (error) => told.push(['faulted', String(error)]),
};

const run = async (
  steps: readonly Step[],
  change: Partial<StoredRequest> = {},
) => {
  const {job} = await runScripted(seams, SIZE, steps, change, {id: 'x'});
  return {key: job.stored.key};
};

/** Without the bytes on their way, which come as they come. */
const turns = (): readonly Told[] =>
  told.filter(([word]) => word !== 'progressed');

beforeEach(() => {
  told = [];
  observation.observer = observer;
  seams = makeSeams({partSize: 100_000, observation});
});

afterEach(() => seams.close());

describe('an observer of attempts', () => {
  it('is told of each with its place, from its request to its last byte', async () => {
    const {key} = await run([{}]);
    const name = `${key}.0.1`;
    expect(turns()).to.deep.equal([
      ['started', name, 'GET', 'x', 0],
      ['sent', name, undefined],
      ['responded', name, 200, '"1"'],
      ['finished', name, SIZE, undefined],
    ]);
  });

  it('is told what broke, and from where the next one goes on', async () => {
    const {key} = await run([{drop: 700_000}, {}]);
    expect(turns()).to.deep.equal([
      ['started', `${key}.0.1`, 'GET', 'x', 0],
      ['sent', `${key}.0.1`, undefined],
      ['responded', `${key}.0.1`, 200, '"1"'],
      ['finished', `${key}.0.1`, 700_000, 'dropped'],
      ['started', `${key}.0.2`, 'GET', 'x', 0],
      ['sent', `${key}.0.2`, 'bytes=700000-'],
      ['responded', `${key}.0.2`, 206, '"1"'],
      ['finished', `${key}.0.2`, 300_000, undefined],
    ]);
  });

  it('is told of what never goes out', async () => {
    const {key} = await run([{}], {blockedBy: 'csp'});
    expect(turns()).to.deep.equal([
      ['started', `${key}.0.1`, 'GET', 'x', 0],
      ['finished', `${key}.0.1`, 0, 'refused'],
    ]);
  });

  it('is told that the network is away', async () => {
    const network: Network = {
      ...seams.network,
      isOnline: () => false,
      whenOnline: () => new Promise(() => {}),
    };
    await seams.close();
    seams = makeSeams({observation, network});
    const file = scripted(SIZE, {hangUp: true});
    const job = await makeJob(seams, [file.request]);
    job.begin();
    await until(() => told.some(([word]) => word === 'finished'));
    const name = `${job.stored.key}.0.1`;
    expect(told.at(-1)).to.deep.equal(['finished', name, 0, 'offline']);
    await job.abort();
  });

  it('is told what the engine ends itself', async () => {
    // Firefox may keep a second request of one URL until the first has ended.
    const files = [1, 2].map(() => scripted(SIZE, {stall: 1_000}));
    const requests = files.map(({request}) => request);
    const job = await makeJob(seams, requests);
    job.begin();
    await until(
      () => told.filter(([word]) => word === 'responded').length === 2,
    );
    await job.abort();
    await job.concluded;
    const ends = told.filter(([word]) => word === 'finished');
    expect(ends.map(([, , , error]) => error)).to.deep.equal([
      'aborted',
      'aborted',
    ]);
  });

  it('is told of bytes once an interval, and of the rest when no more come', async () => {
    const file = scripted(SIZE, {stall: 1_000});
    const other = scripted(SIZE, {stall: 2_000});
    const job = await makeJob(seams, [file.request, other.request]);
    job.begin();
    await until(() => job.snapshot.downloaded === 3_000);
    const bytes = (): readonly unknown[] =>
      told.filter(([word]) => word === 'progressed').map(([, , sum]) => sum);
    // The first at once; the clock stands still, so no other is due.
    expect(bytes()).to.have.length(1);
    await seams.clock.advance(1_000);
    expect(bytes()).to.include.members([1_000, 2_000]);
    const rows = bytes().length;
    expect(rows).to.be.within(2, 3);
    await seams.clock.advance(5_000);
    expect(bytes()).to.have.length(rows);
    await job.abort();
  });

  it('is told nothing of what began before it came', async () => {
    observation.observer = undefined;
    const file = scripted(SIZE, {stall: 1_000}, {});
    const job = await makeJob(seams, [file.request]);
    job.begin();
    await until(() => job.snapshot.downloaded === 1_000);
    observation.observer = observer;
    await job.pause();
    expect(told).to.deep.equal([]);
    await job.resume();
    await until(() => told.length > 0);
    expect(told[0]?.[0]).to.equal('started');
    await job.abort();
  });

  it('has a fault of our own told, and does not take it for the network', async () => {
    const file = scripted(SIZE);
    const network: Network = {
      ...seams.network,
      async fetch(request) {
        const response = await seams.network.fetch(request);
        // No network can do this; it stands for any bug of ours.
        Object.defineProperty(response, 'headers', {value: undefined});
        return response;
      },
    };
    const faulty = {...seams, network};
    const job = await makeJob(faulty, [file.request], {id: 'x'});
    const {failureReason} = await runToEnd(job, seams, file);
    expect(failureReason).to.equal('fetch-error');
    expect(told.map(([word]) => word)).to.include('faulted');
    // Nor is it tried again.
    expect(told.filter(([word]) => word === 'started')).to.have.length(1);
  });
});
