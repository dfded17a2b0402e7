import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {get, type IncomingMessage} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {createRandomContent} from '../../demo/server/random-content.js';
import type {RequestLogEntry} from '../../demo/server/request-log.js';
import {startDemoServer, type DemoServer} from '../../demo/server/server.js';

let directory: string;
let server: DemoServer;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bgf-demo-test-'));
  const app = join(directory, 'app');
  await mkdir(app);
  await writeFile(join(directory, 'secret.txt'), 'secret');
  await writeFile(join(app, 'index.html'), '<html><head><title>x</title>');
  await writeFile(join(app, 'service-worker.js'), 'self.app = 1;');
  await writeFile(join(directory, 'page.js'), 'page');
  await writeFile(join(directory, 'worker.js'), 'worker');
  await writeFile(join(directory, 'conditions.js'), 'conditions');
  server = await startDemoServer({app});
});

after(async () => {
  await server.close();
  await rm(directory, {recursive: true});
});

/** The bytes that `/resource` has at these places. */
function expected(name: string, size: number, first = 0, end = size): Buffer {
  const content = createRandomContent(name, size, {type: ''});
  return Buffer.concat([...content.slices(first, end)]);
}

async function load(
  path: string,
  init?: RequestInit,
): Promise<{response: Response; body: Buffer}> {
  const response = await fetch(server.url + path, init);
  return {response, body: Buffer.from(await response.arrayBuffer())};
}

/** Reads until the connection ends, however it ends. */
async function loadBroken(
  path: string,
): Promise<{body: Buffer; isComplete: boolean}> {
  const [response] = (await once(get(server.url + path), 'response')) as [
    IncomingMessage,
  ];
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('error', () => undefined);
  // once() would reject with the very error that is wanted here.
  await new Promise((resolve) => response.on('close', resolve));
  return {body: Buffer.concat(chunks), isComplete: response.complete};
}

