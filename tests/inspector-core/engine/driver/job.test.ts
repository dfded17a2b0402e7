import {expect} from '@esm-bundle/chai';
import {newFetch} from '../support/fetches.js';
import {
  expectSame,
  expectStored,
  loadJob,
  makeJob,
  useSeams,
  runScripted,
  runToEnd,
} from '../support/jobs.js';
import {crossOrigin, scripted, until} from '../support/scripted.js';

const LARGE = 2_500_000;

const seams = useSeams({partSize: 100_000});

describe('Job', () => {
  it('downloads files into parts, as they were served', async () => {
    const files = [
      scripted(LARGE),
      scripted(0),
      scripted(99),
      scripted(100_000),
    ];
    const job = await makeJob(
      seams,
      files.map(({request}) => request),
    );
    const downloaded: number[] = [];
    job.listen(
      {onUpdate: (snapshot) => downloaded.push(snapshot.downloaded)},
      new AbortController().signal,
    );
    expect(await runToEnd(job, seams)).to.deep.equal({
      result: 'success',
      failureReason: '',
    });
    for (const [record, {content}] of files.entries()) {
      await expectStored(seams, job, content, record);
    }
    expect(downloaded.at(-1)).to.equal(LARGE + 99 + 100_000);
    expect(downloaded).to.deep.equal(downloaded.toSorted((a, b) => a - b));
    const [first] = await seams.storage.load(job.stored.scope);
    expect(first?.outcome?.result).to.equal('success');
  });

  it('keeps the bytes of a 404', async () => {
    const {job, outcome, file} = await runScripted(seams, 500, [{status: 404}]);
    expect(outcome.failureReason).to.equal('bad-status');
    expect(job.records[0]?.response?.status).to.equal(404);
    await expectStored(seams, job, file.content);
  });

  it('fails where CORS forbids the response', async () => {
    const file = scripted(100);
    const url = crossOrigin(file.url);
    const job = await makeJob(seams, [{...file.request, url}]);
    expect((await runToEnd(job, seams)).failureReason).to.equal('fetch-error');
  });

  it('takes compressed bytes, and counts what comes of them', async () => {
    const {job, outcome, file} = await runScripted(seams, LARGE, [
      {gzip: true},
    ]);
    expect(outcome.result).to.equal('success');
    expect(job.snapshot.downloaded).to.equal(LARGE);
    await expectStored(seams, job, file.content);
  });

  it('takes a body without a length', async () => {
    const {outcome, job, file} = await runScripted(seams, LARGE, [
      {chunked: true},
    ]);
    expect(outcome.result).to.equal('success');
    await expectStored(seams, job, file.content);
  });

  it('stops at downloadTotal', async () => {
    const file = scripted(LARGE);
    const job = await makeJob(seams, [file.request], {downloadTotal: 900_000});
    const {failureReason} = await runToEnd(job, seams);
    expect(failureReason).to.equal('download-total-exceeded');
    expect(job.snapshot.downloaded).to.be.at.most(900_000);
    await expectStored(seams, job, new Uint8Array());
  });

  it('sends bodies, and counts them', async () => {
    const file = scripted(10);
    const request = {
      ...file.request,
      method: 'POST',
      headers: [['content-type', 'text/plain']],
      bodyLength: 11,
    } as const;
    const {storage} = seams;
    const key = await storage.begin(newFetch({id: 'upload'}), [request]);
    const text = new TextEncoder().encode('hello world');
    await storage.appendToBody(key, 0, 0, text.slice(0, 6));
    await storage.appendToBody(key, 0, 6, text.slice(6));
    await storage.finish(key, [11]);
    const job = await loadJob(seams, key);
    expect((await runToEnd(job, seams)).result).to.equal('success');
    const [sent] = await file.log();
    expect(sent).to.include({method: 'POST', body: 'hello world'});
    expect(sent?.headers).to.include({
      'content-type': 'text/plain',
      'content-length': '11',
    });
    expect(job.snapshot.uploaded).to.equal(11);
  });

  it('reads a response while it comes, from memory and from storage', async () => {
    const file = scripted(LARGE, {stall: 250_000});
    const job = await makeJob(seams, [file.request]);
    job.begin();
    await until(() => job.snapshot.downloaded === 250_000);
    const read: number[] = [];
    for (;;) {
      const bytes = await job.readResponse(0, 1, read.length);
      if (bytes === undefined) break;
      read.push(...bytes);
    }
    expectSame(Uint8Array.from(read), file.content.subarray(0, 250_000));
    expect(await job.readResponse(0, 2, 0)).to.equal(undefined);
    job.stop();
  });
});
