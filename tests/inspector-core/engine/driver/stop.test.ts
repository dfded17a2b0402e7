import {expect} from '@esm-bundle/chai';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';
import {
  expectStored,
  loadJob,
  makeJob,
  useSeams,
  readRecord,
  runToEnd,
} from '../support/jobs.js';
import {scripted, until} from '../support/scripted.js';

const LARGE = 2_500_000;

const seams = useSeams({partSize: 100_000});

/** A fetch of one file that has come to where the server stalls first. */
const beginStalled = async (stall: number, ...later: readonly Step[]) => {
  const file = scripted(LARGE, {stall}, ...later);
  const job = await makeJob(seams, [file.request]);
  job.begin();
  await until(() => job.snapshot.downloaded === stall);
  return {file, job};
};

describe('Job, when it is stopped', () => {
  it('closes the connection in a pause, and resumes', async () => {
    const {file, job} = await beginStalled(700_000, {});
    expect(await job.pause()).to.equal(true);
    await until(async () => (await file.log())[0]?.end === 'closed');
    expect(job.snapshot.downloaded).to.equal(700_000);
    await job.resume();
    expect((await job.concluded).result).to.equal('success');
    const [, second] = await file.log();
    expect(second?.headers['range']).to.equal('bytes=700000-');
    await expectStored(seams, job, file.content);
  });

  it('does what was asked for last, if that was at once', async () => {
    const {file, job} = await beginStalled(700_000, {}, {});
    const pausing = [job.pause(), job.pause()];
    await job.resume();
    expect(await Promise.all(pausing)).to.deep.equal([true, true]);
    expect(job.isPaused).to.equal(false);
    expect((await job.concluded).result).to.equal('success');
    await expectStored(seams, job, file.content);
  });

  it('is aborted while it pauses', async () => {
    const {job} = await beginStalled(700_000);
    const pausing = job.pause();
    expect(await job.abort()).to.equal(true);
    expect(await pausing).to.equal(false);
    expect((await job.concluded).failureReason).to.equal('aborted');
  });

  it('stays paused in the next worker', async () => {
    const {file, job} = await beginStalled(100, {});
    await job.pause();
    job.stop();
    const next = await loadJob(seams, job.stored.key);
    next.begin();
    expect(next.isPaused).to.equal(true);
    expect(await file.log()).to.have.length(1);
    await next.resume();
    expect((await next.concluded).result).to.equal('success');
    next.stop();
  });

  it('aborts at once, and closes the connection', async () => {
    const {file, job} = await beginStalled(100);
    expect(await job.abort()).to.equal(true);
    expect(job.isActive).to.equal(false);
    expect(await job.abort()).to.equal(false);
    expect((await job.concluded).failureReason).to.equal('aborted');
    await until(async () => (await file.log())[0]?.end === 'closed');
  });

  it('is aborted in the next worker, too', async () => {
    const {file, job} = await beginStalled(100);
    await job.abort();
    job.stop();
    const next = await loadJob(seams, job.stored.key);
    expect((await runToEnd(next, seams)).failureReason).to.equal('aborted');
    expect(await file.log()).to.have.length(1);
  });

  it('goes on in the next worker, wherever the last one was stopped', async () => {
    const {file, job} = await beginStalled(130_000, {stall: 800_000}, {});
    await until(async () => (await readRecord(seams, job)).length === 100_000);
    job.stop();
    const second = await loadJob(seams, job.stored.key);
    expect(second.snapshot.downloaded).to.equal(100_000);
    second.begin();
    await until(() => second.snapshot.downloaded === 900_000);
    second.stop();
    const third = await loadJob(seams, job.stored.key);
    expect((await runToEnd(third, seams)).result).to.equal('success');
    await expectStored(seams, third, file.content);
    const log = await file.log();
    expect(log[1]?.headers['range']).to.equal('bytes=100000-');
    expect(log[2]?.headers['range']).to.match(/^bytes=[89]00000-$/);
  });
});
