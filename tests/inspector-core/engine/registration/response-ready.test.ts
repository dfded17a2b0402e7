import {expect} from '@esm-bundle/chai';
import {matchRecords} from '../../../../inspector-core/engine/registration/match-records.js';
import {
  whenBytesReady,
  whenHeadReady,
} from '../../../../inspector-core/engine/registration/response-ready.js';
import {makeResponse} from '../../../../inspector-core/engine/surface/make-response.js';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';
import {makeJob, useSeams, runToEnd} from '../support/jobs.js';
import {rejection, scripted, until} from '../support/scripted.js';

const seams = useSeams();

const prepare = async (size: number, ...steps: Step[]) => {
  const file = scripted(size, ...steps);
  const job = await makeJob(seams, [file.request]);
  const ready = async (): Promise<Response> => {
    const [match] = matchRecords(job, undefined, {});
    if (match === undefined) throw new Error('Nothing matches.');
    return makeResponse(await whenHeadReady(job, match), {
      read: (position) => whenBytesReady(job, match, position),
      release: job.use(),
    });
  };
  return {file, job, ready};
};

/** By a reader: the errors of `arrayBuffer()` are the browser's own. */
const readAll = async ({body}: Response): Promise<number[]> => {
  const reader = body?.getReader();
  const read: number[] = [];
  for (;;) {
    const {done, value} = (await reader?.read()) ?? {done: true};
    if (done) return read;
    read.push(...(value ?? []));
  }
};

describe('a record’s response', () => {
  it('resolves at the headers, with a body that goes on', async () => {
    const {file, job, ready} = await prepare(2_500, {stall: 1_300}, {});
    const early = ready();
    job.begin();
    const response = await early;
    const reader = response.body?.getReader();
    const read: number[] = [];
    while (read.length < 1_300) {
      const {value} = (await reader?.read()) ?? {};
      read.push(...(value ?? []));
    }
    await job.pause();
    await job.resume();
    for (;;) {
      const {done, value} = (await reader?.read()) ?? {done: true};
      if (done) break;
      read.push(...(value ?? []));
    }
    expect(read).to.deep.equal([...file.content]);
    expect(await readAll(await ready())).to.deep.equal(read);
  });

  it('is as the response was, without the lengths', async () => {
    const {file, job, ready} = await prepare(10, {
      status: 404,
      headers: {'X-Test': 'yes'},
    });
    await runToEnd(job, seams);
    const response = await ready();
    for (const each of [response, response.clone()]) {
      expect(each).to.include({
        status: 404,
        statusText: 'Not Found',
        url: file.url,
        type: 'basic',
        redirected: false,
        ok: false,
      });
      expect(each.headers.get('x-test')).to.equal('yes');
      expect(each.headers.has('content-length')).to.equal(false);
      expect(await readAll(each)).to.deep.equal([...file.content]);
    }
  });

  it('has no body where the status allows none', async () => {
    const {job, ready} = await prepare(0, {status: 204, chunked: true});
    await runToEnd(job, seams);
    const response = await ready();
    expect(response.status).to.equal(204);
    expect(response.body).to.equal(null);
  });

  it('rejects with AbortError when aborted before the headers', async () => {
    const {job, ready} = await prepare(10);
    const early = rejection(ready());
    await job.abort();
    job.begin();
    expect(await early).to.match(/^AbortError/);
    expect(await rejection(ready())).to.match(/^AbortError/);
  });

  it('ends its body with AbortError when aborted after them', async () => {
    const {job, ready} = await prepare(10, {stall: 5});
    job.begin();
    const response = await ready();
    await until(() => job.snapshot.downloaded === 5);
    const body = rejection(readAll(response));
    await job.abort();
    expect(await body).to.match(/^AbortError/);
  });

  it('rejects with TypeError when there never is a response', async () => {
    const {job, ready} = await prepare(10, {loop: true});
    const early = rejection(ready());
    await runToEnd(job, seams);
    expect(await early).to.match(/^TypeError/);
  });

  it('ends its body with TypeError when the data is replaced', async () => {
    const {file, job, ready} = await prepare(
      2_500,
      {drop: 1_300},
      {etag: '"2"'},
    );
    const end = runToEnd(job, seams, file);
    const first = await ready();
    expect(await rejection(readAll(first))).to.match(/^TypeError/);
    await end;
    expect(await readAll(await ready())).to.deep.equal([...file.content]);
  });

  it('ends its body with TypeError when the site’s storage is cleared', async () => {
    const {job, ready} = await prepare(2_500, {stall: 1_500});
    job.begin();
    const response = await ready();
    await until(() => job.snapshot.downloaded === 1_500);
    const place = {key: job.stored.key, record: 0, generation: 1};
    await until(
      async () => (await seams.storage.readPart(place, 0)) !== undefined,
    );
    await seams.storage.delete(place.key);
    await until(async () => (await job.readResponse(0, 1, 0)) === undefined);
    expect(await rejection(readAll(response))).to.match(/^TypeError/);
    job.stop();
  });

  it('stays whole when records are no longer available', async () => {
    const {file, job, ready} = await prepare(2_500);
    await runToEnd(job, seams);
    const response = await ready();
    let isUnused = false;
    const unused = job.expire().then(() => {
      isUnused = true;
    });
    expect(() => matchRecords(job, undefined, {})).to.throw(DOMException);
    expect(isUnused).to.equal(false);
    expect(await readAll(response)).to.deep.equal([...file.content]);
    await unused;
  });

  it('lets go of the bytes when it is collected, not while it is kept', async function () {
    const {gc} = globalThis as {gc?: () => void};
    if (gc === undefined) return this.skip();
    // Each of many collections takes long where all else is busy.
    this.timeout(60_000);
    const {file, job, ready} = await prepare(2_500);
    await runToEnd(job, seams);
    const kept = (await ready()).clone();
    await ready();
    let isUnused = false;
    const unused = job.expire().then(() => {
      isUnused = true;
    });
    for (let turn = 0; turn < 20; turn += 1) {
      gc();
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
    }
    expect(isUnused).to.equal(false);
    expect(await readAll(kept)).to.deep.equal([...file.content]);
    await until(() => {
      gc();
      return isUnused;
    });
    await unused;
    return undefined;
  });

  it('lets go of the bytes when its body is cancelled', async () => {
    const {job, ready} = await prepare(2_500);
    await runToEnd(job, seams);
    const response = await ready();
    const unused = job.expire();
    await response.body?.cancel();
    await unused;
  });
});
