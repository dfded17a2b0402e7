/**
 * The shapes of `facts.ts` as things that can be checked at run time. One
 * schema per fact, found by its `type`, so that a batch costs one look-up and
 * one pass per entry. Objects are rebuilt from their known keys: nothing else
 * that a page put into a message (`__proto__` included) gets past here.
 */
import * as v from 'valibot';
import {parseConditionsFile} from '../conditions/conditions-file.js';
import {TRIGGERS} from '../conditions/rules/parse-rules.js';
import {EFFECT_TYPES} from '../conditions/rules/rule.js';
import {BACKGROUND_FETCH_EVENTS} from '../platform/background-fetch.js';
import type {ConditionsFile} from './conditions.js';
import {FETCH_ACTIONS, WORKER_ACTIONS} from './control.js';
import {
  bytes,
  callOutcome,
  count,
  duration,
  epoch,
  error,
  headers,
  invocation,
  list,
  longText,
  ordinal,
  record,
  registration,
  response,
  settlement,
  snapshot,
  text,
} from './description-schemas.js';
import type {FactOf, FactType} from './facts.js';
import {LIMITS} from './limits.js';
import {FETCH_ROUTES, ROUTE_SETTINGS} from './route.js';
import {SOURCE_KINDS} from './source.js';

/** Held to what conditions take, so that what is in a log can be set again. */
const conditions = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, ConditionsFile>(({dataset, addIssue, NEVER}) => {
    try {
      return {version: 1, ...parseConditionsFile(dataset.value)};
    } catch (error) {
      addIssue({message: `Invalid conditions: ${String(error)}`});
      return NEVER;
    }
  }),
);

const eventName = v.picklist(BACKGROUND_FETCH_EVENTS);

export const source = v.object({
  kind: v.picklist(SOURCE_KINDS),
  realm: text,
  url: longText,
});

export const entryFields = v.object({seq: ordinal, at: epoch});

export const batchFields = v.object({
  protocol: count,
  source,
  entries: v.pipe(v.array(v.unknown()), v.maxLength(LIMITS.batch)),
  registrations: v.exactOptional(list(registration), []),
  missed: count,
});

