/** What is read of responses. */
import {describeTraffic, outcome} from '../support/describe.js';
import type {Lab, Script} from '../support/script.js';
import type {Step} from '../../../scripts/wtr/scripted-step.js';
import {complete} from './endings.js';

const served =
  (size: number, step: Step, init: RequestInit = {}) =>
  async (lab: Lab) => {
    const file = lab.file(size, step);
    const facts = await complete(lab, new Request(file.url, init));
    return {facts, traffic: describeTraffic(await file.log())};
  };

/** The same server under another origin, which CORS keeps apart. */
const crossOrigin = (url: string): string =>
  url.replace('//localhost', '//127.0.0.1');

const servedElsewhere =
  (step: Step, init: RequestInit = {}) =>
  async (lab: Lab) => {
    const file = lab.file(1000, step);
    const request = new Request(crossOrigin(file.url), init);
    const facts = await complete(lab, request);
    return {facts, traffic: describeTraffic(await file.log())};
  };

const MAY_BE_CACHED: Step = {headers: {'Cache-Control': 'max-age=600'}};

/** A response that the browser's cache has already. */
const servedFromCache = (cache: RequestCache) => async (lab: Lab) => {
  const file = lab.file(100, MAY_BE_CACHED, MAY_BE_CACHED);
  await (await fetch(file.url)).arrayBuffer();
  const request = new Request(file.url, {cache, mode: 'same-origin'});
  const facts = await complete(lab, request);
  return {facts, traffic: describeTraffic(await file.log())};
};

const CACHE_MODES = [
  'default',
  'no-store',
  'reload',
  'no-cache',
  'force-cache',
  'only-if-cached',
] as const;

const ALLOWED = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': '*',
};

/**
 * What needs a preflight fails with no traffic; now and then before Chromium's
 * own object listens, which then never has its result. So it is not looked at.
 */
const preflighted =
  (headers: Readonly<Record<string, string>>, init: RequestInit) =>
  async ({manager, id, file, ended}: Lab) => {
    const {url, log} = file(1000, {headers: {...ALLOWED, ...headers}});
    await manager.fetch(id, new Request(crossOrigin(url), init));
    return {event: await ended(), traffic: describeTraffic(await log())};
  };

export const RESPONSES: readonly Script[] = [
  ...CACHE_MODES.map((cache) => ({
    name: `reads what is cached, with "${cache}"`,
    run: servedFromCache(cache),
  })),
  {
    name: 'reads what is not cached, with "only-if-cached"',
    run: served(100, {}, {cache: 'only-if-cached', mode: 'same-origin'}),
  },
  {
    name: 'leaves nothing in the cache',
    async run(lab) {
      const file = lab.file(100, MAY_BE_CACHED);
      await complete(lab, file.url);
      const again = fetch(file.url, {
        cache: 'only-if-cached',
        mode: 'same-origin',
      });
      return {again: await outcome(again, ({status}) => status)};
    },
  },
  {name: 'reads a 201', run: served(100, {status: 201})},
  {name: 'reads a 204', run: served(0, {status: 204, empty: true})},
  {name: 'reads an empty 200', run: served(0, {})},
  {name: 'reads a 403', run: served(100, {status: 403})},
  {name: 'reads a chunked body', run: served(100_000, {chunked: true})},
  {name: 'reads a compressed body', run: served(100_000, {gzip: true})},
  {
    name: 'reads headers',
    run: served(100, {
      headers: {'Content-Type': 'text/html', 'X-App': 'yes', Vary: 'X-App'},
    }),
  },
  {
    name: 'sends headers',
    run: served(100, {}, {headers: {'X-App': 'yes'}}),
  },
  {
    name: 'is told much of how to ask',
    run: served(
      100,
      {},
      {
        referrerPolicy: 'no-referrer',
        referrer: '/elsewhere',
        keepalive: true,
        integrity: `sha256-${'A'.repeat(43)}=`,
      },
    ),
  },
  {
    name: 'asks for a part itself',
    run: served(100, {}, {headers: {Range: 'bytes=10-20'}}),
  },
  {name: 'reads a response to HEAD', run: served(100, {}, {method: 'HEAD'})},
  {
    name: 'reads what is elsewhere',
    run: servedElsewhere({
      headers: {'Access-Control-Allow-Origin': '*', 'X-Hidden': 'yes'},
    }),
  },
  {
    name: 'reads what is elsewhere, with its headers',
    run: servedElsewhere({headers: {...ALLOWED, 'X-Shown': 'yes'}}),
  },
  {name: 'is refused what is elsewhere', run: servedElsewhere({})},
  {
    name: 'is refused what is elsewhere, and bad',
    run: servedElsewhere({status: 404}),
  },
  {
    name: 'reads what is elsewhere, and bad',
    run: servedElsewhere({status: 404, headers: ALLOWED}),
  },
  {
    name: 'sends credentials elsewhere',
    run: servedElsewhere({headers: ALLOWED}, {credentials: 'include'}),
  },
  {
    name: 'needs a preflight for a header',
    run: preflighted(
      {'Access-Control-Allow-Headers': '*'},
      {headers: {'X-App': 'yes'}},
    ),
  },
  {
    name: 'needs a preflight for a method',
    run: preflighted(
      {'Access-Control-Allow-Methods': '*'},
      {method: 'PUT', body: 'text'},
    ),
  },
  {
    name: 'posts elsewhere',
    run: servedElsewhere({headers: ALLOWED}, {method: 'POST', body: 'text'}),
  },
  {
    name: 'keeps to its origin',
    run: servedElsewhere({headers: ALLOWED}, {mode: 'same-origin'}),
  },
  {
    name: 'follows a redirect',
    async run(lab) {
      const target = lab.file(100);
      const file = lab.file(0, {
        status: 302,
        empty: true,
        headers: {Location: target.url},
      });
      const facts = await complete(lab, file.url);
      return {facts, traffic: describeTraffic(await target.log())};
    },
  },
  {
    name: 'follows a redirect elsewhere',
    async run(lab) {
      const target = lab.file(100, {headers: ALLOWED});
      const file = lab.file(0, {
        status: 302,
        empty: true,
        headers: {Location: crossOrigin(target.url)},
      });
      return complete(lab, file.url);
    },
  },
  {
    name: 'is told not to follow a redirect',
    async run(lab) {
      const file = lab.file(0, {
        status: 302,
        empty: true,
        headers: {Location: lab.file(100).url},
      });
      return complete(lab, new Request(file.url, {redirect: 'error'}));
    },
  },
  {
    name: 'leaves a redirect to the app',
    async run(lab) {
      const file = lab.file(0, {
        status: 302,
        empty: true,
        headers: {Location: lab.file(100).url},
      });
      return complete(lab, new Request(file.url, {redirect: 'manual'}));
    },
  },
  {
    name: 'reads a 206 that was not asked for',
    run: served(100, {
      status: 206,
      headers: {'Content-Range': 'bytes 0-99/100'},
    }),
  },
  {
    name: 'checks integrity',
    run: served(100, {}, {integrity: 'sha256-AAAA'}),
  },
];
