/** §9 The record objects: request, and the response that is ready. */
import {expect} from '@esm-bundle/chai';
import {HAS_BYTE_STREAMS} from '../support/byte-streams.js';
import {atNextEvent} from './support/at-next-event.js';
import {cutAt, rejection, release, serve, until} from './support/files.js';
import {suite} from './support/suite.js';

const bytesOf = async (response: Response): Promise<number> =>
  (await response.arrayBuffer()).byteLength;

suite('record objects', (test) => {
  test('request is what was asked for', async ({manager, id}) => {
    const file = serve(9, {stall: 1});
    const {url} = file;
    const registration = await manager.fetch(
      id,
      new Request(url, {
        headers: {'X-Kind': 'a'},
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
      }),
    );
    const request = (await registration.match(url))?.request;
    expect(request).to.include({
      url,
      method: 'GET',
      mode: 'cors',
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
    expect(request?.headers.get('X-Kind')).to.equal('a');
    expect(request?.headers.get('Range')).to.equal(null);
    // The first background fetch of a browser: Chromium begins it seconds later,
    // and now and then none after one that is aborted until then.
    await until(async () => (await file.log()).length === 1);
  });

  test('responseReady is pending until there are headers', async ({
    manager,
    id,
  }) => {
    const file = serve(9, {holdHead: true});
    const registration = await manager.fetch(id, file.url);
    const record = await registration.match(file.url);
    const state = {isReady: false};
    const ready = record?.responseReady.then((response) => {
      state.isReady = true;
      return response;
    });
    await until(async () => (await file.log()).length === 1);
    // A record is not asked twice, and both answer at once.
    expect(state.isReady).to.equal(false);
    await release(file);
    expect(await bytesOf((await ready) as Response)).to.equal(9);
  });

  test('the body is a live stream', async ({manager, id}) => {
    const file = serve(9, {hold: 4});
    const registration = await manager.fetch(id, file.url);
    const record = await registration.match(file.url);
    const response = await record?.responseReady;
    const reader = response?.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).to.equal(4);
    expect(registration.result).to.equal('');
    await release(file);
    const second = await reader?.read();
    expect(second?.value?.length).to.equal(5);
    expect((await reader?.read())?.done).to.equal(true);
  });

  test('the body has every byte, in order', async ({manager, id}) => {
    const file = serve(300_000, {hold: 70_000});
    const registration = await manager.fetch(id, file.url);
    const record = await registration.match(file.url);
    const response = await record?.responseReady;
    const body = response?.arrayBuffer();
    await until(() => registration.downloaded === 70_000);
    await release(file);
    const bytes = new Uint8Array((await body) ?? new ArrayBuffer(0));
    expect(bytes.length).to.equal(300_000);
    expect(bytes.every((byte, at) => byte === file.content[at])).to.equal(true);
  });

  test(
    'the body fills the buffers that its reader brings',
    async ({manager, id}) => {
      const file = serve(2_500, {hold: 1_000});
      const registration = await manager.fetch(id, file.url);
      const record = await registration.match(file.url);
      // Chromium's own is not ready before all of it is there.
      await release(file);
      const response = await record?.responseReady;
      const reader = response?.body?.getReader({mode: 'byob'});
      const bytes: number[] = [];
      for (;;) {
        const read = await reader?.read(new Uint8Array(1_000));
        if (read?.done !== false) break;
        expect(read.value.buffer.byteLength).to.equal(1_000);
        bytes.push(...read.value);
      }
      expect(bytes).to.deep.equal([...file.content]);
    },
    HAS_BYTE_STREAMS ? undefined : 'there are no byte streams',
  );

  test('each match() has a body of its own, from the first byte', async ({
    manager,
    id,
  }) => {
    const file = serve(50_000, {hold: 40_000});
    const registration = await manager.fetch(id, file.url);
    const bodies: Promise<ArrayBuffer>[] = [];
    for (const wanted of [0, 40_000]) {
      await until(() => registration.downloaded >= wanted);
      const record = await registration.match(file.url);
      const response = await record?.responseReady;
      bodies.push(
        response?.arrayBuffer() ?? Promise.reject(new Error(file.url)),
      );
    }
    await release(file);
    const lengths = (await Promise.all(bodies)).map(
      ({byteLength}) => byteLength,
    );
    expect(lengths).to.deep.equal([50_000, 50_000]);
  });

  test('the headers of a response cannot be changed, nor those of its clone', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {stall: 4});
    const registration = await manager.fetch(id, url);
    const response = await (await registration.match(url))?.responseReady;
    for (const headers of [response?.headers, response?.clone().headers]) {
      expect(() => headers?.set('X-Kind', 'a')).to.throw(TypeError);
      expect(() => headers?.append('X-Kind', 'a')).to.throw(TypeError);
      expect(() => headers?.delete('Content-Type')).to.throw(TypeError);
    }
  });

  test('the response has status, URL and headers as fetched', async ({
    manager,
    id,
  }) => {
    const file = serve(9, {
      stall: 4,
      status: 201,
      headers: {'Content-Type': 'text/x-test', 'X-Kind': 'a'},
    });
    const registration = await manager.fetch(id, `${file.url}#fragment`);
    const record = await registration.match(file.url);
    const response = await record?.responseReady;
    expect(response).to.be.instanceOf(Response);
    expect(response).to.include({
      status: 201,
      statusText: 'Created',
      ok: true,
      url: file.url,
      type: 'basic',
      redirected: false,
      bodyUsed: false,
    });
    expect(response?.headers.get('Content-Type')).to.equal('text/x-test');
    expect(response?.headers.get('X-Kind')).to.equal('a');
  });

  test('Content-Length and Content-Range are left out', async ({
    manager,
    id,
  }) => {
    const file = serve(9, {
      stall: 4,
      headers: {'Content-Range': 'bytes 0-8/9'},
    });
    const registration = await manager.fetch(id, file.url);
    const record = await registration.match(file.url);
    const response = await record?.responseReady;
    expect(response?.headers.has('ETag')).to.equal(true);
    expect(response?.headers.has('Content-Length')).to.equal(false);
    expect(response?.headers.has('Content-Range')).to.equal(false);
  });

  test('a redirected response tells its last URL', async ({manager, id}) => {
    const target = serve(9, {stall: 4});
    const file = serve(0, {status: 302, headers: {Location: target.url}});
    const registration = await manager.fetch(id, file.url);
    const record = await registration.match(file.url);
    const response = await record?.responseReady;
    expect(response).to.include({url: target.url, redirected: true});
    expect(record?.request.url).to.equal(file.url);
  });

  test('an empty body is empty, and not missing', async ({manager, id}) => {
    const other = serve(9, {stall: 1});
    const file = serve(0);
    const registration = await manager.fetch(id, [file.url, other.url]);
    const record = await registration.match(file.url);
    const response = await record?.responseReady;
    expect(await response?.text()).to.equal('');
  });

  test('a response can be read while the event is active, and cloned', async ({
    manager,
    id,
    worker,
  }) => {
    const {url} = serve(7);
    await atNextEvent(worker, 'backgroundfetchsuccess', (event, self) => {
      const {registration} = event;
      const read = async (): Promise<number[]> => {
        const [record] = await registration.matchAll();
        const response = await record?.responseReady;
        const copy = response?.clone();
        const bodies = [response, copy].map(
          async (one) => (await one?.arrayBuffer())?.byteLength ?? -1,
        );
        return Promise.all(bodies);
      };
      self['read'] = read();
      event.waitUntil(self['read']);
    });
    await manager.fetch(id, url);
    await worker.event(id);
    expect(await worker.run((self) => self['read'])).to.deep.equal([7, 7]);
  });

  test('the worker can keep each response in a cache, by its request', async ({
    manager,
    id,
    worker,
  }) => {
    const files = [serve(70_000), serve(5, {headers: {'X-Kind': 'a'}})];
    await atNextEvent(
      worker,
      'backgroundfetchsuccess',
      (event, self, name) => {
        const keep = async (): Promise<void> => {
          const cache = await (self['caches'] as CacheStorage).open(name);
          const records = await event.registration.matchAll();
          const kept = records.map(async ({request, responseReady}) =>
            cache.put(request, await responseReady),
          );
          await Promise.all(kept);
        };
        self['kept'] = keep();
        event.waitUntil(self['kept']);
      },
      id,
    );
    await manager.fetch(
      id,
      files.map(({url}) => url),
    );
    await worker.event(id);
    await worker.run((self) => self['kept']);
    const cache = await caches.open(id);
    const kept = await Promise.all(files.map(({url}) => cache.match(url)));
    const sizes = kept.map(
      async (response) => (await response?.arrayBuffer())?.byteLength,
    );
    expect(await Promise.all(sizes)).to.deep.equal([70_000, 5]);
    expect(kept[1]?.headers.get('X-Kind')).to.equal('a');
    await caches.delete(id);
  });

  test('responseReady of a record that fails before its headers rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const file = serve(9, {
      holdHead: true,
      headers: {Location: 'http://['},
      status: 302,
    });
    const registration = await manager.fetch(id, [
      file.url,
      serve(9, {stall: 1}).url,
    ]);
    const record = await registration.match(file.url);
    const error = rejection(Promise.resolve(record?.responseReady));
    await release(file);
    expect(await error).to.be.instanceOf(TypeError);
    // And so it does for who asks later.
    const later = await registration.match(file.url);
    expect(
      await rejection(Promise.resolve(later?.responseReady)),
    ).to.be.instanceOf(TypeError);
  });

  test('a body that is read when its record starts over fails with a TypeError', async ({
    manager,
    id,
  }) => {
    const file = serve(9_000, {drop: 4_000}, {ranges: false, hold: 1_000});
    const registration = await manager.fetch(id, file.url);
    const before = await registration.match(file.url);
    const response = await before?.responseReady;
    // Firefox's arrayBuffer() rejects with an AbortError, whatever the stream's is.
    const reader = response?.body?.getReader();
    const readToEnd = async (): Promise<void> => {
      while ((await reader?.read())?.done === false);
    };
    const body = rejection(readToEnd());
    await cutAt(4_000, file, registration);
    expect(await body).to.be.instanceOf(TypeError);
    // The new response is that of the next match().
    const after = await registration.match(file.url);
    const again = (await after?.responseReady)?.arrayBuffer();
    await release(file);
    expect((await again)?.byteLength).to.equal(9_000);
  });
});
