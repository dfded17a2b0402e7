import {expect} from '@esm-bundle/chai';
import {rejection, scripted} from './support/scripted.js';
import {
  endRequests,
  findManager,
  foreign,
  outcomeOf,
  run,
  startRequests,
} from './support/requests.js';

before(startRequests);
after(endRequests);

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
    const url = scripted(1).url.replace('//', '//user:password@');
    expect(await rejection(findManager().fetch('id', url))).to.match(
      /^TypeError/,
    );
  });

  it('leaves out the fragment', async () => {
    const file = scripted(5);
    const {outcome, response} = await run(`${file.url}#fragment`);
    expect(outcome).to.equal('success');
    expect(response?.url).to.equal(file.url);
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
});
