/** How much there can be at once. */
import {outcome, until} from '../support/describe.js';
import type {Fact, Script} from '../support/script.js';

export const LIMITS: readonly Script[] = [
  {
    name: 'has five fetches at once',
    async run({manager, id, file, ended}) {
      const {url} = file(100, {stall: 50});
      // Not in the order of the alphabet: is that of their making kept?
      const names = ['b', 'a', 'C', 'é', '1', 'd'].map((end) => `${id}/${end}`);
      const started: Fact[] = [];
      for (const name of names) {
        started.push(await outcome(manager.fetch(name, url), ({id}) => id));
      }
      const most = {downloadTotal: Number.MAX_SAFE_INTEGER};
      const facts: Fact = {
        started,
        'too large, too': await outcome(manager.fetch(`${id}/7`, url, most)),
        'a known id, too': await outcome(manager.fetch(`${id}/a`, url)),
        'a bad request, too': await outcome(manager.fetch(`${id}/8`, 'data:,')),
        ids: await manager.getIds(),
      };
      const aborted: Fact[] = [];
      for (const name of names.slice(0, 5)) {
        const registration = await manager.get(name);
        aborted.push((await registration?.abort()) ?? 'unknown');
        await ended(name);
      }
      return {facts, aborted, ids: await manager.getIds()};
    },
  },
  {
    name: 'has one active fetch at a time',
    async run({manager, id, file, ended}) {
      const first = file(100, {stall: 50});
      const second = file(100);
      const active = await manager.fetch(`${id}/1`, first.url);
      await until(async () => (await first.log()).length > 0);
      const waiting = await manager.fetch(`${id}/2`, second.url);
      const isKnown = (await manager.get(`${id}/2`)) !== undefined;
      const record = await waiting.match(second.url);
      // Long enough for a request that is wrongly made to come.
      await new Promise((resolve) => {
        setTimeout(resolve, 500);
      });
      const early = (await second.log()).length;
      await active.abort();
      await ended(`${id}/1`);
      await ended(`${id}/2`);
      return {
        isKnown,
        isFound: record !== undefined,
        early,
        late: (await second.log()).length,
        result: waiting.result,
      };
    },
  },
  {
    name: 'has two records at a time',
    async run({manager, id, file, ended}) {
      const files = [1, 2, 3, 4].map(() => file(100, {stall: 50}));
      const fetched = await manager.fetch(
        id,
        files.map(({url}) => url),
      );
      const count = async (): Promise<number> => {
        const logs = await Promise.all(files.map((each) => each.log()));
        return logs.filter((log) => log.length > 0).length;
      };
      await until(async () => (await count()) > 0);
      await new Promise((resolve) => {
        setTimeout(resolve, 700);
      });
      const requested = await count();
      const logs = await Promise.all(files.map((each) => each.log()));
      await fetched.abort();
      await ended();
      return {requested, which: logs.map((log) => log.length)};
    },
  },
];
