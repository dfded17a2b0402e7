import {expect} from '@esm-bundle/chai';
import {scripted} from './support/scripted.js';
import {
  endRequests,
  outcomeOf,
  run,
  startRequests,
} from './support/requests.js';

before(startRequests);
after(endRequests);

describe('bodies of requests, as fetch() sends them', () => {
  it('lets a keepalive request have a body of any size', async () => {
    const file = scripted(5);
    const request = new Request(file.url, {
      method: 'POST',
      keepalive: true,
      body: 'x'.repeat(100_000),
    });
    expect(await outcomeOf(request)).to.equal('success');
    expect((await file.log())[0]?.body).to.have.length(100_000);
  });

  it('sends HEAD, and has no body', async () => {
    const file = scripted(5);
    const request = new Request(file.url, {method: 'HEAD'});
    const {outcome, text} = await run(request);
    expect(outcome).to.equal('success');
    expect(text).to.equal('');
    expect((await file.log())[0]?.method).to.equal('HEAD');
  });

  describe('bodies', () => {
    const send = async (body: BodyInit, init: RequestInit = {}) => {
      const file = scripted(1);
      const request = new Request(file.url, {method: 'POST', body, ...init});
      expect(await outcomeOf(request)).to.equal('success');
      const [sent] = await file.log();
      return {
        type: sent?.headers['content-type'],
        length: sent?.headers['content-length'],
        body: sent?.body,
      };
    };

    it('has the type of its source', async () => {
      expect(await send('text')).to.deep.equal({
        type: 'text/plain;charset=UTF-8',
        length: '4',
        body: 'text',
      });
      expect(await send(new URLSearchParams({a: 'b c'}))).to.deep.equal({
        type: 'application/x-www-form-urlencoded;charset=UTF-8',
        length: '5',
        body: 'a=b+c',
      });
      expect(await send(new Blob(['{}'], {type: 'a/b'}))).to.deep.equal({
        type: 'a/b',
        length: '2',
        body: '{}',
      });
      const bytes = await send(new Uint8Array([97, 98]));
      expect(bytes).to.deep.equal({type: undefined, length: '2', body: 'ab'});
    });

    it('has the boundary of its form', async function (this: Mocha.Context) {
      const form = new FormData();
      form.set('name', 'value');
      form.set('file', new File(['content'], 'name.txt', {type: 'a/b'}));
      // WebKit lets nobody read a form with a file in it.
      await new Response(form).blob().catch(() => {
        this.skip();
      });
      const {type, body} = await send(form);
      const boundary = /^multipart\/form-data; ?boundary=(.+)$/.exec(
        type ?? '',
      )?.[1];
      expect(body?.split(`--${boundary}`)).to.have.length(4);
      expect(body).to.include('filename="name.txt"').and.include('content');
    });

    it('has no bytes where there are none', async () => {
      expect(await send('')).to.include({length: '0', body: ''});
      expect(await send(new Blob([]))).to.include({length: '0', body: ''});
    });

    it('is read from a stream', async function (this: Mocha.Context) {
      if (!('duplex' in Request.prototype)) this.skip();
      const stream = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('streamed'));
          controller.close();
        },
      });
      // Not in the types of all versions.
      const init = {duplex: 'half'} as RequestInit;
      expect(await send(stream, init)).to.deep.equal({
        type: undefined,
        length: '8',
        body: 'streamed',
      });
    });
  });
});
