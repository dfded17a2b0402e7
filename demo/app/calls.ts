/** The API's calls, each written down with its outcome. */
import type {
  BackgroundFetchManager,
  BackgroundFetchOptions,
  BackgroundFetchRegistration,
} from '../../inspector-core/platform/background-fetch.js';
import {describeError} from './messages.js';
import {see, takeSnapshot, type SeenCall} from './seen.js';

/** Makes a call; gives undefined when it rejects, as the log then says. */
export async function attempt<T>(
  method: SeenCall['method'],
  id: string,
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    const value = await call();
    const text = describeValue(value);
    see({
      type: 'call',
      method,
      id,
      outcome: 'resolved',
      ...(text === undefined ? {} : {value: text}),
    });
    return value;
  } catch (error) {
    const report = describeError(error);
    see({type: 'call', method, id, outcome: 'rejected', error: report});
    return undefined;
  }
}

function describeValue(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  if (value === undefined) return 'undefined';
  if (!Array.isArray(value)) return undefined;
  return value.every((each) => typeof each === 'string')
    ? `[${value.join(', ')}]`
    : `${value.length} records`;
}

/** Starts a fetch and watches it; undefined when the browser refuses. */
export async function startFetch(
  manager: BackgroundFetchManager,
  id: string,
  requests: RequestInfo | readonly RequestInfo[],
  options: BackgroundFetchOptions,
): Promise<BackgroundFetchRegistration | undefined> {
  const registration = await attempt('fetch', id, () =>
    manager.fetch(id, requests, options),
  );
  if (registration !== undefined) watch(registration);
  return registration;
}

// A registration that nobody holds may be collected, and its listener with it.
const watched = new Set<BackgroundFetchRegistration>();

/** Writes down every progress event, until the one that brings the result. */
export function watch(registration: BackgroundFetchRegistration): void {
  watched.add(registration);
  const look = (): void => {
    see({type: 'progress', ...takeSnapshot(registration)});
    if (registration.result !== '') watched.delete(registration);
  };
  registration.addEventListener('progress', look);
}
