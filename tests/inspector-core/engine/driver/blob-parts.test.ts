import {expect} from '@esm-bundle/chai';
import {
  BlobParts,
  planBlobParts,
} from '../../../../inspector-core/engine/driver/blob-parts.js';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';
import {storedRequest} from '../support/fetches.js';
import {
  expectSame,
  expectStored,
  loadJob,
  makeJob,
  makeSeams,
  runScripted,
  type Seams,
} from '../support/jobs.js';
import {head} from '../support/responses.js';
import {scripted, until} from '../support/scripted.js';
import {HAS_CACHE} from '../support/stored.js';

const SIZE = 2_500_000;
const SAMPLE = 300_000;
const PART = 400_000;
const SMALL = {
  sample: SAMPLE,
  smallest: SAMPLE,
  smallestPart: PART,
  largestPart: PART,
};

/** That of a server which takes ranges. */
const OPEN: Step = {headers: {'Accept-Ranges': 'bytes'}};

let seams: Seams = makeSeams();

beforeEach(() => {
  seams = makeSeams({
    partSize: 100_000,
    blobParts: new BlobParts({...SMALL, parallel: 2}),
  });
});

afterEach(() => seams.close());

const run = async (...steps: readonly Step[]) => {
  const ran = await runScripted(seams, SIZE, steps);
  const ranges = ran.log.map(({headers}) => headers['range'] ?? '');
  return {...ran, ranges};
};

/** Whether each part begins where the one before it ends, up to the end. */
const isGapless = (ranges: readonly string[]): boolean => {
  // Those that are asked for at once may come in any order.
  const parts = ranges
    .map((range) =>
      (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).slice(1).map(Number),
    )
    .toSorted(([a = 0], [b = 0]) => a - b);
  const next = parts.slice(1).map(([first]) => first);
  const ends = parts.map(([, last = Number.NaN]) => last + 1);
  return ends.every((end, at) => end === (next[at] ?? SIZE));
};

describe('BlobParts', function () {
  this.timeout(60_000);

  before(function () {
    if (!HAS_CACHE) this.skip();
  });

  it('asks for the rest in parts, once the first bytes came fast', async () => {
    const {job, file, outcome, log, ranges} = await run(OPEN);
    expect(outcome.result).to.equal('success');
    await expectStored(seams, job, file.content);
    expect(job.snapshot.downloaded).to.equal(SIZE);
    const [first, ...parts] = ranges;
    expect(first).to.equal('');
    expect(parts.length).to.be.within(5, 6);
    expect(isGapless(parts), parts.join()).to.equal(true);
    for (const {headers} of log.slice(1)) {
      expect(headers['if-range']).to.equal('"1"');
    }
  });

  it('is not used where its seam forbids it', async () => {
    await seams.close();
    seams = makeSeams({
      partSize: 100_000,
      blobParts: new BlobParts({...SMALL, isAllowed: () => false}),
    });
    const {job, file, ranges} = await run(OPEN);
    expect(ranges).to.deep.equal(['']);
    await expectStored(seams, job, file.content);
  });

  it('is not used where the server does not offer it', async () => {
    for (const step of [
      {},
      {...OPEN, noEtag: true},
      {...OPEN, etag: 'W/"1"'},
      {...OPEN, chunked: true},
      {...OPEN, gzip: true},
      {...OPEN, status: 404},
    ] satisfies Step[]) {
      const {job, file, ranges} = await run(step);
      expect(ranges, JSON.stringify(step)).to.deep.equal(['']);
      await expectStored(seams, job, file.content);
    }
  });

  it('goes on counting where the server does not keep its promise', async () => {
    for (const step of [
      {...OPEN, ranges: false},
      {...OPEN, status: 500},
      {...OPEN, gzip: true},
      {headers: {'Content-Range': `bytes 0-99/${SIZE}`}},
      {headers: {'Content-Range': `bytes ${SAMPLE}-${SIZE - 1}/${SIZE + 1}`}},
    ] satisfies Step[]) {
      const {job, file, outcome, ranges} = await run(OPEN, step, OPEN);
      const what = JSON.stringify(step);
      expect(outcome.result, what).to.equal('success');
      await expectStored(seams, job, file.content);
      // Two were asked for at once, and then no more.
      const parts = ranges.filter((range) => /-\d+$/.test(range));
      expect(parts.length, what).to.be.within(1, 2);
      expect(ranges.some((range) => range.endsWith('-'))).to.equal(true);
    }
  });

  it('begins anew when the file has changed meanwhile', async () => {
    const {job, file, outcome} = await run(OPEN, OPEN, {...OPEN, etag: '"2"'});
    expect(outcome.result).to.equal('success');
    expect(job.records[0]?.generation).to.equal(2);
    await expectStored(seams, job, file.content);
  });

  it('takes up what a network error ends, after the last whole part', async () => {
    const {job, file, outcome, ranges} = await run(
      OPEN,
      OPEN,
      {loop: true},
      OPEN,
    );
    expect(outcome.result).to.equal('success');
    await expectStored(seams, job, file.content);
    expect(ranges.some((range) => /^bytes=\d+-$/.test(range))).to.equal(true);
  });

  it('closes its connections in a pause, and keeps whole parts', async () => {
    const stalled: Step = {...OPEN, stall: 1_000};
    // Both that are asked for at once.
    const file = scripted(SIZE, OPEN, stalled, stalled, OPEN);
    const job = await makeJob(seams, [file.request]);
    job.begin();
    await until(async () => (await file.log()).length === 3);
    const {downloaded} = job.snapshot;
    await job.pause();
    await until(async () =>
      (await file.log()).every(({end}) => end !== 'open'),
    );
    expect(job.snapshot.downloaded).to.equal(downloaded);
    await job.resume();
    expect((await job.concluded).result).to.equal('success');
    await expectStored(seams, job, file.content);
  });

  it('is read while it comes, from memory and from storage', async () => {
    const stalled: Step = {...OPEN, stall: 1_000};
    const file = scripted(SIZE, OPEN, OPEN, OPEN, stalled);
    // One at a time, or they might be answered in another order.
    const blobParts = new BlobParts({...SMALL, parallel: 1});
    const {stored} = await makeJob(seams, [file.request]);
    const job = await loadJob({...seams, blobParts}, stored.key);
    job.begin();
    await until(async () => (await file.log()).length === 4);
    await until(() => job.snapshot.downloaded > SAMPLE + 2 * PART - 1);
    const blobs: Blob[] = [];
    let length = 0;
    for (;;) {
      const bytes = await job.readResponse(0, 1, length);
      if (bytes === undefined) break;
      blobs.push(new Blob([bytes]));
      length += bytes.length;
    }
    expect(length).to.equal(job.snapshot.downloaded);
    const read = new Uint8Array(await new Blob(blobs).arrayBuffer());
    expectSame(read, file.content.subarray(0, length));
    job.stop();
    const next = await loadJob(seams, job.stored.key);
    expect(next.snapshot.downloaded).to.equal(length);
    next.stop();
  });

  it('asks for no more than may be on its way to storage', async () => {
    const blobParts = new BlobParts({...SMALL, parallel: 4, held: 2 * PART});
    const held: Step = {...OPEN, stall: 1_000};
    const file = scripted(SIZE, OPEN, held);
    const {stored} = await makeJob(seams, [file.request]);
    const job = await loadJob({...seams, blobParts}, stored.key);
    job.begin();
    await until(async () => (await file.log()).length === 3);
    const asked = (await file.log()).map(({headers}) => headers['range'] ?? '');
    expect(asked.filter((range) => /-\d+$/.test(range))).to.have.lengthOf(2);
    await job.abort();
    expect((await job.concluded).result).to.equal('failure');
  });

  it('serves one record at a time', () => {
    const parts = new BlobParts();
    const leave = parts.enter();
    expect(parts.enter()).to.equal(undefined);
    leave?.();
    expect(parts.enter()).not.to.equal(undefined);
  });
});

