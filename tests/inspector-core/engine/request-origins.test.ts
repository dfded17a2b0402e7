import {expect} from '@esm-bundle/chai';
import {scripted} from './support/scripted.js';
import {
  endRequests,
  foreign,
  outcomeOf,
  run,
  startRequests,
} from './support/requests.js';

before(startRequests);
after(endRequests);

describe('requests to origins, as fetch() makes them', () => {
  it('keeps to its origin in "same-origin" mode', async () => {
    const file = foreign(5, {'Access-Control-Allow-Origin': '*'});
    const request = new Request(file.url, {mode: 'same-origin'});
    expect(await outcomeOf(request)).to.equal('fetch-error');
    expect(await file.log()).to.deep.equal([]);
    const own = new Request(scripted(5).url, {mode: 'same-origin'});
    expect(await outcomeOf(own)).to.equal('success');
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
