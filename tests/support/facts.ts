/** Facts about a fetch in tests, as a realm tells them. */
import type {
  Fact,
  FactOf,
  RegistrationSnapshot,
  RouteChoice,
} from '../../inspector-core/protocol/protocol.js';
import {registration, request, SCOPE, snapshot} from './entries.js';

type Changes = Partial<RegistrationSnapshot>;

const fetchCalled = (
  call: number,
  id: string,
  paths: readonly string[],
  routed?: RouteChoice,
): Fact => ({
  type: 'call-started',
  call,
  invocation: {
    method: 'fetch',
    scope: SCOPE,
    id,
    requests: paths.map((path) => request(path)),
    ...(routed === undefined ? {} : {routed}),
  },
});

/** A call of fetch(), for these paths. */
export const called = (call: number, id: string, ...paths: string[]): Fact =>
  fetchCalled(call, id, paths);

/** The same, and the setting gave it to the engine. */
export const emulated = (call: number, id: string, ...paths: string[]): Fact =>
  fetchCalled(call, id, paths, {route: 'emulated', why: 'setting'});

/** That call resolves. */
export const resolved = (
  call: number,
  id: string,
  instance = call,
  changes: Changes = {},
): Fact => ({
  type: 'call-settled',
  call,
  duration: 5,
  outcome: {
    status: 'fulfilled',
    value: {
      kind: 'registration',
      registration: registration(id, instance),
      snapshot: snapshot(changes),
    },
  },
});

/** The realm has an object of the fetch, got in this way. */
export const seen = (
  id: string,
  via: FactOf<'registration-seen'>['via'],
  changes: Changes = {},
): FactOf<'registration-seen'> => ({
  type: 'registration-seen',
  registration: registration(id),
  snapshot: snapshot(changes),
  via,
});

export const progressed = (
  id: string,
  instance: number,
  changes: Changes,
): Fact => ({
  type: 'registration-progressed',
  registration: registration(id, instance),
  snapshot: snapshot(changes),
});

/** The records of a fetch in the order of matchAll(), numbered from 1. */
export const listed = (id: string, ...paths: string[]): Fact => ({
  type: 'records-listed',
  registration: registration(id),
  records: paths.map((path, index) => ({
    record: index + 1,
    request: request(path),
  })),
});

/** A record's response, by the record's number. */
export const responded = (
  id: string,
  record: number,
  path: string,
  status: number,
): Fact => ({
  type: 'response-settled',
  registration: registration(id),
  record,
  outcome: {
    status: 'fulfilled',
    response: {
      url: new URL(path, SCOPE).href,
      status,
      statusText: '',
      responseType: 'default',
      redirected: false,
      headers: [],
    },
  },
});

/** The event in the worker that tells how a fetch ended. */
export const dispatched = (
  event: number,
  id: string,
  instance: number,
  changes: Changes,
): Fact => ({
  type: 'event-dispatched',
  event,
  name:
    changes.failureReason === 'aborted'
      ? 'backgroundfetchabort'
      : changes.result === 'success'
        ? 'backgroundfetchsuccess'
        : 'backgroundfetchfail',
  registration: registration(id, instance),
  snapshot: snapshot(changes),
  handlers: 1,
});

export const SUCCESS = {result: 'success', downloaded: 100} as const;
export const ABORTED = {result: 'failure', failureReason: 'aborted'} as const;
