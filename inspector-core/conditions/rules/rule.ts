import type {FailureReason} from '../../platform/background-fetch.js';
import type {NetworkProfile} from '../profile/profile.js';

/** What is to go wrong, where, and when. */
export interface Rule {
  /** For people; absent: what it does. */
  readonly name?: string;
  /** Absent: true. */
  readonly enabled?: boolean;
  /** All that is named must fit; absent: everything fits. */
  readonly match?: RuleMatch;
  /** Absent: the first of those that the effect can have (`EFFECTS`). */
  readonly trigger?: Trigger;
  readonly effect: Effect;
}

export interface RuleMatch {
  /** A URLPattern as text, without regular expressions. */
  readonly url?: string;
  /** The fetch's id; `*` stands for any text. */
  readonly fetchId?: string;
  /** The record's place in its fetch, from 0. */
  readonly record?: number;
  readonly method?: string;
  readonly attempt?: AttemptMatch;
  /** From 0 to 1, thrown for each attempt that all else fits. */
  readonly probability?: number;
}

/**
 * Which of a record's attempts, or of the calls with an id since the rules were
 * set; both count from 1.
 */
export type AttemptMatch =
  /** The first so many. */
  | {readonly first: number}
  /** Every so-manieth. */
  | {readonly every: number};

/** When, in an attempt, the effect comes. */
export type Trigger =
  /** When the app calls `backgroundFetch.fetch()`; `record` has no meaning. */
  | {readonly at: 'call'}
  /** Before the request is sent. */
  | {readonly at: 'request'}
  /** When the response's head has come. */
  | {readonly at: 'headers'}
  /**
   * When so many bytes of the record have come; in an attempt that begins
   * behind them, never. With `of: 'attempt'`: bytes of this attempt.
   */
  | {readonly at: 'byte'; readonly byte: number; readonly of?: 'attempt'}
  /** When so much of the record has come; never, if its length is unknown. */
  | {readonly at: 'percent'; readonly percent: number}
  /** So many milliseconds after the attempt began. */
  | {readonly at: 'time'; readonly ms: number}
  /** After the last byte, before the end is told. */
  | {readonly at: 'end'};

export type Effect =
  /** The record fails for this reason, and is not tried again. */
  | {readonly type: 'fail'; readonly reason: FailureReason}
  /**
   * At `request` a response without a body, and nothing is sent; at `headers`
   * the real one with another status.
   */
  | {readonly type: 'status'; readonly status: number}
  /** `fetch()` rejects, or the body breaks off; at `request` nothing is sent. */
  | {readonly type: 'network-error'}
  /** The connection is lost after the request was sent. */
  | {readonly type: 'drop'}
  /**
   * Nothing more comes for so many milliseconds; absent: until the attempt is
   * aborted. Afterwards it goes on, or the connection is lost.
   */
  | {readonly type: 'stall'; readonly ms?: number; readonly next?: 'drop'}
  /** The body ends early, as if that were all. */
  | {readonly type: 'truncate'}
  /** `Content-Length` is off by so many bytes, either way. */
  | {readonly type: 'wrong-length'; readonly by: number}
  /** `Content-Range` is off by so many bytes, either way. */
  | {readonly type: 'wrong-range'; readonly by: number}
  /** `Range` is not sent on, so that the whole file is answered. */
  | {readonly type: 'refuse-range'}
  /** Another `ETag`; absent: one that no other attempt has. */
  | {readonly type: 'etag'; readonly etag?: string}
  /** Headers of the response set, or, with an empty text, taken away. */
  | {
      readonly type: 'headers';
      readonly headers: Readonly<Record<string, string>>;
    }
  /** The answer comes from another URL, as after a redirect. */
  | {readonly type: 'redirect'; readonly to: string}
  /** Twenty redirects, and a network error; nothing is sent. */
  | {readonly type: 'redirect-loop'}
  /** No connection for so many milliseconds, for all fetches. */
  | {readonly type: 'offline'; readonly ms: number}
  /** A link of its own for this attempt. */
  | ({readonly type: 'throttle'} & Omit<NetworkProfile, 'name' | 'offline'>)
  /**
   * Pieces of about `size` bytes, give or take `variation`, with `delay`
   * milliseconds between them.
   */
  | {
      readonly type: 'slice';
      readonly size: number;
      readonly variation?: number;
      readonly delay: number;
    }
  /** `fetch()` rejects as if the user had refused. */
  | {readonly type: 'permission-denied'}
  /** `fetch()` rejects as if too many were running. */
  | {readonly type: 'too-many-fetches'}
  /** At `call` `fetch()` rejects; else the next bytes find no room. */
  | {readonly type: 'quota-exceeded'}
  /** At `call` `fetch()` rejects; else the next bytes cannot be stored. */
  | {readonly type: 'storage-error'}
  /** The service worker is stopped, and starts again when it is needed. */
  | {readonly type: 'worker-killed'}
  /** As if the browser had been closed and opened again. */
  | {readonly type: 'browser-restarted'};

export type EffectType = Effect['type'];
export type TriggerType = Trigger['at'];

const EXCHANGE = [
  'request',
  'headers',
  'byte',
  'percent',
  'time',
  'end',
] as const;
const AFTER_REQUEST = ['headers', 'byte', 'percent', 'time', 'end'] as const;
const STORAGE = ['call', ...EXCHANGE] as const;

/** Each effect, and the triggers that it can have; the first if none is named. */
export const EFFECTS: Readonly<Record<EffectType, readonly TriggerType[]>> = {
  fail: EXCHANGE,
  status: ['request', 'headers'],
  'network-error': EXCHANGE,
  drop: AFTER_REQUEST,
  stall: EXCHANGE,
  truncate: ['headers', 'byte', 'percent', 'time'],
  'wrong-length': ['headers'],
  'wrong-range': ['headers'],
  'refuse-range': ['request'],
  etag: ['headers'],
  headers: ['headers'],
  redirect: ['request'],
  'redirect-loop': ['request'],
  offline: EXCHANGE,
  throttle: ['request'],
  slice: ['headers'],
  'permission-denied': ['call'],
  'too-many-fetches': ['call'],
  'quota-exceeded': STORAGE,
  'storage-error': STORAGE,
  'worker-killed': EXCHANGE,
  'browser-restarted': EXCHANGE,
};

/** The names of all effects. */
export const EFFECT_TYPES = Object.keys(EFFECTS) as readonly EffectType[];

/** When a rule's effect comes. */
export function triggerOf({trigger, effect}: Rule): Trigger {
  // Those that are first in the table need no more than their name.
  return trigger ?? ({at: EFFECTS[effect.type][0]} as Trigger);
}
