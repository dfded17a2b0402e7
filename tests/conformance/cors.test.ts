/** §6 step 6: whatever Fetch does with the request, CORS first. */
import {expect} from '@esm-bundle/chai';
import type {Step} from '../../scripts/wtr/scripted-step.js';
import {crossOrigin, serve} from './support/files.js';
import {suite, type Given} from './support/suite.js';

const allow = (more: Readonly<Record<string, string>> = {}): Step => ({
  headers: {'Access-Control-Allow-Origin': '*', ...more},
});

/** Fetches from the other origin: how it ends, and what the server had. */
async function fetchCross(
  {manager, worker, id}: Given,
  init: RequestInit,
  ...steps: readonly Step[]
) {
  const file = serve(5, ...steps);
  await manager.fetch(id, new Request(crossOrigin(file.url), init));
  const {failureReason, records} = await worker.event(id);
  return {failureReason, record: records[0], log: await file.log()};
}

/** Has the other site set its cookies, in a window of its own. */
async function setCookiesElsewhere(): Promise<string> {
  const script = '/classic/tests/conformance/support/set-cookies.js';
  const page = `/script.html?${new URLSearchParams({script})}`;
  const told = new Promise<string>((resolve) => {
    const hear = ({data}: MessageEvent<{readonly cookies?: string}>): void => {
      if (data.cookies === undefined) return;
      window.removeEventListener('message', hear);
      resolve(data.cookies);
    };
    window.addEventListener('message', hear);
  });
  const opened = window.open(crossOrigin(new URL(page, location.href).href));
  const cookies = await told;
  opened?.close();
  return cookies;
}

const tried = window.open('about:blank');
const noWindows = tried === null ? 'a window needs a click' : undefined;
tried?.close();

suite('CORS', (test) => {
  test('a response that allows the origin is a success', async (given) => {
    const {failureReason, record, log} = await fetchCross(given, {}, allow());
    expect(failureReason).to.equal('');
    expect(record).to.include({status: 200, bytes: 5});
    expect(log[0]?.headers['origin']).to.equal(location.origin);
  });

  test('a response that does not allow it is a fetch-error, and hidden', async (given) => {
    const {failureReason, record} = await fetchCross(given, {}, {});
    expect(failureReason).to.equal('fetch-error');
    expect(record).not.to.have.property('status');
  });

  test('a bad status that does not allow the origin is a fetch-error', async (given) => {
    const {failureReason} = await fetchCross(given, {}, {status: 404});
    expect(failureReason).to.equal('fetch-error');
  });

  test('credentials need more than a star', async (given) => {
    const init: RequestInit = {credentials: 'include'};
    const star = await fetchCross(
      given,
      init,
      allow({'Access-Control-Allow-Credentials': 'true'}),
    );
    expect(star.failureReason).to.equal('fetch-error');
    const exact = await fetchCross(
      {...given, id: `${given.id} exact`},
      init,
      allow({
        'Access-Control-Allow-Origin': location.origin,
        'Access-Control-Allow-Credentials': 'true',
      }),
    );
    expect(exact.failureReason).to.equal('');
    const without = await fetchCross(
      {...given, id: `${given.id} without`},
      init,
      allow({'Access-Control-Allow-Origin': location.origin}),
    );
    expect(without.failureReason).to.equal('fetch-error');
  });

  test('cookies go to the same origin, unless omitted', async ({
    manager,
    worker,
    id,
  }) => {
    document.cookie = 'conformance=yes; path=/; SameSite=Lax';
    const [kept, omitted] = [serve(1), serve(1)];
    await manager.fetch(id, [
      kept.url,
      new Request(omitted.url, {credentials: 'omit'}),
    ]);
    await worker.event(id);
    const [first] = await kept.log();
    const [second] = await omitted.log();
    expect(first?.headers['cookie']).to.include('conformance=yes');
    expect(second?.headers['cookie'] ?? '').not.to.include('conformance=yes');
  });

  test(
    'to another site go the cookies that fetch() sends, and none of its own alone',
    async ({manager, worker, id}) => {
      const own = await setCookiesElsewhere();
      expect(own).to.include('strict=').and.include('lax=');
      const allowed = allow({
        'Access-Control-Allow-Origin': location.origin,
        'Access-Control-Allow-Credentials': 'true',
      });
      const [compared, file] = [serve(1, allowed), serve(1, allowed)];
      const init: RequestInit = {credentials: 'include'};
      await fetch(crossOrigin(compared.url), init);
      await manager.fetch(id, new Request(crossOrigin(file.url), init));
      const {failureReason} = await worker.event(id);
      expect(failureReason).to.equal('');
      const [expected] = await compared.log();
      const [sent] = await file.log();
      expect(sent?.headers['cookie']).to.equal(expected?.headers['cookie']);
      expect(sent?.headers['cookie'] ?? '').not.to.match(/strict=|lax=/);
    },
    noWindows,
  );

  test('a request that is not simple is preflighted, and sent if allowed', async (given) => {
    const {failureReason, record, log} = await fetchCross(
      given,
      {method: 'PUT', body: 'x', headers: {'X-Kind': 'a'}},
      allow({
        'Access-Control-Allow-Methods': 'PUT',
        'Access-Control-Allow-Headers': 'X-Kind',
      }),
      allow(),
    );
    expect(failureReason).to.equal('');
    expect(record).to.include({method: 'PUT', status: 200, bytes: 5});
    expect(log.map(({method}) => method)).to.deep.equal(['OPTIONS', 'PUT']);
    expect(log[1]?.body).to.equal('x');
  });

  test('a request whose preflight is refused is a fetch-error, and not sent', async (given) => {
    const {failureReason, log} = await fetchCross(
      given,
      {method: 'PUT', body: 'x'},
      allow(),
      allow(),
    );
    expect(failureReason).to.equal('fetch-error');
    expect(log.map(({method}) => method)).to.deep.equal(['OPTIONS']);
  });

  test('the response is of type cors, and shows safelisted and exposed headers alone', async ({
    manager,
    id,
  }) => {
    const file = serve(9, {
      stall: 4,
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'X-Shown',
        'X-Shown': 'yes',
        'X-Hidden': 'yes',
      },
    });
    const url = crossOrigin(file.url);
    const registration = await manager.fetch(id, url);
    const record = await registration.match(url);
    const response = await record?.responseReady;
    expect(response).to.include({type: 'cors', url});
    expect(response?.headers.get('X-Shown')).to.equal('yes');
    expect(response?.headers.get('Content-Type')).not.to.equal(null);
    expect(response?.headers.get('X-Hidden')).to.equal(null);
    expect(response?.headers.get('ETag')).to.equal(null);
  });

  test('mode same-origin to another origin is a fetch-error', async (given) => {
    const {failureReason, log} = await fetchCross(
      given,
      {mode: 'same-origin'},
      allow(),
    );
    expect(failureReason).to.equal('fetch-error');
    expect(log).to.deep.equal([]);
  });

  test('a redirect to another origin needs its allowance', async ({
    manager,
    worker,
    id,
  }) => {
    for (const [step, reason] of [
      [{}, 'fetch-error'],
      [allow(), ''],
    ] as const) {
      const target = crossOrigin(serve(5, step).url);
      const file = serve(0, {status: 302, headers: {Location: target}});
      await manager.fetch(`${id} ${reason}`, file.url);
      const {failureReason} = await worker.event(`${id} ${reason}`);
      expect(failureReason).to.equal(reason);
    }
  });
});
