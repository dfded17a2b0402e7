/** §3 step 8 and §6 step 3: requests with bodies. */
import {expect} from '@esm-bundle/chai';
import {atNextEvent} from './support/at-next-event.js';
import {rejection, release, serve, until} from './support/files.js';
import {fillStorage} from './support/fill-storage.js';
import {suite} from './support/suite.js';

const noStreams = takesStreams() ? undefined : 'requests take no streams';
const noForms = await makeForm(location.href)
  .blob()
  .then(
    () => undefined,
    () => 'a form with a file in it cannot be read',
  );

suite('requests with bodies', (test) => {
  test('are sent with their method, headers and body', async ({
    manager,
    id,
    worker,
  }) => {
    const file = serve(5);
    await manager.fetch(
      id,
      new Request(file.url, {
        method: 'POST',
        body: 'some text',
        headers: {'Content-Type': 'text/x-test'},
      }),
    );
    const {type, records} = await worker.event(id);
    expect(type).to.equal('backgroundfetchsuccess');
    expect(records).to.deep.equal([
      {url: file.url, method: 'POST', status: 200, bytes: 5},
    ]);
    const log = await file.log();
    expect(log).to.have.length(1);
    expect(log[0]).to.include({method: 'POST', body: 'some text'});
    expect(log[0]?.headers['content-type']).to.equal('text/x-test');
  });

  for (const [kind, make] of [
    ['text', () => 'é☃'],
    ['a Blob', () => new Blob(['é☃'], {type: 'text/x-test'})],
    ['an ArrayBuffer', () => new TextEncoder().encode('é☃').buffer],
    ['a view', () => new TextEncoder().encode('é☃')],
    ['form fields', () => new URLSearchParams({a: '☃'})],
  ] as const) {
    test(`may have ${kind} as their body`, async ({manager, id, worker}) => {
      const file = serve(0);
      const expected = await new Request(file.url, {
        method: 'PUT',
        body: make(),
      }).text();
      const request = new Request(file.url, {method: 'PUT', body: make()});
      const type = request.headers.get('Content-Type');
      await manager.fetch(id, request);
      await worker.event(id);
      const [sent] = await file.log();
      expect(sent?.body).to.equal(expected);
      expect(sent?.headers['content-type'] ?? null).to.equal(type);
    });
  }

  test(
    'may have a form with a file as their body',
    async ({manager, id, worker}) => {
      const file = serve(0);
      await manager.fetch(id, makeForm(file.url));
      await worker.event(id);
      const [sent] = await file.log();
      const type = sent?.headers['content-type'];
      expect(type).to.match(/^multipart\/form-data; b/);
      expect(sent?.body).to.include('content').and.include('name="field"');
    },
    noForms,
  );

  test('count in uploadTotal before they are sent', async ({manager, id}) => {
    const bodies = ['a'.repeat(1_000), 'b'.repeat(234)];
    const registration = await manager.fetch(id, [
      serve(1).url,
      ...bodies.map(
        (body) =>
          new Request(serve(9, {holdHead: true}).url, {method: 'POST', body}),
      ),
    ]);
    expect(registration.uploadTotal).to.equal(1_234);
    expect(registration.result).to.equal('');
  });

  test('raise uploaded, with progress, up to uploadTotal', async ({
    manager,
    id,
    worker,
  }) => {
    const file = serve(9, {hold: 4});
    const registration = await manager.fetch(
      id,
      new Request(file.url, {method: 'POST', body: 'a'.repeat(1_000)}),
    );
    const uploaded = new Set<number>();
    registration.addEventListener('progress', () => {
      uploaded.add(registration.uploaded);
    });
    await until(() => registration.uploaded === 1_000);
    expect(registration.result).to.equal('');
    await release(file);
    await worker.event(id);
    expect([...uploaded].at(-1)).to.equal(1_000);
    expect(registration.uploaded).to.equal(registration.uploadTotal);
  });

  test('can be read again from the record, at each match()', async ({
    manager,
    id,
    worker,
  }) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(
      id,
      new Request(url, {
        method: 'POST',
        body: 'some text',
        headers: {'Content-Type': 'text/x-test'},
      }),
    );
    for (let call = 0; call < 2; call += 1) {
      const record = await registration.match(url, {ignoreMethod: true});
      expect(record?.request.method).to.equal('POST');
      expect(record?.request.headers.get('Content-Type')).to.equal(
        'text/x-test',
      );
      expect(await record?.request.text()).to.equal('some text');
    }
    const inWorker = await worker.run(async ({registration}, id) => {
      const fetch = await registration.backgroundFetch.get(id);
      const [record] = (await fetch?.matchAll()) ?? [];
      return record?.request.text();
    }, id);
    expect(inWorker).to.equal('some text');
  });

  test('can be read from the record when the fetch is over', async ({
    manager,
    id,
    worker,
  }) => {
    await atNextEvent(worker, 'backgroundfetchsuccess', (event, self) => {
      self['text'] = event.registration
        .matchAll()
        .then(([record]) => record?.request.text());
      event.waitUntil(self['text']);
    });
    const request = new Request(serve(1).url, {method: 'POST', body: 'kept'});
    await manager.fetch(id, request);
    await worker.event(id);
    expect(await worker.run((self) => self['text'])).to.equal('kept');
  });

  test('for which there is no space reject with a QuotaExceededError', async ({
    manager,
    worker,
    id,
  }) => {
    await fillStorage(worker);
    const file = serve(1);
    const request = new Request(file.url, {method: 'POST', body: 'too much'});
    const error = await rejection(manager.fetch(id, [serve(1).url, request]));
    expect(error).to.be.instanceOf(DOMException);
    expect(error).to.include({name: 'QuotaExceededError', code: 22});
    expect(error).to.include({quota: null, requested: null});
    expect(await manager.getIds()).to.deep.equal([]);
    expect(await file.log()).to.deep.equal([]);
    // It was full for that one: the id is free.
    await manager.fetch(id, serve(3).url);
    expect((await worker.event(id)).type).to.equal('backgroundfetchsuccess');
  });

  test(
    'whose stream fails reject with a TypeError',
    async ({manager, id}) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('begun'));
        },
        pull() {
          throw new Error('Thrown by the test.');
        },
      });
      const request = streaming(serve(1).url, body);
      const error = await rejection(manager.fetch(id, request));
      expect(error).to.be.instanceOf(TypeError);
      expect(await manager.getIds()).to.deep.equal([]);
    },
    noStreams,
  );

  test(
    'may be streams, which are read to their end first',
    async ({manager, id, worker}) => {
      const file = serve(1);
      let controller: ReadableStreamDefaultController | undefined;
      const body = new ReadableStream({
        start(given) {
          controller = given;
        },
      });
      const fetching = manager.fetch(id, streaming(file.url, body));
      for (const text of ['one ', 'two ', 'three']) {
        controller?.enqueue(new TextEncoder().encode(text));
      }
      expect(await manager.get(id)).to.equal(undefined);
      controller?.close();
      expect((await fetching).uploadTotal).to.equal(13);
      await worker.event(id);
      expect((await file.log())[0]?.body).to.equal('one two three');
    },
    noStreams,
  );
});

function makeForm(url: string): Request {
  const body = new FormData();
  body.append('field', 'value');
  body.append('file', new File(['content'], 'name.txt'));
  return new Request(url, {method: 'POST', body});
}

function streaming(url: string, body: ReadableStream): Request {
  const init = {method: 'POST', body, duplex: 'half'};
  return new Request(url, init);
}

function takesStreams(): boolean {
  let isAsked = false;
  const request = new Request(location.href, {
    method: 'POST',
    body: new ReadableStream(),
    // Browsers that know streams ask for it; others make a text of the stream.
    get duplex() {
      isAsked = true;
      return 'half';
    },
  } as RequestInit);
  return isAsked && !request.headers.has('Content-Type');
}
