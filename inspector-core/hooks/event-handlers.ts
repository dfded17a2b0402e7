/**
 * Observed: which handlers of the four events the worker's script registers and
 * removes. Not changed: what is registered. Every call goes straight through to
 * the native function first, whatever it is about.
 */
import {
  BACKGROUND_FETCH_EVENTS,
  type BackgroundFetchEventName,
} from '../platform/background-fetch.js';
import {isOneOf} from '../protocol/lists.js';
import type {HandlerChanged} from '../protocol/protocol.js';
import {describeName} from './describe.js';
import type {HookContext} from './hook-context.js';
import {
  apply,
  dataOf,
  isObject,
  ownerOf,
  push,
  readerOf,
  type Callable,
} from '../platform/primordials.js';
import {readAborted} from '../platform/readers.js';

export interface EventHandlers {
  /** Handlers of an event at this moment. */
  count(name: BackgroundFetchEventName): number;
  /** Forgets the handlers that were for one event only, now that it was. */
  dispatched(name: BackgroundFetchEventName): void;
}

interface Handler {
  readonly name: BackgroundFetchEventName;
  readonly via: HandlerChanged['via'];
  readonly callback: object;
  readonly capture: boolean;
  readonly isOnce: boolean;
  readonly signal: object | undefined;
}

export function followEventHandlers(hook: HookContext): EventHandlers {
  const {scope, append, guard, patches} = hook;
  // Few, and asked for seldom: a list is enough.
  let handlers: Handler[] = [];

  const tell = (
    {name, via, callback}: Handler,
    change: HandlerChanged['change'],
  ): void => {
    append({
      type: 'handler-changed',
      event: name,
      via,
      change,
      name: describeName(dataOf(callback, 'name')),
    });
  };
  const add = (handler: Handler): void => {
    push(handlers, handler);
    tell(handler, 'added');
  };
  const removeWhere = (isMeant: (handler: Handler) => boolean): void => {
    const rest: Handler[] = [];
    for (let index = 0; index < handlers.length; index += 1) {
      const handler = handlers[index];
      if (handler === undefined) continue;
      if (isMeant(handler)) tell(handler, 'removed');
      else push(rest, handler);
    }
    handlers = rest;
  };
  const count = (isMeant: (handler: Handler) => boolean): number => {
    let found = 0;
    for (let index = 0; index < handlers.length; index += 1) {
      const handler = handlers[index];
      if (handler !== undefined && isMeant(handler)) found += 1;
    }
    return found;
  };
  const sweep = (): void =>
    removeWhere(({signal}) => signal !== undefined && readAborted(signal));

  /** The handler that a call is about, if it is about one of ours at all. */
  const readCall = (
    self: unknown,
    args: readonly unknown[],
  ): Handler | undefined => {
    const name = eventName(args[0]);
    const callback = args[1];
    // A function called without an object has the global as its target.
    const isGlobal = self === undefined || self === null || self === scope;
    if (name === undefined || !isGlobal || !isObject(callback)) {
      return undefined;
    }
    const options = args[2];
    const signal = dataOf(options, 'signal');
    return {
      name,
      via: 'addEventListener',
      callback,
      capture: isObject(options) ? !!dataOf(options, 'capture') : !!options,
      isOnce: !!dataOf(options, 'once'),
      signal: isObject(signal) ? signal : undefined,
    };
  };
  const isSame = (one: Handler) => (other: Handler) =>
    other.via === one.via &&
    other.name === one.name &&
    other.callback === one.callback &&
    other.capture === one.capture;

  const observe = (
    method: 'addEventListener' | 'removeEventListener',
    react: (handler: Handler) => void,
  ): void => {
    patches.method(
      scope.EventTarget.prototype,
      method,
      (native, self, args) => {
        const result = apply<unknown>(native, self, args);
        guard('handlers', () => {
          const handler = readCall(self, args);
          if (handler !== undefined) react(handler);
        });
        return result;
      },
    );
  };
  observe('addEventListener', (handler) => {
    sweep();
    const isAborted =
      handler.signal !== undefined && readAborted(handler.signal);
    if (!isAborted && count(isSame(handler)) === 0) add(handler);
  });
  observe('removeEventListener', (handler) => removeWhere(isSame(handler)));

  for (let index = 0; index < BACKGROUND_FETCH_EVENTS.length; index += 1) {
    const name = BACKGROUND_FETCH_EVENTS[index];
    if (name !== undefined) followAttribute(name);
  }

  function followAttribute(name: BackgroundFetchEventName): void {
    // [Global] puts a global's attributes on the object itself, not on its
    // prototype; not every browser does.
    const owner = ownerOf(scope, `on${name}`);
    if (owner === undefined) return;
    const read = readerOf<unknown>(owner, `on${name}`);
    const note = (): void => {
      const callback = read(scope);
      const isNew = (other: Handler): boolean =>
        other.via === 'attribute' && other.name === name;
      removeWhere((other) => isNew(other) && other.callback !== callback);
      if (!isObject(callback) || count(isNew) > 0) return;
      add({
        name,
        via: 'attribute',
        callback,
        capture: false,
        isOnce: false,
        signal: undefined,
      });
    };
    guard('handlers', note);
    patches.accessor(owner, `on${name}`, {
      set(native: Callable, self, args) {
        const result = apply<unknown>(native, self, args);
        guard('handlers', note);
        return result;
      },
    });
  }

  return {
    count(name) {
      sweep();
      return count((handler) => handler.name === name);
    },
    dispatched(name) {
      removeWhere((handler) => handler.name === name && handler.isOnce);
    },
  };
}

/** The name, if it is one of the four. */
export function eventName(type: unknown): BackgroundFetchEventName | undefined {
  return isOneOf(BACKGROUND_FETCH_EVENTS, type) ? type : undefined;
}
