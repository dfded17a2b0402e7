import {expect} from '@esm-bundle/chai';
import {installInPage} from '../../../inspector-core/engine/page.js';
import type {
  BackgroundFetchManager,
  BackgroundFetchServiceWorkerRegistration,
} from '../../../inspector-core/platform/background-fetch.js';
import type {Step} from '../../../scripts/wtr/scripted-step.js';
import {
  startEngineWorker,
  type EngineWorker,
} from './support/engine-commands.js';
import {crossOrigin, rejection, scripted, until} from './support/scripted.js';

let worker: EngineWorker | undefined;
let serial = 0;

const managerOf = ({registration}: EngineWorker): BackgroundFetchManager =>
  (registration as BackgroundFetchServiceWorkerRegistration).backgroundFetch;

before(async () => {
  installInPage({route: 'emulated'});
  worker = await startEngineWorker();
});

after(() => worker?.registration.unregister());

/** What becomes of a fetch of one request, as the page sees it. */
const run = async (
  request: RequestInfo,
): Promise<{
  readonly outcome: string;
  readonly response: Response | undefined;
  readonly text: string | undefined;
}> => {
  if (worker === undefined) throw new Error('There is no worker.');
  serial += 1;
  const registration = await managerOf(worker).fetch(`${serial}`, request);
  // While it runs: afterwards its records are not available.
  const [record] = await registration.matchAll(undefined, {ignoreMethod: true});
  const response = await record?.responseReady.catch(() => undefined);
  const text = await response?.text();
  await until(() => registration.result !== '');
  const {result, failureReason} = registration;
  return {outcome: failureReason || result, response, text};
};

const outcomeOf = async (request: RequestInfo): Promise<string> =>
  (await run(request)).outcome;

/** A file of another origin, which these headers, and steps, let be read. */
const foreign = (
  size: number,
  headers: Record<string, string> = {},
  ...before: readonly Step[]
) => {
  const file = scripted(size, ...before, {headers});
  return {...file, url: crossOrigin(file.url)};
};

