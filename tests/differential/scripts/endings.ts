/** How fetches end, and why. */
import {
  describeRegistration,
  describeResponse,
  outcome,
  soon,
  until,
} from '../support/describe.js';
import type {
  Fact,
  Lab,
  Registration,
  Script,
  ServedFile,
} from '../support/script.js';

/** Runs to its end; what page and worker saw of it. */
export async function complete(
  {manager, id, order, ended}: Lab,
  requests: RequestInfo | readonly RequestInfo[],
  options = {},
): Promise<Fact> {
  const fetched: Registration = await manager.fetch(id, requests, options);
  const results: Fact[] = [];
  fetched.addEventListener('progress', () => {
    if (fetched.result === '') return;
    order.push('result');
    results.push(describeRegistration(fetched));
  });
  const event = await ended();
  await until(() => !fetched.recordsAvailable);
  return {event, order, results, fetched: describeRegistration(fetched)};
}

export const ENDINGS: readonly Script[] = [
  {
    name: 'succeeds with several records',
    run: (lab) =>
      complete(
        lab,
        [1, 2, 3].map((n) => lab.file(n * 1000).url),
        {downloadTotal: 6000},
      ),
  },
  {
    name: 'fails for a bad status',
    run: (lab) => complete(lab, lab.file(1000, {status: 404}).url),
  },
  {
    name: 'fails for one bad status of three',
    run: (lab) =>
      complete(lab, [
        lab.file(1000).url,
        lab.file(2000, {status: 403}).url,
        lab.file(3000).url,
      ]),
  },
  {
    name: 'fails in the order of its records',
    run: (lab) => {
      const blocked = lab.file(10).url.replace('localhost', '127.0.0.1');
      return complete(lab, [
        lab.file(1000, {status: 404}).url,
        blocked,
        lab.file(1000).url,
      ]);
    },
  },
  {
    name: 'fails in the order of its records, reversed',
    run: (lab) => {
      const blocked = lab.file(10).url.replace('localhost', '127.0.0.1');
      return complete(lab, [blocked, lab.file(1000, {status: 404}).url]);
    },
  },
  {
    name: 'fails for too many bytes',
    run: (lab) => complete(lab, lab.file(2000).url, {downloadTotal: 1000}),
  },
  {
    name: 'fails for too many bytes without a length',
    run: (lab) =>
      complete(lab, lab.file(200_000, {chunked: true}).url, {
        downloadTotal: 1000,
      }),
  },
  {
    name: 'succeeds with as many bytes as were told',
    run: (lab) => complete(lab, lab.file(1000).url, {downloadTotal: 1000}),
  },
  {
    name: 'aborts with one record done',
    async run({manager, id, file, ended}) {
      const done = file(1000);
      const open = file(1000, {stall: 500});
      const fetched = await manager.fetch(id, [done.url, open.url]);
      const [first] = await fetched.matchAll(done.url);
      const [second] = await fetched.matchAll(open.url);
      const response = await outcome(
        first?.responseReady ?? Promise.reject(new Error('no record')),
        async (ready) => (await ready.arrayBuffer()).byteLength,
      );
      const unfinished = outcome(
        second?.responseReady ?? Promise.reject(new Error('no record')),
      );
      await fetched.abort();
      return {
        response,
        unfinished: await soon(unfinished),
        event: await ended(),
      };
    },
  },
  {
    name: 'aborts in the middle',
    async run({manager, id, file, order, ended}) {
      const open = file(100_000, {stall: 50_000});
      const fetched = await manager.fetch(id, open.url);
      await until(() => fetched.downloaded === 50_000);
      fetched.addEventListener('progress', () => {
        order.push(`${fetched.downloaded} ${fetched.result}`);
      });
      await fetched.abort();
      const event = await ended();
      await until(() => !fetched.recordsAvailable);
      return {event, order, fetched: describeRegistration(fetched)};
    },
  },
  {
    name: 'waits for responses that do not come',
    async run({manager, id, file, ended}) {
      // Who asks for a response that will not come is answered otherwise than who
      // waits for it: so nothing is answered before there is somebody who waits.
      const wait = async (
        name: string,
        {url, release}: Pick<ServedFile, 'url' | 'release'>,
        describe: (response: Response) => Fact | Promise<Fact>,
        options = {},
      ): Promise<Fact> => {
        const fetched = await manager.fetch(name, url, options);
        const [record] = await fetched.matchAll();
        const ready = outcome(
          record?.responseReady ?? Promise.reject(new Error('no record')),
          describe,
        );
        await release();
        await ended(name);
        return soon(ready);
      };
      const {url, release} = file(1000, {holdHead: true});
      const refused = {release, url: url.replace('localhost', '127.0.0.1')};
      const large = file(100_000, {holdHead: true});
      const missing = file(1000, {status: 404, holdHead: true});
      const statusOf = ({status}: Response): Fact => status;
      return {
        refusal: await wait(id, refused, describeResponse),
        excess: await wait(`${id}/2`, large, statusOf, {downloadTotal: 1000}),
        absence: await wait(`${id}/3`, missing, statusOf),
      };
    },
  },
  {
    name: 'loses its registration',
    async run({manager, id, file, registration}) {
      const other = await navigator.serviceWorker.register(
        registration.active?.scriptURL ?? '',
        {scope: `${new URL(registration.scope).pathname}inner/`},
      );
      await until(() => other.active?.state === 'activated');
      const inner = (other as unknown as {backgroundFetch: typeof manager})
        .backgroundFetch;
      const open = file(1000, {stall: 500});
      const fetched = await inner.fetch(id, open.url);
      await other.unregister();
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      return {
        abort: await outcome(fetched.abort(), (value) => value),
        ids: await outcome(inner.getIds(), (ids) => ids),
        get: await outcome(inner.get(id), (got) => got === undefined),
        again: await outcome(inner.fetch(id, open.url)),
      };
    },
  },
];
