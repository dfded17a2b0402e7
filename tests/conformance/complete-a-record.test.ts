/** §6 "Complete a record": requests, resuming, and what may be resumed. */
import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../inspector-core/platform/background-fetch.js';
import type {Step} from '../../scripts/wtr/scripted-step.js';
import {cutAt, release, serve, until} from './support/files.js';
import type {EventReport} from './support/report-event.js';
import {suite, type Given} from './support/suite.js';

/** A file of 9,000 bytes that breaks off after 4,000, and goes on as told. */
async function breakOff(
  {manager, worker, id}: Given,
  next: Step,
  first: Step = {},
) {
  const file = serve(9_000, {drop: 4_000, ...first}, next);
  const registration = await manager.fetch(id, file.url);
  await cutAt(4_000, file, registration);
  const {failureReason, result, records} = await worker.event(id);
  const log = await file.log();
  return {
    registration,
    failureReason,
    result,
    bytes: records[0]?.bytes,
    error: records[0]?.error,
    status: records[0]?.status,
    log,
  };
}

/** What the event shows of a fetch of one file of 9,000 bytes. */
async function runOnce(
  {manager, worker, id}: Given,
  step: Step,
): Promise<EventReport> {
  await manager.fetch(id, serve(9_000, step).url);
  return worker.event(id);
}

async function readAll(
  registration: BackgroundFetchRegistration,
  url: string,
): Promise<Uint8Array> {
  const record = await registration.match(url);
  const response = await record?.responseReady;
  return new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
}

