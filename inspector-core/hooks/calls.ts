/** Observed: each call of the API's seven methods, and what it brought. */
import type {BackgroundFetchRegistration} from '../platform/background-fetch.js';
import {LIMITS} from '../protocol/limits.js';
import type {RegistrationRef} from '../protocol/protocol.js';
import {
  describeId,
  describeQueryOptions,
  describeRequestInfo,
  describeRequests,
  describeUIOptions,
} from './describe.js';
import type {HookContext} from './hook-context.js';
import type {Managers} from './managers.js';
import {createCallObserver, type CallObserver} from './observe-call.js';
import {eachMember, isArray, push} from '../platform/primordials.js';
import type {Records} from './records.js';
import type {Registrations} from './registrations.js';

export interface CallParts {
  readonly managers: Managers;
  readonly registrations: Registrations;
  readonly records: Records;
  /** The base URL that the realm resolves against just now. */
  readonly baseUrl: () => string;
  /** Number of a worker event, 0 if the worker never got it. */
  readonly eventNumber: (event: unknown) => number;
}

export function observeCalls(hook: HookContext, parts: CallParts): void {
  const {api, patches, routes} = hook;
  const {managers, registrations, records, baseUrl} = parts;
  const observe = createCallObserver(hook);

  const scopeOf = (manager: unknown): {readonly scope?: string} => {
    const scope = managers.scopeOf(manager);
    return scope === undefined ? {} : {scope};
  };
  const followRegistration =
    (via: 'fetch' | 'get'): CallObserver['follow'] =>
    (value, manager, settle) => {
      if (value === undefined || value === null) {
        settle({kind: 'undefined'});
        return;
      }
      const registration = value as BackgroundFetchRegistration;
      const scope = managers.scopeOf(manager);
      registrations.meet(registration, via, scope, (sighting) =>
        settle({kind: 'registration', ...sighting}),
      );
    };

  patches.method(
    api.managers,
    'fetch',
    observe({
      describe: (self, args) => {
        const options = describeUIOptions(args[2]);
        return {
          method: 'fetch',
          ...scopeOf(self),
          id: args.length === 0 ? '' : describeId(args[0]),
          requests: args.length < 2 ? [] : describeRequests(args[1], baseUrl()),
          ...(options !== undefined && {options}),
          ...(routes !== undefined && {routed: routes.choose(args)}),
        };
      },
      follow: followRegistration('fetch'),
    }),
  );
  patches.method(
    api.managers,
    'get',
    observe({
      describe: (self, args) => ({
        method: 'get',
        ...scopeOf(self),
        id: args.length === 0 ? '' : describeId(args[0]),
      }),
      follow: followRegistration('get'),
    }),
  );
  patches.method(
    api.managers,
    'getIds',
    observe({
      describe: (self) => ({method: 'getIds', ...scopeOf(self)}),
      follow: (value, _self, settle) =>
        settle({kind: 'ids', ids: describeIds(value)}),
    }),
  );

  /** The page may call the methods on anything; then there is no call to tell. */
  const refOf = (self: unknown): RegistrationRef | undefined =>
    api.isRegistration(self)
      ? registrations.meet(self, 'attach', undefined)
      : undefined;
  const match = (method: 'match' | 'matchAll'): CallObserver => ({
    describe: (self, args) => {
      const registration = refOf(self);
      if (registration === undefined) return undefined;
      const request =
        args[0] === undefined
          ? undefined
          : describeRequestInfo(args[0], baseUrl());
      const options = describeQueryOptions(args[1]);
      return {
        method,
        registration,
        ...(request !== undefined && {request}),
        ...(options !== undefined && {options}),
      };
    },
    follow: (value, self, settle) => {
      if (value === undefined || value === null) {
        settle({kind: 'undefined'});
        return;
      }
      const found = isArray(value) ? value : [value];
      settle({kind: 'records', records: records.describe(found)});
      const registration = refOf(self);
      if (registration !== undefined) records.follow(found, registration);
    },
    onSettled: (self) => {
      if (api.isRegistration(self)) registrations.checkRecords(self);
    },
  });
  patches.method(api.registrations, 'match', observe(match('match')));
  patches.method(api.registrations, 'matchAll', observe(match('matchAll')));
  patches.method(
    api.registrations,
    'abort',
    observe({
      describe: (self) => {
        const registration = refOf(self);
        return registration && {method: 'abort', registration};
      },
      follow: (value, _self, settle) =>
        settle({kind: 'boolean', value: value === true}),
    }),
  );
  if (api.updateUIEvents === undefined) return;
  patches.method(
    api.updateUIEvents,
    'updateUI',
    observe({
      describe: (self, args) => {
        const options = describeUIOptions(args[0]);
        return {
          method: 'updateUI',
          event: parts.eventNumber(self),
          ...(options !== undefined && {options}),
        };
      },
      follow: (_value, _self, settle) => settle({kind: 'undefined'}),
    }),
  );
}

function describeIds(value: unknown): readonly string[] {
  const ids: string[] = [];
  eachMember(value, LIMITS.list, (id) => push(ids, describeId(id)));
  return ids;
}