describe('requests, as fetch() makes them', () => {
  it('takes a data: URL', async () => {
    const {outcome, text, response} = await run('data:text/plain,hello');
    expect(outcome).to.equal('success');
    expect(text).to.equal('hello');
    expect(response?.headers.get('content-type')).to.equal('text/plain');
  });

  it('takes a blob: URL of the page', async () => {
    const url = URL.createObjectURL(new Blob(['of the page']));
    const {outcome, text} = await run(url);
    URL.revokeObjectURL(url);
    expect(outcome).to.equal('success');
    expect(text).to.equal('of the page');
  });

  for (const url of [
    'ftp://localhost/a',
    'about:blank',
    'unknown:thing',
    'file:///etc/hostname',
    'http://localhost:1/',
    'http://localhost:6667/',
    'blob:http://localhost/none',
  ]) {
    it(`fails with ${url}`, async () => {
      expect(await outcomeOf(url)).to.equal('fetch-error');
    });
  }

  it('refuses credentials in a URL at once', async () => {
    const manager = worker && managerOf(worker);
    const url = scripted(1).url.replace('//', '//user:password@');
    expect(
      await rejection(manager?.fetch('id', url) as Promise<unknown>),
    ).to.match(/^TypeError/);
  });

  it('leaves out the fragment', async () => {
    const file = scripted(5);
    const {outcome, response} = await run(`${file.url}#fragment`);
    expect(outcome).to.equal('success');
    expect(response?.url).to.equal(file.url);
  });

  it('keeps to its origin in "same-origin" mode', async () => {
    const file = foreign(5, {'Access-Control-Allow-Origin': '*'});
    const request = new Request(file.url, {mode: 'same-origin'});
    expect(await outcomeOf(request)).to.equal('fetch-error');
    expect(await file.log()).to.deep.equal([]);
    const own = new Request(scripted(5).url, {mode: 'same-origin'});
    expect(await outcomeOf(own)).to.equal('success');
  });

  describe('redirects', () => {
    const redirecting = (): {readonly url: string; readonly target: string} => {
      const target = scripted(7).url;
      const {url} = scripted(0, {status: 302, headers: {Location: target}});
      return {url, target};
    };

    it('follows', async () => {
      const {url, target} = redirecting();
      const {outcome, response, text} = await run(url);
      expect(outcome).to.equal('success');
      expect(response).to.include({redirected: true, url: target});
      expect(text).to.have.length(7);
    });

    it('follows to where CORS lets it, and not to where it does not', async () => {
      const open = foreign(7, {'Access-Control-Allow-Origin': '*'});
      const closed = foreign(7);
      const to = (location: string): string =>
        scripted(0, {status: 307, headers: {Location: location}}).url;
      const {outcome, response} = await run(to(open.url));
      expect(outcome).to.equal('success');
      expect(response).to.include({type: 'cors', url: open.url});
      expect(await outcomeOf(to(closed.url))).to.equal('fetch-error');
      const request = new Request(to(open.url), {mode: 'same-origin'});
      expect(await outcomeOf(request)).to.equal('fetch-error');
    });

    it('fails if it must not follow', async () => {
      const request = new Request(redirecting().url, {redirect: 'error'});
      expect(await outcomeOf(request)).to.equal('fetch-error');
    });

    it('has a status that is not ok if it must not look', async () => {
      const request = new Request(redirecting().url, {redirect: 'manual'});
      const {outcome, response, text} = await run(request);
      expect(outcome).to.equal('bad-status');
      expect(response).to.include({type: 'opaqueredirect', status: 0});
      expect(text).to.equal('');
    });
  });

  describe('integrity', () => {
    const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
      const hash = await crypto.subtle.digest('SHA-256', bytes);
      return `sha256-${btoa(String.fromCodePoint(...new Uint8Array(hash)))}`;
    };

    it('succeeds with the right bytes', async () => {
      const file = scripted(300_000);
      const integrity = await digest(file.content);
      const request = new Request(file.url, {integrity});
      expect(await outcomeOf(request)).to.equal('success');
    });

    it('fails with others, and shows none of them', async () => {
      const file = scripted(300_000);
      const integrity = await digest(new Uint8Array(300_000));
      const {outcome, response} = await run(new Request(file.url, {integrity}));
      expect(outcome).to.equal('fetch-error');
      expect(response).to.equal(undefined);
    });
  });

  describe('the HTTP cache', () => {
    const cacheable = {headers: {'Cache-Control': 'max-age=600'}};

    it('is used, unless the request says otherwise', async function (this: Mocha.Context) {
      const file = scripted(9, cacheable);
      await (await fetch(file.url)).text();
      await (await fetch(file.url)).text();
      // A browser that is driven may have none.
      if ((await file.log()).length > 1) this.skip();
      expect(await outcomeOf(file.url)).to.equal('success');
      expect(await file.log()).to.have.length(1);
      const request = new Request(file.url, {cache: 'reload'});
      expect(await outcomeOf(request)).to.equal('success');
      expect(await file.log()).to.have.length(2);
      expect((await file.log())[1]?.headers['cache-control']).to.equal(
        'no-cache',
      );
    });

    it('is all there is for "only-if-cached"', async function (this: Mocha.Context) {
      const file = scripted(9, cacheable);
      const make = ({url} = file): Request =>
        new Request(url, {cache: 'only-if-cached', mode: 'same-origin'});
      // WebKit does not know this mode.
      const uncached = await fetch(make(scripted(9))).catch(() => undefined);
      if (uncached !== undefined) this.skip();
      expect(await outcomeOf(make())).to.equal('fetch-error');
      expect(await file.log()).to.deep.equal([]);
      await (await fetch(file.url)).text();
      expect(await outcomeOf(make())).to.equal('success');
      expect(await file.log()).to.have.length(1);
    });
  });

  describe('the referrer', () => {
    const refererOf = async (
      init: RequestInit,
    ): Promise<string | undefined> => {
      const file = scripted(1);
      expect(await outcomeOf(new Request(file.url, init))).to.equal('success');
      return (await file.log())[0]?.headers['referer'];
    };

    it('is what the request says', async () => {
      const referrer = `${location.origin}/from/here`;
      expect(await refererOf({referrer})).to.equal(referrer);
      expect(await refererOf({referrer: ''})).to.equal(undefined);
    });

    it('is told as far as the policy of the request lets it', async () => {
      const referrer = `${location.origin}/from/here`;
      const told = async (referrerPolicy: ReferrerPolicy) =>
        refererOf({referrer, referrerPolicy});
      expect(await told('no-referrer')).to.equal(undefined);
      expect(await told('origin')).to.equal(`${location.origin}/`);
    });
  });

  it('does not heed the signal of a request', async () => {
    const controller = new AbortController();
    const {signal} = controller;
    const later = new Request(scripted(5).url, {signal});
    const first = outcomeOf(later);
    controller.abort();
    expect(await first).to.equal('success');
    const aborted = new Request(scripted(5).url, {signal});
    expect(await outcomeOf(aborted)).to.equal('success');
  });

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

  describe('cookies', () => {
    const cookie = `engine-${Math.random()}=yes`;
    before(() => {
      // oxlint-disable-next-line unicorn/no-document-cookie -- not all browsers have another way
      document.cookie = `${cookie}; path=/`;
    });
    const sentWith = async (
      credentials: RequestCredentials,
    ): Promise<boolean> => {
      const file = scripted(1);
      const request = new Request(file.url, {credentials});
      expect(await outcomeOf(request)).to.equal('success');
      return (
        (await file.log())[0]?.headers['cookie']?.includes(cookie) ?? false
      );
    };

    it('go to the own origin', async () => {
      expect(await sentWith('same-origin')).to.equal(true);
      expect(await sentWith('include')).to.equal(true);
      expect(await sentWith('omit')).to.equal(false);
    });
  });

  describe('CORS', () => {
    it('shows what the server lets it, and no more', async () => {
      const file = foreign(5, {
        'Access-Control-Allow-Origin': location.origin,
        'Access-Control-Expose-Headers': 'X-Shown',
        'X-Shown': 'a',
        'X-Hidden': 'b',
      });
      const {outcome, response, text} = await run(file.url);
      expect(outcome).to.equal('success');
      expect(response?.type).to.equal('cors');
      expect(response?.headers.get('x-shown')).to.equal('a');
      expect(response?.headers.has('x-hidden')).to.equal(false);
      expect(text).to.have.length(5);
      const [sent] = await file.log();
      expect(sent?.headers).to.include({origin: location.origin});
      expect(sent?.headers).not.to.have.property('cookie');
    });

    it('fails where the server does not allow it', async () => {
      expect(await outcomeOf(foreign(5).url)).to.equal('fetch-error');
      const other = foreign(5, {'Access-Control-Allow-Origin': 'https://b.c'});
      expect(await outcomeOf(other.url)).to.equal('fetch-error');
    });

    it('allows credentials only by name', async () => {
      const include = ({url}: {readonly url: string}): Request =>
        new Request(url, {credentials: 'include'});
      const allow = 'Access-Control-Allow-Origin';
      const credentials = {'Access-Control-Allow-Credentials': 'true'};
      const outcomes = await Promise.all(
        [
          foreign(5, {[allow]: '*', ...credentials}),
          foreign(5, {[allow]: location.origin}),
          foreign(5, {[allow]: location.origin, ...credentials}),
        ].map((file) => outcomeOf(include(file))),
      );
      expect(outcomes).to.deep.equal(['fetch-error', 'fetch-error', 'success']);
    });

    it('asks before it sends what a form could not', async () => {
      const allowing = {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'PUT',
        'Access-Control-Allow-Headers': 'x-custom',
      };
      const make = (url: string): Request =>
        new Request(url, {
          method: 'PUT',
          headers: {'X-Custom': 'value'},
          body: 'sent',
        });
      const preflight = {status: 204, headers: allowing};
      const file = foreign(5, allowing, preflight);
      expect(await outcomeOf(make(file.url))).to.equal('success');
      const log = await file.log();
      expect(log.map(({method}) => method)).to.deep.equal(['OPTIONS', 'PUT']);
      expect(log[0]?.headers).to.include({
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'x-custom',
      });
      expect(log[1]).to.include({body: 'sent'});

      const refused = foreign(5, allowing, {status: 204});
      expect(await outcomeOf(make(refused.url))).to.equal('fetch-error');
      expect((await refused.log()).map(({method}) => method)).to.deep.equal([
        'OPTIONS',
      ]);
    });
  });
});
