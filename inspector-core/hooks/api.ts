import type {
  BackgroundFetchManager,
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
} from '../platform/background-fetch.js';
import type {RegistrationSnapshot} from '../protocol/protocol.js';
import {
  apply,
  dataOf,
  isObject,
  prototypeOf,
  readerOf,
  type Callable,
  type Reader,
} from '../platform/primordials.js';
import {readersOf} from '../platform/readers.js';

/**
 * The realm's own Background Fetch API, captured before it is patched: what our
 * own questions go through, so that they are not taken for the page's calls.
 */
export interface Api {
  /** The prototypes whose members are patched. */
  readonly managers: object;
  readonly registrations: object;
  readonly records: object;
  readonly workerRegistrations: object;
  /** Of service workers only. */
  readonly events: object | undefined;
  readonly updateUIEvents: object | undefined;

  readonly managerOf: Reader<BackgroundFetchManager>;
  readonly scopeOf: Reader<string>;
  readonly idOf: Reader<string>;
  readonly requestOf: Reader<Request>;
  readonly responseReadyOf: Reader<Promise<Response>>;
  readonly eventRegistrationOf: Reader<BackgroundFetchRegistration>;
  readonly getIds: (manager: object) => Promise<readonly string[]>;
  readonly get: (
    manager: object,
    id: string,
  ) => Promise<BackgroundFetchRegistration | undefined>;
  readonly matchAll: (
    registration: object,
  ) => Promise<readonly BackgroundFetchRecord[]>;
  readonly isRegistration: (
    value: unknown,
  ) => value is BackgroundFetchRegistration;
  /** @throws TypeError if it is no registration. */
  readonly snapshot: (registration: object) => RegistrationSnapshot;
}

/** `undefined` in a realm without the API, or where it can never be reached. */
export function readApi(scope: typeof globalThis): Api | undefined {
  const managers = prototypeOf(scope, 'BackgroundFetchManager');
  const registrations = prototypeOf(scope, 'BackgroundFetchRegistration');
  const records = prototypeOf(scope, 'BackgroundFetchRecord');
  const workerRegistrations = prototypeOf(scope, 'ServiceWorkerRegistration');
  if (
    managers === undefined ||
    registrations === undefined ||
    records === undefined ||
    workerRegistrations === undefined ||
    !('backgroundFetch' in workerRegistrations) ||
    // An opaque origin has no service workers: the way to a manager is closed.
    scope.origin === 'null'
  ) {
    return undefined;
  }
  const events = prototypeOf(scope, 'BackgroundFetchEvent');
  const idOf = readerOf<string>(registrations, 'id');
  return {
    managers,
    registrations,
    records,
    workerRegistrations,
    events,
    updateUIEvents: prototypeOf(scope, 'BackgroundFetchUpdateUIEvent'),
    managerOf: readerOf(workerRegistrations, 'backgroundFetch'),
    scopeOf: readerOf(workerRegistrations, 'scope'),
    idOf,
    isRegistration: isBranded(idOf),
    requestOf: readerOf(records, 'request'),
    responseReadyOf: readerOf(records, 'responseReady'),
    eventRegistrationOf: readerOf(events ?? {}, 'registration'),
    getIds: callerOf(managers, 'getIds'),
    get: callerOf(managers, 'get'),
    matchAll: callerOf(registrations, 'matchAll'),
    snapshot: snapshotter(registrations),
  };
}

/** Only an attribute of the platform can tell whose object it is. */
function isBranded<T>(read: Reader<unknown>) {
  return (value: unknown): value is T => {
    try {
      if (!isObject(value)) return false;
      read(value);
      return true;
    } catch {
      return false;
    }
  };
}

function callerOf<T>(prototype: object, name: string) {
  const method = dataOf(prototype, name) as Callable;
  return (self: object, argument?: string): T =>
    apply<T>(method, self, argument === undefined ? [] : [argument]);
}

function snapshotter(prototype: object): Api['snapshot'] {
  const read = readersOf(prototype as RegistrationSnapshot, [
    'uploadTotal',
    'uploaded',
    'downloadTotal',
    'downloaded',
    'result',
    'failureReason',
    'recordsAvailable',
  ]);
  return (registration) => ({
    uploadTotal: read.uploadTotal(registration),
    uploaded: read.uploaded(registration),
    downloadTotal: read.downloadTotal(registration),
    downloaded: read.downloaded(registration),
    result: read.result(registration),
    failureReason: read.failureReason(registration),
    recordsAvailable: read.recordsAvailable(registration),
  });
}
