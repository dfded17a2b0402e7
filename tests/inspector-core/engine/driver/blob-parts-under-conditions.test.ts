/** Conditions that begin, and end, while a body comes fast, in large parts. */
import {expect} from '@esm-bundle/chai';
import {
  createConditions,
  createManualClock,
  type Conditions,
  type Rule,
} from '../../../../inspector-core/conditions/conditions.js';
import {BlobParts} from '../../../../inspector-core/engine/driver/blob-parts.js';
import type {Job} from '../../../../inspector-core/engine/driver/job.js';
import {createSystemNetwork} from '../../../../inspector-core/seams/system-network.js';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';
import {makeJob, makeSeams, readStored, type Seams} from '../support/jobs.js';
import {scripted, until} from '../support/scripted.js';
import {HAS_CACHE} from '../support/stored.js';

const SIZE = 2_500_000;
const PART = 400_000;
const SMALL = {
  sample: 300_000,
  smallest: 300_000,
  smallestPart: PART,
  largestPart: PART,
};

/** That of a server which takes ranges. */
const OPEN: Step = {headers: {'Accept-Ranges': 'bytes'}};
const STALLED: Step = {...OPEN, stall: 1_000};

/** Of the record: behind the place at which parts begin. */
const DROP: Rule = {
  match: {attempt: {first: 2}},
  trigger: {at: 'byte', byte: 2_000_000},
  effect: {type: 'drop'},
};

interface World {
  readonly seams: Seams;
  readonly conditions: Conditions;
}

let opened: Seams[] = [];

/** What goes between as in a worker, with small parts. */
function makeWorld(): World {
  // That of the seams stands still: here it is nobody's, for nothing is slow.
  const conditions = createConditions({clock: createManualClock()});
  const network = createSystemNetwork();
  const seams = makeSeams({
    partSize: 100_000,
    network: conditions.shapeNetwork(network),
    blobParts: new BlobParts({
      ...SMALL,
      isAllowed: () => !conditions.isActive,
      network,
      watch: (onChange, signal) => conditions.subscribe(onChange, {signal}),
    }),
  });
  opened.push(seams);
  return {seams, conditions};
}

const isPart = (range: string): boolean => /-\d+$/.test(range);

async function rangesOf(file: ReturnType<typeof scripted>) {
  return (await file.log()).map(({headers}) => headers['range'] ?? '');
}

async function expectWhole(
  {seams}: World,
  job: Job,
  content: Uint8Array,
): Promise<void> {
  await until(async () => {
    // Attempts that brought nothing wait for the next one.
    if (seams.clock.due.length > 0) await seams.clock.advance(1_000);
    return !job.isActive;
  });
  expect((await job.concluded).result).to.equal('success');
  expect(job.snapshot.downloaded).to.equal(SIZE);
  const bytes = await readStored(seams.storage, job.stored.key, 0, 1);
  expect(indexedDB.cmp(bytes, content)).to.equal(0);
}

describe('a download in parts', function () {
  this.timeout(60_000);

  before(function () {
    if (!HAS_CACHE) this.skip();
  });

  afterEach(async () => {
    await Promise.all(opened.map((seams) => seams.close()));
    opened = [];
  });

  it('is counted as soon as conditions begin, and under them', async () => {
    const world = makeWorld();
    const file = scripted(SIZE, OPEN, STALLED, STALLED, OPEN);
    const job = await makeJob(world.seams, [file.request]);
    job.begin();
    await until(async () => (await file.log()).length === 3);
    const {downloaded} = job.snapshot;
    world.conditions.setRules([DROP]);
    await expectWhole(world, job, file.content);
    const [first, ...ranges] = await rangesOf(file);
    expect([first, ...ranges.slice(0, 2).map(isPart)]).to.deep.equal([
      '',
      true,
      true,
    ]);
    // What the parts had not brought, up to the rule, and then the rest.
    expect(ranges.slice(2)).to.deep.equal([
      `bytes=${downloaded}-`,
      'bytes=2000000-',
    ]);
    expect(world.conditions.state.fired).to.deep.equal([1]);
  });

  it('does not begin where conditions have begun since the request', async () => {
    const world = makeWorld();
    const file = scripted(SIZE, OPEN);
    const job = await makeJob(world.seams, [file.request]);
    job.begin();
    world.conditions.setRules([DROP]);
    await expectWhole(world, job, file.content);
    expect(await rangesOf(file)).to.deep.equal(['', 'bytes=2000000-']);
    expect(world.conditions.state.fired).to.deep.equal([1]);
  });

  it('begins with the next attempt after conditions have ended, not with this one', async () => {
    const world = makeWorld();
    world.conditions.setRules([{...DROP, effect: {type: 'stall'}}]);
    const file = scripted(SIZE, OPEN);
    const job = await makeJob(world.seams, [file.request]);
    job.begin();
    await until(() => job.snapshot.downloaded === 2_000_000);
    expect(await rangesOf(file)).to.deep.equal(['']);
    world.conditions.reset();
    await expectWhole(world, job, file.content);
    expect(await rangesOf(file)).to.deep.equal(['']);
    const next = await makeJob(world.seams, [file.request]);
    next.begin();
    await expectWhole(world, next, file.content);
    expect((await rangesOf(file)).filter(isPart).length).to.be.at.least(5);
  });
});
