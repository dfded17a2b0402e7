/**
 * What a realm takes from a channel: of a request of Comlink's what is expected,
 * or nothing. There is no other way to an object behind it: Comlink's own
 * format could walk any path (`read.constructor` is the door to `Function`).
 *
 * Runs in other people's pages, so it calls no method that a page may replace,
 * and takes no array apart (that runs `Array.prototype[Symbol.iterator]`).
 */
import type {
  ConditionsFile,
  FetchAction,
  RealmCommand,
  RouteSetting,
  WorkerAction,
} from '../../protocol/protocol.js';

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
      return isRouteSetting(route) ? {type: 'set-route', route} : undefined;
    }
    case 'control-fetch': {
      const scope = own(value, 'scope');
      const id = own(value, 'id');
      const action = own(value, 'action');
      return typeof scope === 'string' &&
        typeof id === 'string' &&
        isFetchAction(action)
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
      return typeof scope === 'string' && isWorkerAction(action)
        ? {type: 'control-worker', scope, action}
        : undefined;
    }
    default:
      return undefined;
  }
}

const isFetchAction = (value: unknown): value is FetchAction =>
  value === 'pause' ||
  value === 'resume' ||
  value === 'abort' ||
  value === 'click' ||
  value === 'dispatch-success' ||
  value === 'dispatch-fail' ||
  value === 'dispatch-abort';

const isWorkerAction = (value: unknown): value is WorkerAction =>
  value === 'kill-worker' ||
  value === 'restart-browser' ||
  value === 'clear-storage';

const isRouteSetting = (value: unknown): value is RouteSetting =>
  value === 'auto' || value === 'native' || value === 'emulated';

function own(from: unknown, key: PropertyKey): unknown {
  if (typeof from !== 'object' || from === null) return undefined;
  const descriptor = getOwnPropertyDescriptor(from, key);
  return descriptor?.value;
}

const rawValue = (item: unknown): unknown =>
  own(item, 'type') === 'RAW' ? own(item, 'value') : undefined;

const isWhole = (value: unknown): value is number =>
  typeof value === 'number' && isSafeInteger(value) && value >= 0;
