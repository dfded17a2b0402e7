/**
 * Observed: each of the four events as it reaches the service worker, its
 * waitUntil() calls, and its end. Not changed: an argument of waitUntil() that
 * is no promise is made one here, once, as the browser would have, so that a
 * thenable's `then` runs once; the event's lifetime is not extended.
 */
import {
  BACKGROUND_FETCH_EVENTS,
  type BackgroundFetchEventName,
} from '../platform/background-fetch.js';
import type {Settlement} from '../protocol/protocol.js';
import {describeError, describeUrl} from './describe.js';
import {eventName, type EventHandlers} from './event-handlers.js';
import type {HookContext} from './hook-context.js';
import {
  apply,
  elapsed,
  createTable,
  isObject,
  later,
  now,
  prototypeOf,
  react,
  toPromise,
} from '../platform/primordials.js';
import {readErrorEvent, readEvent} from '../platform/readers.js';
import type {Registrations} from './registrations.js';
import type {ServiceWorkerScope} from './worker-scope.js';

export interface WorkerEvents {
  /** Number of an event that reached the worker; 0 for any other object. */
  numberOf(event: unknown): number;
}

interface Dispatch {
  readonly number: number;
  readonly name: BackgroundFetchEventName;
  readonly event: Event;
  readonly start: number;
  waits: number;
  pending: number;
  /** When the last wait settled, or the dispatch was found to be over. */
  lastAt: number;
  outcome: Settlement;
  isOver: boolean;
  isFinished: boolean;
}

export function followWorkerEvents(
  hook: HookContext,
  worker: ServiceWorkerScope,
  handlers: EventHandlers,
  registrations: Registrations,
): WorkerEvents {
  const {scope, api, append, guard, onGlobal, patches, routes} = hook;
  const dispatches = createTable<object, Dispatch>();
  const scopeUrl = describeUrl(worker.registration.scope);
  let numbered = 0;
  /** The dispatch whose handlers run just now. */
  let current: Dispatch | undefined;

  const begin = (event: Event, name: BackgroundFetchEventName): Dispatch => {
    const registration = api.eventRegistrationOf(event);
    const at = now();
    const dispatch: Dispatch = {
      number: (numbered += 1),
      name,
      event,
      start: at,
      waits: 0,
      pending: 0,
      lastAt: at,
      outcome: {status: 'fulfilled'},
      isOver: false,
      isFinished: false,
    };
    dispatches.set(event, dispatch);
    current = dispatch;
    registrations.meet(registration, 'event', scopeUrl, (sighting) =>
      append({
        type: 'event-dispatched',
        event: dispatch.number,
        name,
        ...sighting,
        handlers: handlers.count(name),
      }),
    );
    soon(() => awaitDispatch(dispatch));
    return dispatch;
  };

  /** An event of ours, even when our listener has not run yet: a late hook's. */
  const find = (event: unknown): Dispatch | undefined => {
    if (!isObject(event)) return undefined;
    const known = dispatches.get(event);
    if (known !== undefined || api.events === undefined) return known;
    if (!isBackgroundFetchEvent(event)) return undefined;
    // An event that the script made says nothing about a fetch.
    if (!readEvent.isTrusted(event) && routes?.isFired(event) !== true) {
      return undefined;
    }
    const name = eventName(readEvent.type(event));
    return name === undefined || readEvent.eventPhase(event) === 0
      ? undefined
      : begin(event as Event, name);
  };

  const isBackgroundFetchEvent = (event: object): boolean => {
    try {
      return api.isRegistration(api.eventRegistrationOf(event));
    } catch {
      return false;
    }
  };

  const soon = (step: () => void): void => later(() => guard('event', step), 0);

  const awaitDispatch = (dispatch: Dispatch): void => {
    // A dispatch runs within one task, so in another one it should be over.
    if (readEvent.eventPhase(dispatch.event) !== 0) {
      soon(() => awaitDispatch(dispatch));
      return;
    }
    dispatch.isOver = true;
    if (current === dispatch) current = undefined;
    if (dispatch.waits === 0) dispatch.lastAt = now();
    handlers.dispatched(dispatch.name);
    finish(dispatch);
  };

  const finish = (dispatch: Dispatch): void => {
    if (!dispatch.isOver || dispatch.pending > 0 || dispatch.isFinished) return;
    dispatch.isFinished = true;
    append({
      type: 'event-finished',
      event: dispatch.number,
      duration: elapsed(dispatch.start, dispatch.lastAt),
      waits: dispatch.waits,
      outcome: dispatch.outcome,
    });
  };

  const fail = (dispatch: Dispatch, outcome: Settlement): void => {
    if (dispatch.outcome.status === 'fulfilled') dispatch.outcome = outcome;
  };

  const addWait = (dispatch: Dispatch, promise: Promise<unknown>): void => {
    const start = now();
    const wait = (dispatch.waits += 1);
    const event = dispatch.number;
    dispatch.pending += 1;
    append({type: 'wait-until-called', event, wait});
    const settle = (outcome: Settlement): void => {
      const at = now();
      dispatch.lastAt = at;
      if (outcome.status === 'rejected') fail(dispatch, outcome);
      append({
        type: 'wait-until-settled',
        event,
        wait,
        duration: elapsed(start, at),
        outcome,
      });
      // The event stays active for one more microtask, in which a reaction to
      // this very promise may call waitUntil() again.
      soon(() => {
        dispatch.pending -= 1;
        finish(dispatch);
      });
    };
    // The browser has put its own handlers on this promise before us.
    void react(
      promise,
      () => guard('wait', () => settle({status: 'fulfilled'})),
      (reason) =>
        guard('wait', () =>
          settle({status: 'rejected', error: describeError(reason)}),
        ),
    );
  };

  patches.method(
    prototypeOf(scope, 'ExtendableEvent') ?? {},
    'waitUntil',
    (native, self, args) => {
      const dispatch = guard('wait', () => find(self));
      if (dispatch === undefined || args.length === 0) {
        return apply(native, self, args);
      }
      // The browser's conversion of this argument, and then none for it to do.
      const promise = toPromise(args[0]);
      args[0] = promise;
      const result = apply<unknown>(native, self, args);
      guard('wait', () => addWait(dispatch, promise));
      return result;
    },
  );

  for (let index = 0; index < BACKGROUND_FETCH_EVENTS.length; index += 1) {
    const name = BACKGROUND_FETCH_EVENTS[index];
    if (name !== undefined) onGlobal(scope, name, (event) => void find(event));
  }
  onGlobal(scope, 'error', (event) => {
    if (current === undefined || readEvent.eventPhase(current.event) === 0)
      return;
    // Another origin's script gives no error, but a message.
    const reason = readErrorEvent.error(event) ?? readErrorEvent.message(event);
    const error = describeError(reason);
    fail(current, {status: 'rejected', error});
  });

  return {
    numberOf: (event) =>
      isObject(event) ? (dispatches.get(event)?.number ?? 0) : 0,
  };
}