export const factSchemas = {
  'realm-opened': v.object({
    type: v.literal('realm-opened'),
    timing: v.picklist(['before-scripts', 'late']),
    backgroundFetch: v.boolean(),
    secureContext: v.boolean(),
    origin: longText,
    scope: v.exactOptional(longText),
  }),
  'realm-suspended': v.object({type: v.literal('realm-suspended')}),
  'realm-resumed': v.object({type: v.literal('realm-resumed')}),
  'realm-closed': v.object({
    type: v.literal('realm-closed'),
    realm: text,
    reason: v.picklist(['unloaded', 'stopped', 'crashed', 'uninstalled']),
  }),
  'worker-state-changed': v.object({
    type: v.literal('worker-state-changed'),
    scope: longText,
    scriptUrl: longText,
    state: text,
  }),
  'call-started': v.object({
    type: v.literal('call-started'),
    call: ordinal,
    invocation,
    stack: v.exactOptional(longText),
  }),
  'call-settled': v.object({
    type: v.literal('call-settled'),
    call: ordinal,
    duration,
    outcome: callOutcome,
  }),
  'registration-seen': v.object({
    type: v.literal('registration-seen'),
    registration,
    snapshot,
    route: v.exactOptional(v.picklist(FETCH_ROUTES)),
    via: v.picklist(['attach', 'fetch', 'get', 'event']),
  }),
  'registration-progressed': v.object({
    type: v.literal('registration-progressed'),
    registration,
    snapshot,
  }),
  'records-expired': v.object({
    type: v.literal('records-expired'),
    registration,
  }),
  'records-listed': v.object({
    type: v.literal('records-listed'),
    registration,
    records: list(record),
  }),
  'response-settled': v.object({
    type: v.literal('response-settled'),
    registration,
    record: ordinal,
    outcome: v.variant('status', [
      v.object({status: v.literal('fulfilled'), response}),
      v.object({status: v.literal('rejected'), error}),
    ]),
  }),
  'handler-changed': v.object({
    type: v.literal('handler-changed'),
    event: eventName,
    via: v.picklist(['addEventListener', 'attribute']),
    change: v.picklist(['added', 'removed']),
    name: text,
  }),
  'event-dispatched': v.object({
    type: v.literal('event-dispatched'),
    event: ordinal,
    name: eventName,
    registration,
    snapshot,
    handlers: count,
  }),
  'wait-until-called': v.object({
    type: v.literal('wait-until-called'),
    event: ordinal,
    wait: ordinal,
  }),
  'wait-until-settled': v.object({
    type: v.literal('wait-until-settled'),
    event: ordinal,
    wait: ordinal,
    duration,
    outcome: settlement,
  }),
  'event-finished': v.object({
    type: v.literal('event-finished'),
    event: ordinal,
    duration,
    waits: count,
    outcome: settlement,
  }),
  'attempt-started': v.object({
    type: v.literal('attempt-started'),
    attempt: text,
    url: longText,
    method: text,
    initiator: v.exactOptional(longText),
    of: v.exactOptional(
      v.object({id: longText, scope: longText, fetch: count, index: count}),
    ),
  }),
  'attempt-sent': v.object({
    type: v.literal('attempt-sent'),
    attempt: text,
    headers,
  }),
  'attempt-redirected': v.object({
    type: v.literal('attempt-redirected'),
    attempt: text,
    status: count,
    to: longText,
  }),
  'attempt-responded': v.object({
    type: v.literal('attempt-responded'),
    attempt: text,
    status: count,
    statusLine: longText,
    headers,
    ip: v.exactOptional(text),
    fromCache: v.exactOptional(v.boolean()),
  }),
  'attempt-progressed': v.object({
    type: v.literal('attempt-progressed'),
    attempt: text,
    received: bytes,
  }),
  'attempt-finished': v.object({
    type: v.literal('attempt-finished'),
    attempt: text,
    received: v.exactOptional(bytes),
    error: v.exactOptional(text),
  }),
  'page-navigated': v.object({
    type: v.literal('page-navigated'),
    url: longText,
  }),
  'attachment-changed': v.object({
    type: v.literal('attachment-changed'),
    state: v.picklist(['detached', 'attaching', 'attached', 'refused']),
    reason: v.exactOptional(
      v.picklist([
        'not-wanted',
        'canceled-by-user',
        'target-closed',
        'restricted-page',
        'failed',
      ]),
    ),
    message: v.exactOptional(longText),
  }),
  'wire-access-changed': v.object({
    type: v.literal('wire-access-changed'),
    origins: list(longText),
  }),
  'route-changed': v.object({
    type: v.literal('route-changed'),
    route: v.picklist(ROUTE_SETTINGS),
  }),
  'conditions-set': v.object({type: v.literal('conditions-set'), conditions}),
  'conditions-changed': v.object({
    type: v.literal('conditions-changed'),
    isActive: v.boolean(),
    isOnline: v.boolean(),
    profile: text,
    rules: count,
    schedule: v.exactOptional(text),
  }),
  'rule-fired': v.object({
    type: v.literal('rule-fired'),
    rule: count,
    name: v.exactOptional(text),
    effect: v.picklist(EFFECT_TYPES),
    trigger: v.picklist(TRIGGERS),
    id: longText,
    scope: longText,
    record: v.exactOptional(count),
    attempt: ordinal,
  }),
  'online-changed': v.object({
    type: v.literal('online-changed'),
    isOnline: v.boolean(),
  }),
  'fetch-controlled': v.object({
    type: v.literal('fetch-controlled'),
    scope: longText,
    id: longText,
    action: v.picklist(FETCH_ACTIONS),
  }),
  'worker-controlled': v.object({
    type: v.literal('worker-controlled'),
    scope: longText,
    action: v.picklist(WORKER_ACTIONS),
  }),
  'recording-changed': v.object({
    type: v.literal('recording-changed'),
    recording: v.boolean(),
  }),
  'log-cleared': v.object({type: v.literal('log-cleared')}),
  'entries-rejected': v.object({
    type: v.literal('entries-rejected'),
    realm: text,
    count: ordinal,
    message: longText,
  }),
  'entries-missed': v.object({
    type: v.literal('entries-missed'),
    realm: text,
    count: ordinal,
  }),
  'hook-faulted': v.object({
    type: v.literal('hook-faulted'),
    where: text,
    error,
  }),
} satisfies {readonly [T in FactType]: v.GenericSchema<unknown, FactOf<T>>};
