/**
 * What a realm takes from a channel: of a request of Comlink's what is expected,
 * or nothing. There is no other way to an object behind it: Comlink's own
 * format could walk any path (`read.constructor` is the door to `Function`).
 *
 * Runs in other people's pages, so it calls no method that a page may replace,
 * and takes no array apart (that runs `Array.prototype[Symbol.iterator]`).
 */
import {FETCH_ACTIONS, WORKER_ACTIONS} from '../../protocol/control.js';
import {isOneOf} from '../../protocol/lists.js';
import type {ConditionsFile, RealmCommand} from '../../protocol/protocol.js';
import {ROUTE_SETTINGS} from '../../protocol/route.js';

const ID_LENGTH = 128;

/** A call that a realm answers: one of `AgentApi`'s. */
export type RealmRequest = {readonly id: string} & (
  | {readonly method: 'read'; readonly after: number; readonly budget: number}
  | {readonly method: 'execute'; readonly command: RealmCommand}
);

const {isArray} = Array;
const {isSafeInteger} = Number;
const {getOwnPropertyDescriptor} = Object;

/** A request that may be answered, `undefined` if it is none. */
export function admitRequest(message: unknown): RealmRequest | undefined {
  const id = own(message, 'id');
  if (typeof id !== 'string' || id.length > ID_LENGTH) return undefined;
  if (own(message, 'type') !== 'APPLY') return undefined;
  const path = own(message, 'path');
  const values = own(message, 'argumentList');
  if (!isArray(path) || path.length !== 1 || !isArray(values)) return undefined;
  const method = own(path, 0);
  if (method === 'read') {
    const after = rawValue(own(values, 0));
    const budget = rawValue(own(values, 1));
    return isWhole(after) && isWhole(budget)
      ? {id, method, after, budget}
      : undefined;
  }
  if (method !== 'execute') return undefined;
  const command = admitCommand(rawValue(own(values, 0)));
  return command && {id, method, command};
}

function admitCommand(value: unknown): RealmCommand | undefined {
  switch (own(value, 'type')) {
    case 'uninstall-hook':
      return {type: 'uninstall-hook'};
    case 'set-route': {
      const route = own(value, 'route');
      return isOneOf(ROUTE_SETTINGS, route)
        ? {type: 'set-route', route}
        : undefined;
    }
    case 'control-fetch': {
      const scope = own(value, 'scope');
      const id = own(value, 'id');
      const action = own(value, 'action');
      return typeof scope === 'string' &&
        typeof id === 'string' &&
        isOneOf(FETCH_ACTIONS, action)
        ? {type: 'control-fetch', scope, id, action}
        : undefined;
    }
    case 'set-conditions': {
      // What is in it is read by who takes it, place by place.
      const conditions = own(value, 'conditions');
      return typeof conditions === 'object' && conditions !== null
        ? {type: 'set-conditions', conditions: conditions as ConditionsFile}
        : undefined;
    }
    case 'control-worker': {
      const scope = own(value, 'scope');
      const action = own(value, 'action');
      return typeof scope === 'string' && isOneOf(WORKER_ACTIONS, action)
        ? {type: 'control-worker', scope, action}
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A member as data: no code of the page runs. */
export function own(from: unknown, key: PropertyKey): unknown {
  if (typeof from !== 'object' || from === null) return undefined;
  const descriptor = getOwnPropertyDescriptor(from, key);
  return descriptor?.value;
}

const rawValue = (item: unknown): unknown =>
  own(item, 'type') === 'RAW' ? own(item, 'value') : undefined;

const isWhole = (value: unknown): value is number =>
  typeof value === 'number' && isSafeInteger(value) && value >= 0;
