import {expect} from '@esm-bundle/chai';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';
import type {NewFetch} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {
  expectStored,
  makeJob,
  makeSeams,
  runScripted,
  runToEnd,
  type Seams,
} from '../support/jobs.js';
import {scripted, until} from '../support/scripted.js';

const SIZE = 1_000;

let seams: Seams = makeSeams();

beforeEach(() => {
  seams = makeSeams();
});

afterEach(() => seams.close());

const start = async (
  steps: readonly Step[],
  options: Partial<NewFetch> = {},
) => {
  const file = scripted(SIZE, ...steps);
  return {file, job: await makeJob(seams, [file.request], options)};
};

const END: readonly (readonly [
  name: string,
  steps: readonly Step[],
  reason: string,
])[] = [
  ['sends a thousand 102 first', [{processing: 1_000}], 'success'],
  ['has a header of a megabyte', [{headerBytes: 2 ** 20}], 'fetch-error'],
  [
    'has such a header when it is asked for the rest',
    [{drop: 500}, {headerBytes: 2 ** 20}],
    'fetch-error',
  ],
  ['hangs up', [{hangUp: true}], 'fetch-error'],
  [
    'hangs up a while',
    [{drop: 500}, {hangUp: true}, {hangUp: true}, {}],
    'success',
  ],
  [
    'says that there is more than there is',
    [{drop: 500}, {headers: {'Content-Range': 'bytes 500-999/2000'}}],
    'success',
  ],
  [
    'says 206, and gives a range that is none',
    [{drop: 500}, {headers: {'Content-Range': 'bytes 999-500/1000'}}],
    'fetch-error',
  ],
  [
    'changes the tag with each answer',
    [
      {drop: 500},
      {etag: '"2"', drop: 600},
      {etag: '"3"', drop: 700},
      {etag: '"4"'},
    ],
    'success',
  ],
  [
    'sends 206 after 206 without a byte',
    [
      {
        status: 206,
        empty: true,
        headers: {'Content-Range': 'bytes 0-999/1000'},
      },
    ],
    'fetch-error',
  ],
  [
    'sends a part that begins elsewhere',
    [{drop: 500}, {headers: {'Content-Range': 'bytes 400-999/1000'}}],
    'fetch-error',
  ],
  [
    'sends a part without being asked, and says nothing of which',
    [{status: 206}],
    'fetch-error',
  ],
  [
    'sends more than it says there is',
    [{status: 206, headers: {'Content-Range': 'bytes 0-499/500'}}],
    'fetch-error',
  ],
  [
    'never sends all that it promised',
    [
      {
        ranges: false,
        headers: {'Content-Length': '2000', Connection: 'close'},
      },
    ],
    'fetch-error',
  ],
  [
    'sends less than it promised, and says so when asked for the rest',
    [{headers: {'Content-Length': '2000', Connection: 'close'}}, {}],
    'success',
  ],
  ['drops every connection', [{drop: 9, ranges: false}], 'fetch-error'],
  ['redirects for ever', [{loop: true}], 'fetch-error'],
  ['compresses a part', [{drop: 500}, {gzip: true}], 'success'],
  [
    'answers a resume with an error',
    [{drop: 500}, {status: 503, ranges: false}],
    'bad-status',
  ],
  [
    'says 416 to a resume, and means the whole file',
    [{drop: 500}, {status: 416, headers: {'Content-Range': 'bytes */700'}}, {}],
    'success',
  ],
];

/** How far each comes, before it waits. */
const WAIT: readonly (readonly [
  name: string,
  step: Step,
  phases: readonly string[],
  downloaded: number,
])[] = [
  ['never answers', {silent: true}, ['requesting'], 0],
  ['sends 102 for ever', {processing: -1}, ['requesting'], 0],
  // Firefox gives out a response when the first byte of its body is there.
  ['sends headers, and no body', {stall: 0}, ['requesting', 'receiving'], 0],
  ['stops in the middle of the body', {stall: 400}, ['receiving'], 400],
];

describe('Job and a server', () => {
  // A file that is a part, and one that fills none.
  for (const partSize of [SIZE, 100 * SIZE]) {
    for (const [name, steps, reason] of END) {
      it(`that ${name}: ${reason}, in parts of ${partSize}`, async () => {
        await seams.close();
        seams = makeSeams({partSize});
        const {job, outcome, file} = await runScripted(seams, SIZE, steps);
        expect(outcome.failureReason || outcome.result).to.equal(reason);
        if (reason !== 'success') return;
        await expectStored(seams, job, file.content);
      });
    }
  }

  for (const [name, step, phases, downloaded] of WAIT) {
    const whenWaiting = async (steps: readonly Step[]) => {
      const started = await start(steps);
      const {file, job} = started;
      job.begin();
      await until(async () => {
        const [request] = await file.log();
        const [record] = job.records;
        return (
          request?.end === 'open' &&
          phases.includes(record?.phase ?? '') &&
          job.snapshot.downloaded === downloaded
        );
      });
      return started;
    };

    it(`that ${name}: waits, and lets go when it is aborted`, async () => {
      const {file, job} = await whenWaiting([step]);
      expect(job.snapshot.result).to.equal('');
      await job.abort();
      expect((await job.concluded).failureReason).to.equal('aborted');
      await until(async () => (await file.log())[0]?.end === 'closed');
    });

    it(`that ${name}: asks again after a pause`, async () => {
      const {file, job} = await whenWaiting([step, {}]);
      await job.pause();
      await until(async () => (await file.log())[0]?.end === 'closed');
      await job.resume();
      expect((await job.concluded).result).to.equal('success');
      await expectStored(seams, job, file.content);
      job.stop();
    });
  }

  it('that never ends the body: takes downloadTotal, and no more', async () => {
    const {file, job} = await start([{endless: true}], {
      downloadTotal: 100_500,
    });
    const shown: number[] = [];
    job.listen(
      {onUpdate: ({downloaded}) => shown.push(downloaded)},
      new AbortController().signal,
    );
    const {failureReason} = await runToEnd(job, seams);
    expect(failureReason).to.equal('download-total-exceeded');
    expect(Math.max(...shown)).to.be.within(1, 100_500);
    await until(async () => (await file.log())[0]?.end === 'closed');
  });
});
