import {isObject} from '../../platform/primordials.js';
import type {Snapshot} from '../algorithms/update-an-instance.js';
import {makeQuotaExceededError} from '../registration/errors.js';
import type {FetchInput} from '../registration/store-a-fetch.js';
import type {Backend, Refusal} from './backend.js';

/** In every message of the engine, so that the app's own are left alone. */
const MARK = 'background-fetch-engine';

/** A body as it travels: whole, for not all browsers transfer streams. */
export interface SentInput {
  readonly request: FetchInput['request'];
  readonly body: Blob | undefined;
}

/** The backend's methods whose arguments travel as they are. */
export type Forwarded = Exclude<
  keyof Backend,
  'fetch' | 'watch' | 'profile' | 'hasActiveWorker'
>;

/** What a page asks of the worker; the answer comes through a port with it. */
export type PageCall =
  | {
      readonly method: 'fetch';
      readonly args: readonly [
        string,
        readonly SentInput[],
        Parameters<Backend['fetch']>[2],
      ];
    }
  | {
      readonly [M in Forwarded]: {
        readonly method: M;
        readonly args: Readonly<Parameters<Backend[M]>>;
      };
    }[Forwarded]
  | {readonly method: 'watch'; readonly args: readonly [key: number]}
  | {readonly method: 'ping'; readonly args: readonly []};

export type Answer = {readonly value: unknown} | {readonly error: Refusal};

/** Asks through the port of a call if it is still served. */
export const PING = 'ping';
/** It is. */
export const PONG = 'pong';

/** What comes through the port of a call; an answer is the last. */
export type CallMessage = Answer | typeof PONG;

/** What comes through the port of a `watch`; "gone" is the last. */
export type WatchMessage = Snapshot | 'gone';

/** What a page says to a `watch` once it shows the result. */
export const RESULT_SEEN = 'result-seen';

export function markCall(call: PageCall): unknown {
  return {[MARK]: call};
}

/** The call in a message, if it is one of the engine's. */
export function readCall(data: unknown): PageCall | undefined {
  if (!isObject(data)) return undefined;
  const call: unknown = Reflect.get(data, MARK);
  if (!isObject(call)) return undefined;
  // It comes from the same origin, which could as well call the API.
  return Array.isArray(Reflect.get(call, 'args'))
    ? (call as PageCall)
    : undefined;
}

export function describeError(error: unknown): Refusal {
  const {name, message} =
    error instanceof Error ? error : {name: 'Error', message: String(error)};
  return {name, message};
}

/** The answer's value, or its error as one of this realm. */
export function readAnswer(answer: Answer): unknown {
  if ('value' in answer) return answer.value;
  throw makeError(answer.error);
}

/** The error as one of this realm. */
export function makeError({name, message}: Refusal): Error {
  if (name === 'QuotaExceededError') return makeQuotaExceededError(message);
  if (name === 'TypeError') return new TypeError(message);
  return new DOMException(message, name);
}