suite('complete a record', (test) => {
  test('the first attempt asks for no range', async ({manager, id, worker}) => {
    const file = serve(9);
    await manager.fetch(id, file.url);
    await worker.event(id);
    const [request] = await file.log();
    expect(request?.method).to.equal('GET');
    expect(request?.headers).not.to.have.property('range');
  });

  test('the request is sent with its headers', async ({
    manager,
    id,
    worker,
  }) => {
    const file = serve(9);
    const headers = {'X-Kind': 'a', Accept: 'text/x-test'};
    await manager.fetch(id, new Request(file.url, {headers}));
    await worker.event(id);
    const [request] = await file.log();
    expect(request?.headers).to.include({
      'x-kind': 'a',
      accept: 'text/x-test',
    });
  });

  test('a body that breaks off is resumed by a Range request', async (given) => {
    const {result, bytes, status, log} = await breakOff(given, {});
    expect(result).to.equal('success');
    expect({bytes, status}).to.deep.equal({bytes: 9_000, status: 200});
    expect(log).to.have.length(2);
    expect(log[1]?.headers['range']).to.equal('bytes=4000-');
    expect(log[1]?.headers['accept-encoding']).to.equal('identity');
  });

  test('the parts of a body are put together in order', async ({
    manager,
    id,
    worker,
  }) => {
    const file = serve(
      9_000,
      {drop: 1},
      {drop: 2_999},
      {drop: 3_000},
      {hold: 9},
    );
    const registration = await manager.fetch(id, file.url);
    for (const place of [1, 3_000, 6_000]) {
      await cutAt(place, file, registration);
    }
    const bytes = readAll(registration, file.url);
    await until(() => registration.downloaded === 6_009);
    await release(file);
    expect(
      (await bytes).every((byte, at) => byte === file.content[at]),
    ).to.equal(true);
    expect((await worker.event(id)).result).to.equal('success');
    const ranges = (await file.log()).map(({headers}) => headers['range']);
    expect(ranges).to.deep.equal([
      undefined,
      'bytes=1-',
      'bytes=3000-',
      'bytes=6000-',
    ]);
  });

  test('after a 206 the first response’s status and headers stay', async ({
    manager,
    id,
  }) => {
    const file = serve(
      9_000,
      {drop: 4_000, headers: {'X-Kind': 'first'}},
      {hold: 10, headers: {'X-Kind': 'second'}},
    );
    const registration = await manager.fetch(id, file.url);
    await cutAt(4_000, file, registration);
    await until(() => registration.downloaded > 4_000);
    const record = await registration.match(file.url);
    const response = await record?.responseReady;
    expect(response?.status).to.equal(200);
    expect(response?.headers.get('X-Kind')).to.equal('first');
    expect(response?.headers.has('Content-Range')).to.equal(false);
  });

  test('a resume that is answered by 200 starts from zero', async (given) => {
    const {result, bytes, log} = await breakOff(given, {ranges: false});
    expect({result, bytes}).to.deep.equal({result: 'success', bytes: 9_000});
    expect(log).to.have.length(2);
  });

  test('downloaded goes down when a record starts from zero', async ({
    manager,
    id,
  }) => {
    const file = serve(9_000, {drop: 4_000}, {ranges: false, hold: 10});
    const registration = await manager.fetch(id, file.url);
    await cutAt(4_000, file, registration);
    await until(() => registration.downloaded === 10);
    expect(registration.result).to.equal('');
    await release(file);
  });

  test('a resume that is answered by a bad status ends as bad-status', async (given) => {
    const {failureReason, status} = await breakOff(given, {status: 404});
    expect(failureReason).to.equal('bad-status');
    expect(status).to.equal(404);
  });

  test('a 206 with another ETag is a fetch-error', async (given) => {
    const {failureReason, error} = await breakOff(given, {
      status: 206,
      etag: '"2"',
      headers: {'Content-Range': 'bytes 4000-8999/9000'},
    });
    expect(failureReason).to.equal('fetch-error');
    expect(error).to.equal('TypeError');
  });

  test('a 206 without the ETag that there was is a fetch-error', async (given) => {
    const {failureReason} = await breakOff(given, {noEtag: true});
    expect(failureReason).to.equal('fetch-error');
  });

  test('a 206 with another Last-Modified is a fetch-error', async (given) => {
    const modified = (day: number): Step => ({
      noEtag: true,
      headers: {'Last-Modified': `Mon, 0${day} Jan 2024 00:00:00 GMT`},
    });
    const {headers, ...rest} = modified(2);
    const next: Step = {
      ...rest,
      status: 206,
      headers: {...headers, 'Content-Range': 'bytes 4000-8999/9000'},
    };
    const {failureReason} = await breakOff(given, next, modified(1));
    expect(failureReason).to.equal('fetch-error');
  });

  test('a 206 that begins at another byte is a fetch-error', async (given) => {
    for (const from of [3_999, 4_001]) {
      const id = `${given.id} ${from}`;
      const {failureReason} = await breakOff(
        {...given, id},
        {headers: {'Content-Range': `bytes ${from}-8999/9000`}},
      );
      expect(failureReason, `${from}`).to.equal('fetch-error');
    }
  });

  test('a 206 whose Content-Range cannot be read is a fetch-error', async (given) => {
    for (const range of [
      '',
      'bytes',
      'bytes 4000-/9000',
      'lines 4000-8999/9000',
    ]) {
      const id = `${given.id} ${range}`;
      const {failureReason} = await breakOff(
        {...given, id},
        {headers: {'Content-Range': range}},
      );
      expect(failureReason, range).to.equal('fetch-error');
    }
  });

  test('a 206 that nobody asked for is taken if it begins at zero', async (given) => {
    const {result, records} = await runOnce(given, {
      status: 206,
      headers: {'Content-Range': 'bytes 0-8999/9000'},
    });
    expect(result).to.equal('success');
    expect(records[0]).to.include({status: 206, bytes: 9_000});
  });

  test('a 206 that nobody asked for is a fetch-error if it does not', async (given) => {
    const {failureReason} = await runOnce(given, {
      status: 206,
      headers: {'Content-Range': 'bytes 1-9000/9001'},
    });
    expect(failureReason).to.equal('fetch-error');
  });

  test('a 206 that is not all asks for the rest', async ({
    manager,
    id,
    worker,
  }) => {
    const first: Step = {
      status: 206,
      headers: {'Content-Range': 'bytes 0-4999/9000'},
    };
    const part = serve(5_000, first);
    // The key makes it one file: the second answer is of the whole.
    const url = new URL(part.url);
    url.searchParams.set('size', '5000');
    url.searchParams.set(
      'steps',
      JSON.stringify([
        first,
        {
          status: 206,
          empty: true,
          headers: {'Content-Range': 'bytes 5000-8999/9000'},
        },
      ]),
    );
    const registration = await manager.fetch(id, url.href);
    await until(async () => (await part.log()).length > 1);
    const log = await part.log();
    expect(log[1]?.headers['range']).to.equal('bytes=5000-');
    await registration.abort();
    await worker.event(id);
  });

  test('a 206 of another length than the 206 before is a fetch-error', async (given) => {
    const {failureReason} = await breakOff(
      given,
      {headers: {'Content-Range': 'bytes 4000-8999/9001'}},
      {status: 206, headers: {'Content-Range': 'bytes 0-8999/9000'}},
    );
    expect(failureReason).to.equal('fetch-error');
  });

  test('a POST that breaks off is a fetch-error, and not sent again', async ({
    manager,
    id,
    worker,
  }) => {
    const file = serve(9_000, {drop: 4_000}, {});
    const request = new Request(file.url, {method: 'POST', body: 'x'});
    const registration = await manager.fetch(id, request);
    await cutAt(4_000, file, registration);
    expect((await worker.event(id)).failureReason).to.equal('fetch-error');
    expect(await file.log()).to.have.length(1);
  });

  test('bytes are counted as they are decoded', async ({
    manager,
    id,
    worker,
  }) => {
    const file = serve(200_000, {gzip: true});
    await manager.fetch(id, file.url, {downloadTotal: 200_000});
    const {downloaded, records} = await worker.event(id);
    expect(downloaded).to.equal(200_000);
    expect(records[0]?.bytes).to.equal(200_000);
  });
});