describe('nextPart', () => {
  const sizes = (length: number): readonly number[] => {
    const parts = new BlobParts({smallestPart: 16, largestPart: 64});
    const found: number[] = [];
    for (let rest = length; rest > 0; rest -= found.at(-1) ?? 0) {
      found.push(parts.nextPart(rest));
    }
    return found;
  };

  it('becomes smaller towards the end', () => {
    expect(sizes(512)).to.deep.equal([
      64, 64, 64, 64, 64, 48, 36, 27, 21, 16, 16, 16, 12,
    ]);
  });

  it('is the rest where that is small', () => {
    expect(sizes(63)).to.deep.equal([16, 16, 16, 15]);
    expect(sizes(5)).to.deep.equal([5]);
    expect(sizes(0)).to.deep.equal([]);
  });
});

describe('planBlobParts', () => {
  const headers = {
    'Accept-Ranges': 'bytes',
    'Content-Length': '100',
    ETag: '"1"',
  };

  it('is of the whole file, or of its rest', () => {
    expect(planBlobParts(storedRequest(), 0, head(200, headers))).to.include({
      from: 0,
      complete: 100,
      ifRange: '"1"',
    });
    const part = head(206, {...headers, 'Content-Range': 'bytes 40-99/100'});
    expect(planBlobParts(storedRequest(), 40, part)).to.include({
      from: 40,
      complete: 100,
    });
    // The whole, though the rest was asked for.
    expect(planBlobParts(storedRequest(), 40, head(200, headers))).to.include({
      from: 0,
      complete: 100,
    });
  });

  it('is none for what is not plain', () => {
    for (const request of [
      {method: 'POST'},
      {integrity: 'sha256-x'},
      {cache: 'force-cache'},
      {headers: [['Range', 'bytes=0-9']]},
      {headers: [['if-none-match', '"1"']]},
    ] as const) {
      const stored = storedRequest(request);
      const plan = planBlobParts(stored, 0, head(200, headers));
      expect(plan, JSON.stringify(request)).to.equal(undefined);
    }
    const redirected = {...head(200, headers), redirected: true};
    expect(planBlobParts(storedRequest(), 0, redirected)).to.equal(undefined);
  });
});
