/** Why a test is not passed by the browser's own Background Fetch. */
export interface Difference {
  readonly reason: string;
  /**
   * `fails`: it is run, and must fail. `skipped`: it is not run, because it would
   * hang, be very slow, or lose the page.
   */
  readonly natively: 'fails' | 'skipped';
}

const fails = (reason: string): Difference => ({reason, natively: 'fails'});
const skipped = (reason: string): Difference => ({reason, natively: 'skipped'});

const OBJECTS = 'each call gives an object of its own';
const FEW_BYTES = 'no progress is shown of so few bytes';
const SETTLES_LATE = 'responseReady settles when the record is complete';

/**
 * Where Chromium 156 does not follow the specification, by suite and test; `*` is
 * all of a suite. The list stays true: an entry whose test passes natively fails.
 */
export const knownDifferences: Readonly<
  Record<string, Readonly<Record<string, Difference>>>
> = {
  'fetch(): arguments': {
    'an id may be empty': skipped('the browser ends the page'),
    'an id may hold a lone surrogate': skipped('it becomes an empty id'),
    'arguments are converted in their order, all before the requests are looked at':
      fails('it reads them in another order'),
  },
  'fetch()': {
    'a negative downloadTotal is beyond the quota': fails(
      'its storage takes it for none',
    ),
    'works in a service worker': fails('it is not allowed there'),
    'starts the records at the same time': skipped('two run at once'),
  },
  instances: {
    'there is one registration object for a fetch, in each realm':
      fails(OBJECTS),
    'the object of an event is that of get()': fails(OBJECTS),
  },
  'get() and getIds()': {
    'get() converts its argument to a string': fails(OBJECTS),
    'get() gives the object that fetch() gave, each time': fails(OBJECTS),
    'getIds() lists what is active, in the order of its start': fails(
      'it lists them in the order of its database',
    ),
    'get() shows what is in progress': skipped(FEW_BYTES),
    'are the same in another page, with objects of its own': fails(OBJECTS),
  },
  'abort()': {
    'closes the connections': skipped(FEW_BYTES),
    'leaves what is complete readable, and rejects the rest with an AbortError':
      fails('an abort takes all records away'),
    'rejects a responseReady that is pending with an AbortError':
      skipped('it stays pending'),
    'makes a body that is being read fail with an AbortError':
      skipped(SETTLES_LATE),
  },
  'perform a background fetch': {
    'while it runs, result and failureReason are empty, and the id is active':
      skipped(FEW_BYTES),
    'a status of 500: bad-status, and backgroundfetchfail': skipped(
      'it is asked for again, after 20 seconds each',
    ),
    'any 2xx status is a success': skipped('some are asked for again'),
    'a status of 304: bad-status, and backgroundfetchfail': skipped(
      'it is asked for again, after 20 seconds each',
    ),
    'the body of a bad status can be read': fails('it is empty'),
    'a bad status does not stop the other records': skipped(FEW_BYTES),
    'a network error does not stop the other records': skipped(FEW_BYTES),
    'a record that failed has no response: a TypeError': fails(
      'it is an UnknownError',
    ),
    'the first failure is the reason of all': skipped(
      'it is the first in the order of its database',
    ),
    'more bytes than downloadTotal: download-total-exceeded, at once': skipped(
      'only a record that is complete is counted',
    ),
    'no space for what comes: quota-exceeded, and backgroundfetchfail': skipped(
      'its storage is out of reach',
    ),
    'an abort wins over failures that there were': skipped(FEW_BYTES),
  },
  'update background fetch instances': {'*': skipped(FEW_BYTES)},
  'match() and matchAll()': {
    '*': skipped('the method counts, and Vary does not'),
  },
  'record objects': {'*': skipped(SETTLES_LATE)},
  'complete a record': {
    '*': skipped('its download service has rules of its own, and minutes'),
  },
  'requests with bodies': {
    '*': skipped('each waits for its download service'),
  },
  events: {
    'are not fired for what is unregistered': skipped(FEW_BYTES),
  },
  'event constructors': {
    'updateUI() of an event that a script makes rejects with an InvalidStateError':
      fails('it gives no promise'),
  },
  CORS: {'*': skipped('what needs a preflight is not sent')},
  'what Fetch refuses': {'*': skipped('fetch() itself refuses')},
};
