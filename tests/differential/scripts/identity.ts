/** The objects that pages are given. */
import {describeRegistration, outcome, until} from '../support/describe.js';
import {untyped} from './arguments.js';
import type {Script} from '../support/script.js';

export const IDENTITY: readonly Script[] = [
  {
    name: 'gives out registrations',
    async run({manager, id, file, ended}) {
      const {url} = file(1000, {stall: 500});
      const fetched = await manager.fetch(id, url, {
        title: 'Title',
        downloadTotal: 2000,
      });
      const first = describeRegistration(fetched);
      const got = await manager.get(id);
      const again = await manager.get(id);
      const ids = await manager.getIds();
      const facts = {
        first,
        isGotTheSame: fetched === got,
        isGotAgainTheSame: got === again,
        ids,
        areIdsFrozen: Object.isFrozen(ids),
        areIdsTheSame: ids === (await manager.getIds()),
        isOneManager:
          manager ===
          Reflect.get(
            (await navigator.serviceWorker.getRegistrations()).find(({scope}) =>
              location.href.startsWith(scope),
            ) ?? {},
            'backgroundFetch',
          ),
        tag: Object.prototype.toString.call(fetched),
        isEventTarget: fetched instanceof EventTarget,
      };
      await fetched.abort();
      await ended();
      return facts;
    },
  },
  {
    name: 'tells of aborts',
    async run({manager, id, file, order, ended}) {
      const {url} = file(1000, {stall: 500});
      const fetched = await manager.fetch(id, url);
      const other = await manager.get(id);
      for (const [name, object] of Object.entries({fetched, other})) {
        object?.addEventListener('progress', () => {
          order.push(`${name}: ${object.result} ${object.failureReason}`);
        });
      }
      const first = await fetched.abort();
      const second = await fetched.abort();
      const third = await other?.abort();
      const known = await manager.get(id);
      const ids = await manager.getIds();
      const event = await ended();
      await until(() => !fetched.recordsAvailable);
      return {
        first,
        second,
        third,
        isKnown: known !== undefined,
        ids,
        event,
        order: order.filter((each) => !each.endsWith(': ')),
        fetched: describeRegistration(fetched),
        afterwards: await outcome(fetched.abort(), (value) => value),
        matchAll: await outcome(fetched.matchAll()),
        match: await outcome(fetched.match(url)),
        'match of nothing': await outcome(untyped(fetched, 'match')()),
      };
    },
  },
  {
    name: 'tells how it ended',
    async run({manager, id, file, order, ended}) {
      const {url} = file(10_000);
      const fetched = await manager.fetch(id, url);
      const atProgress: unknown[] = [];
      fetched.addEventListener('progress', (event) => {
        if (fetched.result === '') return;
        order.push('result');
        atProgress.push({
          ...Object(describeRegistration(fetched)),
          bubbles: event.bubbles,
          cancelable: event.cancelable,
          isTrusted: event.isTrusted,
          interface: Object.prototype.toString.call(event),
        });
      });
      const event = await ended();
      await until(() => !fetched.recordsAvailable);
      return {
        event,
        order,
        atProgress: atProgress as never,
        fetched: describeRegistration(fetched),
        get: await outcome(manager.get(id), (value) => value === undefined),
        ids: await manager.getIds(),
        abort: await outcome(fetched.abort(), (value) => value),
        again: (await manager.fetch(id, file(10).url)).id,
      };
    },
  },
];
