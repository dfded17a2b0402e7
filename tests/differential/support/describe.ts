import type {
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
} from '../../../inspector-core/platform/background-fetch.js';
import type {ServedRequest} from '../../../scripts/wtr/scripted-step.js';
import type {Fact} from './script.js';

/** Of a connection or of a moment, and so of no use to compare. */
const PASSING_HEADERS = ['date', 'connection', 'keep-alive'];

/** What comes of a promise: its value, or whom it is rejected with. */
export async function outcome<T>(
  promise: Promise<T>,
  describe: (value: T) => Fact | Promise<Fact> = () => 'resolved',
): Promise<Fact> {
  let value: T;
  try {
    value = await promise;
  } catch (error) {
    return describeError(error);
  }
  return describe(value);
}

/** Chromium's own words before a message: which call failed, and where in it. */
const FRAME = /Failed to (execute|construct|read) [^:]*: /g;

/** Of which class it is counts: an app asks `instanceof`. */
export function describeError(error: unknown): Fact {
  if (error instanceof Error || error instanceof DOMException) {
    const message = error.message.replaceAll(FRAME, '');
    return `${Object.prototype.toString.call(error)} ${error.name}: ${message}`;
  }
  return `no error: ${String(error)}`;
}

export function describeRegistration(
  registration: BackgroundFetchRegistration,
): Fact {
  const {id, uploadTotal, uploaded, downloadTotal, downloaded} = registration;
  const {result, failureReason, recordsAvailable} = registration;
  return {
    id,
    uploadTotal,
    uploaded,
    downloadTotal,
    downloaded,
    result,
    failureReason,
    recordsAvailable,
  };
}

/** Reads its body. */
export async function describeResponse(response: Response): Promise<Fact> {
  const {status, statusText, type, url, redirected, ok} = response;
  const headers = [...response.headers].filter(
    ([name]) => !PASSING_HEADERS.includes(name),
  );
  return {
    status,
    statusText,
    type,
    url,
    redirected,
    ok,
    headers,
    hasBody: response.body !== null,
    body: await outcome(response.arrayBuffer(), describeBytes),
  };
}

export function describeBytes(buffer: ArrayBuffer): Fact {
  let sum = 0;
  for (const byte of new Uint8Array(buffer)) {
    sum = (Math.imul(sum, 31) + byte) >>> 0;
  }
  return {length: buffer.byteLength, sum};
}

/** Reads the request's body. */
export async function describeRequest(request: Request): Promise<Fact> {
  const {url, method, mode, credentials, cache, redirect, referrer} = request;
  const {referrerPolicy, integrity, destination, keepalive, signal} = request;
  return {
    url,
    method,
    mode,
    credentials,
    cache,
    redirect,
    referrer,
    referrerPolicy,
    integrity,
    destination,
    keepalive,
    isAborted: signal.aborted,
    headers: [...request.headers],
    body: await outcome(request.text(), (text) => text),
  };
}

export async function describeRecord({
  request,
  responseReady,
}: BackgroundFetchRecord): Promise<Fact> {
  return {
    request: await describeRequest(request),
    response: await outcome(responseReady, describeResponse),
  };
}

/** Records as a set: the browser's own come in no order that one could name. */
export async function describeRecords(
  records: readonly BackgroundFetchRecord[],
): Promise<Fact> {
  const described = await Promise.all(records.map(describeRecord));
  return described.toSorted((a, b) =>
    JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
  );
}

/**
 * What the server saw of the requests: not whose they are, and not what `fetch()`
 * tells caches on the way, of which no page can tell.
 */
export function describeTraffic(requests: readonly ServedRequest[]): Fact {
  const names = ['range', 'if-range', 'content-type', 'x-app'];
  return requests.map(({method, headers, body}) => ({
    method,
    body,
    headers: names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [`${name}: ${value}`];
    }),
  }));
}

/** Resolves when `check` is true; asks again after each turn of the loop. */
export async function until(
  check: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await check())) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** What comes of a promise, if it comes soon: some never settle. */
export function soon(promise: Promise<Fact>): Promise<Fact> {
  return Promise.race([
    promise,
    new Promise<Fact>((resolve) => {
      setTimeout(resolve, 500, 'pending');
    }),
  ]);
}
