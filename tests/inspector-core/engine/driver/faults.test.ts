import {expect} from '@esm-bundle/chai';
import {BlobParts} from '../../../../inspector-core/engine/driver/blob-parts.js';
import {Job} from '../../../../inspector-core/engine/driver/job.js';
import {makeFaulty, type StorageFault} from '../support/faulty-storage.js';
import {
  expectStored,
  loadJob,
  makeJob,
  makeSeams,
  runToEnd,
  type Seams,
} from '../support/jobs.js';
import {scripted, until} from '../support/scripted.js';

const SIZES = [2_500, 1_000, 0];

let seams: Seams = makeSeams();

beforeEach(() => {
  seams = makeSeams({partSize: 1_000});
});

afterEach(() => seams.close());

/** That what succeeded has exactly the bytes that were served. */
const checkBytes = async (
  job: Job,
  files: readonly ReturnType<typeof scripted>[],
): Promise<void> => {
  for (const [record, {content}] of files.entries()) {
    if (job.records[record]?.result !== 'success') continue;
    await expectStored(seams, job, content, record);
  }
};

const makeFiles = () =>
  SIZES.map((size) => scripted(size, {headers: {'Accept-Ranges': 'bytes'}}));

/** Its files come by the second way as soon as they can. */
const useBlobParts = async (): Promise<void> => {
  await seams.close();
  seams = makeSeams({
    partSize: 1_000,
    blobParts: new BlobParts({
      smallestPart: 1_000,
      largestPart: 1_000,
      sample: 500,
      smallest: 500,
    }),
  });
};

for (const route of ['counted chunks', 'Blob parts'] as const) {
  describe(`Job when storage fails, by ${route}`, () => {
    if (route === 'Blob parts') beforeEach(useBlobParts);

    for (const fault of ['error', 'quota'] as const) {
      for (const always of [false, true]) {
        const how = always ? 'from one call on' : 'once';
        it(`comes to an end with "${fault}" ${how}`, async function () {
          this.timeout(60_000);
          let survived = 0;
          for (let point = 1; ; point += 1) {
            const files = makeFiles();
            const {stored} = await makeJob(
              seams,
              files.map(({request}) => request),
            );
            const faulty = makeFaulty(seams.storage, {point, fault, always});
            const job = new Job(stored, {...seams, storage: faulty.storage});
            const {result, failureReason} = await runToEnd(job, seams);
            if (faulty.calls < point) {
              expect(result).to.equal('success');
              break;
            }
            // The last call stores the outcome: it has been reached by then.
            const isCommit = job.records.some(
              (record) => record.result !== 'success',
            );
            if (isCommit) {
              const reason =
                fault === 'quota' ? 'quota-exceeded' : 'fetch-error';
              expect(failureReason).to.equal(reason);
            } else {
              expect(point).to.be.greaterThan(SIZES.length);
              expect(result).to.equal('success');
            }
            await checkBytes(job, files);
            survived += 1;
          }
          console.log(
            `${fault} ${how}: ${survived} points, ${survived} survived`,
          );
          expect(survived).to.be.greaterThan(SIZES.length);
        });
      }
    }
  });

  describe(`Job when the worker is killed, by ${route}`, () => {
    if (route === 'Blob parts') beforeEach(useBlobParts);

    const killAt = async (point: number, fault: StorageFault) => {
      const files = makeFiles();
      const {stored} = await makeJob(
        seams,
        files.map(({request}) => request),
      );
      const isOver = await new Promise<boolean>((resolve) => {
        const faulty = makeFaulty(seams.storage, {
          point,
          fault,
          onKill: () => {
            job.stop();
            resolve(false);
          },
        });
        const job = new Job(stored, {...seams, storage: faulty.storage});
        void job.concluded.then(() => {
          resolve(true);
        });
        job.begin();
      });
      const next = await loadJob(seams, stored.key);
      expect((await runToEnd(next, seams)).result).to.equal('success');
      for (const record of next.records) {
        expect(record.result).to.equal('success');
      }
      await checkBytes(next, files);
      return isOver;
    };

    for (const fault of ['killed before', 'killed after'] as const) {
      it(`goes on when ${fault} any call of storage is done`, async function () {
        this.timeout(60_000);
        let point = 1;
        while (!(await killAt(point, fault))) point += 1;
        console.log(`${fault}: ${point - 1} points, ${point - 1} survived`);
        expect(point - 1).to.be.greaterThan(SIZES.length);
      });
    }
  });

  describe(`Job when storage does not answer, by ${route}`, () => {
    if (route === 'Blob parts') beforeEach(useBlobParts);

    const hangAt = async (point: number, fault: StorageFault) => {
      const files = makeFiles();
      const {stored} = await makeJob(
        seams,
        files.map(({request}) => request),
      );
      const state = {hangs: false, isOver: false};
      const faulty = makeFaulty(seams.storage, {
        point,
        fault,
        onKill: () => {
          state.hangs = true;
        },
      });
      const job = new Job(stored, {...seams, storage: faulty.storage});
      void job.concluded.then(() => {
        state.isOver = true;
      });
      job.begin();
      await until(() => state.hangs || state.isOver);
      const isOver = state.isOver;
      if (!isOver) {
        // One record waits; the others are not in its way, nor it in theirs.
        await until(
          () =>
            job.records.filter(({phase}) => phase !== 'settled').length <= 1,
        );
        expect(state.isOver, 'nothing ends unstored').to.equal(false);
      }
      job.stop();
      const next = await loadJob(seams, stored.key);
      expect((await runToEnd(next, seams)).result).to.equal('success');
      await checkBytes(next, files);
      return isOver;
    };

    for (const fault of ['killed before', 'killed after'] as const) {
      const how = fault === 'killed before' ? 'does nothing' : 'does it';
      it(`waits when any call ${how} and is silent; the next worker goes on`, async function () {
        this.timeout(60_000);
        let point = 1;
        while (!(await hangAt(point, fault))) point += 1;
        console.log(
          `hangs, ${how}: ${point - 1} points, ${point - 1} survived`,
        );
        expect(point - 1).to.be.greaterThan(SIZES.length);
      });
    }
  });
}
