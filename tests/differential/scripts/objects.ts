/** What the objects are themselves, whatever becomes of the fetch. */
import {describeError, outcome, until} from '../support/describe.js';
import type {Fact, Script} from '../support/script.js';
import {untyped} from './arguments.js';

/** What comes of an act: its value, or what it throws. */
function attempt(act: () => unknown): Fact {
  try {
    return String(act());
  } catch (error) {
    return describeError(error);
  }
}

/** The message names the class that the browser knows the object by. */
function clone(value: unknown): Fact {
  try {
    return Object.prototype.toString.call(structuredClone(value));
  } catch (error) {
    return error instanceof DOMException ? error.name : describeError(error);
  }
}

/** What an interface's members are like, the inherited ones left out. */
function describeMembers({prototype}: {readonly prototype: object}): Fact {
  const described: Record<string, Fact> = {};
  for (const key of Reflect.ownKeys(prototype)) {
    const member = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
    const method: unknown = member.value;
    described[String(key)] = {
      enumerable: member.enumerable ?? false,
      configurable: member.configurable ?? false,
      writable: member.writable ?? 'none',
      get: member.get?.name ?? 'none',
      set: member.set?.name ?? 'none',
      method: typeof method === 'function' && [method.name, method.length],
      // Operations are no constructors.
      hasPrototype: typeof method === 'function' && 'prototype' in method,
    };
  }
  return described;
}

const INTERFACES = [
  'BackgroundFetchManager',
  'BackgroundFetchRegistration',
  'BackgroundFetchRecord',
];

const interfaceOf = (name: string): {readonly prototype: object} =>
  Reflect.get(globalThis, name) as {readonly prototype: object};

export const OBJECTS: readonly Script[] = [
  {
    name: 'has interfaces',
    run: () =>
      Promise.resolve(
        INTERFACES.map((name) => {
          const Interface = interfaceOf(name);
          return {
            members: describeMembers(Interface),
            made: attempt(() => Reflect.construct(Interface as never, [])),
            called: attempt(() => Reflect.apply(Interface as never, null, [])),
            length: Reflect.get(Interface, 'length') as number,
            text: String(Object.getPrototypeOf(Interface)),
          };
        }),
      ),
  },
  {
    name: 'is called on other objects',
    async run({manager, id, file, ended}) {
      const fetched = await manager.fetch(id, file(100, {stall: 50}).url);
      const [record] = await fetched.matchAll();
      const objects = {manager, fetched, record, none: undefined, plain: {}};
      const facts: Record<string, Fact> = {};
      for (const name of INTERFACES) {
        const {prototype} = interfaceOf(name);
        for (const key of Object.keys(prototype)) {
          const member = Object.getOwnPropertyDescriptor(prototype, key);
          const operation = member?.value as
            (() => Promise<unknown>) | undefined;
          for (const [kind, object] of Object.entries(objects)) {
            const isOwn =
              object instanceof (interfaceOf(name) as typeof Object);
            if (isOwn) continue;
            facts[`${name} ${key} ${kind}`] =
              operation === undefined
                ? attempt(() => Reflect.get(prototype, key, object) as unknown)
                : await outcome(Reflect.apply(operation, object, []));
          }
        }
      }
      await fetched.abort();
      await ended();
      return facts;
    },
  },
  {
    name: 'keeps its handler',
    async run({manager, id, file, ended}) {
      const fetched = await manager.fetch(id, file(100, {stall: 50}).url);
      const handler = (): void => {};
      const set = (value: unknown): Fact => {
        Reflect.set(fetched, 'onprogress', value);
        return typeof fetched.onprogress;
      };
      const facts: Fact = {
        at_first: String(fetched.onprogress),
        function: set(handler),
        is_same: fetched.onprogress === handler,
        object: set({}),
        number: set(7),
        text: set('text'),
        read_only: Reflect.set(fetched, 'downloaded', 7),
        own: Object.keys(fetched),
      };
      await fetched.abort();
      await ended();
      return facts;
    },
  },
  {
    name: 'cannot be cloned',
    async run({manager, id, file, ended}) {
      const fetched = await manager.fetch(id, file(100, {stall: 50}).url);
      const [record] = await fetched.matchAll();
      const facts: Fact = {
        manager: clone(manager),
        registration: clone(fetched),
        record: clone(record),
      };
      await fetched.abort();
      await ended();
      return facts;
    },
  },
  {
    name: 'converts arguments in an order',
    async run({manager, id, file, ended}) {
      const order: string[] = [];
      const noted = (name: string, value: unknown): unknown => ({
        toString() {
          order.push(name);
          return value;
        },
        valueOf() {
          order.push(name);
          return value;
        },
      });
      const dictionary = (
        prefix: string,
        members: Readonly<Record<string, unknown>>,
      ): object =>
        Object.defineProperties(
          {},
          Object.fromEntries(
            Object.entries(members).map(([name, value]) => [
              name,
              {
                enumerable: true,
                get() {
                  order.push(`${prefix}${name}`);
                  return value;
                },
              },
            ]),
          ),
        );
      const icon = dictionary('icon.', {
        type: undefined,
        src: '/icon.png',
        sizes: undefined,
        label: undefined,
      });
      const options = dictionary('options.', {
        title: noted('title', 'Title'),
        icons: [icon],
        downloadTotal: noted('downloadTotal', 1000),
      });
      await untyped(manager, 'fetch')(
        noted('id', id),
        [noted('url', file(100).url)],
        options,
      );
      await ended();
      return order;
    },
  },
  {
    name: 'gives responses',
    async run({manager, id, file, ended}) {
      // The other one goes on: records are available.
      const {url} = file(5_000, {headers: {'Content-Type': 'text/plain'}});
      const other = file(100, {stall: 50}).url;
      const fetched = await manager.fetch(id, [url, other]);
      const record = await fetched.match(url);
      const response = await record?.responseReady;
      if (response === undefined || record === undefined) return 'nothing';
      const reader = response.clone().body;
      const facts: Fact = {
        tag: Object.prototype.toString.call(response),
        again: (await record.responseReady) === response,
        request: record.request === record.request,
        immutable: attempt(() => {
          response.headers.set('X-Made', 'up');
          return 'changed';
        }),
        immutable_clone: attempt(() => {
          response.clone().headers.set('X-Made', 'up');
          return 'changed';
        }),
        immutable_request: attempt(() => {
          record.request.headers.set('X-Made', 'up');
          return 'changed';
        }),
        byob: attempt(() => {
          const byob = reader?.getReader({mode: 'byob'});
          byob?.releaseLock();
          return Object.prototype.toString.call(byob);
        }),
        text: await outcome(response.text(), ({length}) => length),
        used: response.bodyUsed,
        twice: await outcome(response.text()),
        clone: attempt(() => response.clone()),
      };
      await fetched.abort();
      await ended();
      await until(() => !fetched.recordsAvailable);
      return facts;
    },
  },
];