/** The log's line for a URL, once the server knows how it ended. */
async function ended(url: string): Promise<RequestLogEntry> {
  for (;;) {
    const entry = server.requests.entries.findLast((each) => each.url === url);
    if (entry !== undefined && entry.ending !== 'pending') return entry;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('serves the same bytes for one name, and others for another', async () => {
  const one = await load('/resource?id=one&size=3Mi');
  assert.equal(one.response.headers.get('content-length'), String(3 * 2 ** 20));
  assert.ok(one.body.equals(expected('one', 3 * 2 ** 20)));
  assert.ok(!one.body.equals(expected('two', 3 * 2 ** 20)));
  const mebibyte = 2 ** 20;
  assert.ok(
    !one.body
      .subarray(0, mebibyte)
      .equals(one.body.subarray(mebibyte, 2 * mebibyte)),
  );
});

test('serves ranges of every form', async () => {
  const size = 2_500_000;
  const forms: readonly (readonly [string, number, number])[] = [
    ['bytes=0-0', 0, 1],
    ['bytes=5-14', 5, 15],
    ['bytes=1048570-1048590', 1_048_570, 1_048_591],
    ['bytes=2499990-', 2_499_990, size],
    ['bytes=2499990-9999999', 2_499_990, size],
    ['bytes=-7', size - 7, size],
  ];
  for (const [range, first, end] of forms) {
    const {response, body} = await load(`/resource?id=r&size=${size}`, {
      headers: {range},
    });
    assert.equal(response.status, 206, range);
    assert.equal(
      response.headers.get('content-range'),
      `bytes ${first}-${end - 1}/${size}`,
    );
    assert.ok(body.equals(expected('r', size, first, end)), range);
  }
});

test('ignores ranges that it does not understand', async () => {
  for (const range of ['items=0-1', 'bytes=9-3', 'bytes=0-1,5-6', 'bytes=-']) {
    const {response, body} = await load('/resource?size=100', {
      headers: {range},
    });
    assert.equal(response.status, 200, range);
    assert.equal(body.length, 100);
  }
});

test('refuses a range behind the end with 416', async () => {
  for (const range of ['bytes=100-', 'bytes=-0']) {
    const {response} = await load('/resource?size=100', {headers: {range}});
    assert.equal(response.status, 416);
    assert.equal(response.headers.get('content-range'), 'bytes */100');
  }
});

test('honours If-Range by ETag and by date', async () => {
  const path = '/resource?id=v&size=100';
  const {response} = await load(path);
  const etag = response.headers.get('etag') ?? '';
  const modified = response.headers.get('last-modified') ?? '';
  assert.match(etag, /^"v-100"$/);
  const cases: readonly (readonly [string, number])[] = [
    [etag, 206],
    [modified, 206],
    [`W/${etag}`, 200],
    ['"other"', 200],
    ['Sat, 01 Jan 2000 00:00:00 GMT', 200],
  ];
  for (const [ifRange, status] of cases) {
    const headers = {range: 'bytes=50-', 'if-range': ifRange};
    const answer = await load(path, {headers});
    assert.equal(answer.response.status, status, ifRange);
  }
});

test('answers 304 to what the client has', async () => {
  const path = '/resource?id=v&size=100';
  const same = await load(path, {headers: {'if-none-match': 'W/"v-100"'}});
  assert.equal(same.response.status, 304);
  const other = await load(path, {headers: {'if-none-match': '"w"'}});
  assert.equal(other.response.status, 200);
});

test('changes its ETag, or has none, as asked', async () => {
  const changing = '/resource?id=c&size=10&etag=changing';
  const first = await load(changing);
  const second = await load(changing);
  assert.equal(first.response.headers.get('etag'), '"c-10-1"');
  assert.equal(second.response.headers.get('etag'), '"c-10-2"');
  const none = await load('/resource?size=10&etag=no');
  assert.equal(none.response.headers.get('etag'), null);
});

test('drops the first attempt half-way, then serves the rest', async () => {
  const path = '/resource?id=d&size=1000000&drop=50%25';
  const broken = await loadBroken(path);
  assert.equal(broken.isComplete, false);
  assert.ok(broken.body.equals(expected('d', 1_000_000, 0, 500_000)));
  const entry = await ended(path);
  assert.equal(entry.ending, 'dropped');
  assert.equal(entry.bytesSent, 500_000);
  const rest = await load(path, {headers: {range: 'bytes=500000-'}});
  assert.equal(rest.response.status, 206);
  assert.ok(
    Buffer.concat([broken.body, rest.body]).equals(expected('d', 1_000_000)),
  );
});

test('drops every attempt when asked to', async () => {
  const path = '/resource?id=always&size=1000&drop=10&drops=always';
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const {body, isComplete} = await loadBroken(path);
    assert.equal(isComplete, false);
    assert.equal(body.length, 10);
  }
});

test('fails as often as asked, then serves', async () => {
  const path = '/resource?id=f&size=10&status=503&fails=2&retryAfter=1';
  const first = await load(path);
  assert.equal(first.response.status, 503);
  assert.equal(first.response.headers.get('retry-after'), '1');
  assert.equal((await load(path)).response.status, 503);
  assert.equal((await load(path)).response.status, 200);
});

test('keeps the pace that was asked for', async () => {
  const {body} = await load('/resource?id=slow&size=50k&rate=100k');
  assert.equal(body.length, 50_000);
  const entry = await ended('/resource?id=slow&size=50k&rate=100k');
  const took = (entry.endedAt ?? 0) - entry.startedAt;
  // Never faster; how much slower is up to the machine.
  assert.ok(took >= 480, `${took} ms`);
});

test('logs exactly what happened, in order', async () => {
  server.requests.clear();
  await load('/resource?id=log&size=1234', {headers: {'x-mark': 'yes'}});
  await load('/nothing');
  const [resource, missing, ...rest] = [
    await ended('/resource?id=log&size=1234'),
    await ended('/nothing'),
  ];
  assert.deepEqual(server.requests.entries, [resource, missing, ...rest]);
  assert.ok(resource.sequence < missing.sequence);
  assert.ok(resource.startedAt <= (resource.endedAt ?? 0));
  assert.ok(Math.abs(Date.now() - resource.startedAt) < 60_000);
  assert.equal(resource.status, 200);
  assert.equal(resource.bytesSent, 1234);
  assert.equal(resource.ending, 'finished');
  assert.ok(
    resource.requestHeaders.some(
      ([name, value]) => name === 'x-mark' && value === 'yes',
    ),
  );
  assert.ok(
    resource.responseHeaders.some(
      ([name, value]) => name === 'content-length' && value === '1234',
    ),
  );
  assert.equal(missing.status, 404);
  const published = (await load('/__requests')).body.toString();
  assert.deepEqual(JSON.parse(published), [resource, missing]);
});

test('logs a client that goes away as aborted', async () => {
  const path = '/resource?id=gone&size=100M&rate=1M';
  const request = get(server.url + path);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  await once(response, 'data');
  request.on('error', () => undefined);
  request.destroy();
  const entry = await ended(path);
  assert.equal(entry.ending, 'aborted');
  assert.ok(entry.bytesSent > 0 && entry.bytesSent < 100_000_000);
});

test('counts what is uploaded', async () => {
  const body = expected('upload', 3_000_000);
  const {body: text} = await load('/upload', {
    method: 'POST',
    body: new Uint8Array(body),
  });
  assert.deepEqual(JSON.parse(text.toString()), {
    received: 3_000_000,
    type: '',
    sha256: createHash('sha256').update(body).digest('hex'),
  });
  assert.equal((await ended('/upload')).bytesReceived, 3_000_000);
});

test('streams a gigabyte without holding it in memory', async () => {
  const size = 2 ** 30;
  const before = process.memoryUsage.rss();
  let peak = before;
  let received = 0;
  const response = await fetch(`${server.url}/resource?id=huge&size=1Gi`);
  assert.ok(response.body !== null);
  for await (const chunk of response.body) {
    received += (chunk as Uint8Array).length;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  assert.equal(received, size);
  assert.equal((await ended('/resource?id=huge&size=1Gi')).bytesSent, size);
  const grown = (peak - before) / 2 ** 20;
  assert.ok(grown < 200, `grew by ${Math.round(grown)} MiB`);
});

test('waits for a client that does not read', async () => {
  const path = '/resource?id=stuck&size=1G';
  const request = get(server.url + path);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.pause();
  // What the two ends' buffers take goes out at once, and no more: as soon as
  // another request was served in full, all that could be sent has been.
  let before = -1;
  for (;;) {
    await load('/resource?id=other&size=8M');
    const sent = server.requests.entries.findLast(
      (each) => each.url === path,
    )?.bytesSent;
    assert.ok(sent !== undefined && sent < 100_000_000);
    if (sent === before) break;
    before = sent;
  }
  request.on('error', () => undefined);
  request.destroy();
  assert.equal((await ended(path)).ending, 'aborted');
});

test('lets another origin read only where it was asked to', async () => {
  assert.notEqual(server.crossOrigin, server.url);
  const headers = {origin: server.url};
  const closed = await fetch(`${server.crossOrigin}/resource?size=1`, {
    headers,
  });
  assert.equal(closed.headers.get('access-control-allow-origin'), null);
  const open = await fetch(`${server.crossOrigin}/resource?size=1&cors=1`, {
    headers,
  });
  assert.ok(open.headers.get('access-control-allow-origin') !== null);
  const preflight = await fetch(`${server.crossOrigin}/upload?cors=1`, {
    method: 'OPTIONS',
    headers: {...headers, 'access-control-request-method': 'PUT'},
  });
  assert.equal(preflight.status, 204);
});

test('redirects', async () => {
  const {response, body} = await load(
    '/redirect?to=%2Fresource%3Fid%3Dto%26size%3D20',
  );
  assert.ok(response.redirected);
  assert.ok(body.equals(expected('to', 20)));
});

test('makes audio that is what its header says', async () => {
  const {response, body} = await load('/episodes/harbour-lights.wav');
  assert.equal(response.headers.get('content-type'), 'audio/wav');
  assert.equal(body.toString('latin1', 0, 4), 'RIFF');
  assert.equal(body.readUInt32LE(4), body.length - 8);
  assert.equal(body.readUInt32LE(40), body.length - 44);
  const samples = new Set<number>();
  for (let at = 44; at < 200_000; at += 2) samples.add(body.readInt16LE(at));
  assert.ok(samples.size > 1000, 'sounds, not silence');
});

test('serves the app, and nothing outside of it', async () => {
  assert.match((await load('/')).body.toString(), /<title>x/);
  for (const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%00']) {
    assert.equal((await load(path)).response.status, 404, path);
  }
});

test('puts the library before the code of the app', async () => {
  const library = await startDemoServer({
    app: join(directory, 'app'),
    injectLibrary: {
      page: join(directory, 'page.js'),
      worker: join(directory, 'worker.js'),
      conditions: join(directory, 'conditions.js'),
      options: {route: 'auto'},
    },
  });
  try {
    const read = async (path: string): Promise<string> =>
      (await fetch(library.url + path)).text();
    assert.equal(
      await read('/'),
      '<html><head><script>globalThis.bgfInspector={"route":"auto"};</script><script src="/inject/page.js"></script><title>x</title>',
    );
    assert.equal(
      await read('/service-worker.js'),
      `globalThis.bgfInspector={"route":"auto"};importScripts('/inject/conditions.js','/inject/worker.js');\nself.app = 1;`,
    );
    assert.equal(await read('/inject/page.js'), 'page');
    assert.equal(await read('/inject/worker.js'), 'worker');
    assert.equal(await read('/inject/conditions.js'), 'conditions');
  } finally {
    await library.close();
  }
});
