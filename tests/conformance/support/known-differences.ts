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
const REFUSES = 'fetch() itself rejects';
const NO_PREFLIGHT = 'what needs a preflight is not sent';
const TAKES_RESUMES = 'its download service takes it for all there is';
const ENDS_BROWSER = 'Chromium itself ends in the midst of them';
const SETTLES_LATE = 'responseReady settles when the record is complete';

/**
 * Where Chromium 156 does not follow the specification, by suite and test; `*` is
 * all of a suite, where the browser does not live to its end. The list stays true: an entry whose test passes natively fails.
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
  'update background fetch instances': {
    'progress is a plain event on the registration': skipped(FEW_BYTES),
    'onprogress is called with the event, on the registration':
      skipped(FEW_BYTES),
    'bytes of all records are added up': skipped(FEW_BYTES),
    'the worker’s object shows it, too': skipped(FEW_BYTES),
    'another page’s object shows it, too': skipped(FEW_BYTES),
  },
  'match() and matchAll()': {'*': skipped(ENDS_BROWSER)},
  'record objects': {
    'request is what was asked for': fails('mode and credentials are others'),
    'the body is a live stream': skipped(SETTLES_LATE),
    'the body has every byte, in order': skipped(SETTLES_LATE),
    'each match() has a body of its own, from the first byte':
      skipped(SETTLES_LATE),
    'the headers of a response cannot be changed, nor those of its clone':
      skipped(SETTLES_LATE),
    'the response has status, URL and headers as fetched':
      skipped(SETTLES_LATE),
    'Content-Length and Content-Range are left out': skipped(SETTLES_LATE),
    'a redirected response tells its last URL': skipped(SETTLES_LATE),
    'responseReady of a record that fails before its headers rejects with a TypeError':
      skipped(SETTLES_LATE),
    'a body that is read when its record starts over fails with a TypeError':
      skipped(SETTLES_LATE),
  },
  'complete a record': {
    'the parts of a body are put together in order': skipped(FEW_BYTES),
    'after a 206 the first response’s status and headers stay':
      skipped(FEW_BYTES),
    'a resume that is answered by a bad status ends as bad-status':
      fails(TAKES_RESUMES),
    'a 206 with another ETag is a fetch-error': fails(TAKES_RESUMES),
    'a 206 without the ETag that there was is a fetch-error':
      fails(TAKES_RESUMES),
    'a 206 with another Last-Modified is a fetch-error': fails(TAKES_RESUMES),
    'a 206 that begins at another byte is a fetch-error': fails(TAKES_RESUMES),
    'a 206 whose Content-Range cannot be read is a fetch-error':
      fails(TAKES_RESUMES),
    'a 206 that nobody asked for is a fetch-error if it does not': skipped(
      'it is asked for again, for minutes',
    ),
    'a 206 that is not all asks for the rest': skipped(
      'it is asked for again, for minutes',
    ),
    'a 206 of another length than the 206 before is a fetch-error':
      fails(TAKES_RESUMES),
    'a POST that breaks off is a fetch-error, and not sent again':
      fails(TAKES_RESUMES),
  },
  'requests with bodies': {'*': skipped(ENDS_BROWSER)},
  events: {
    'are not fired for what is unregistered': skipped(FEW_BYTES),
  },
  'event constructors': {
    'updateUI() of an event that a script makes rejects with an InvalidStateError':
      fails('it gives no promise'),
  },
  CORS: {
    'cookies go to the same origin, unless omitted': fails(
      'they go with all requests',
    ),
    'a request that is not simple is preflighted, and sent if allowed':
      fails(NO_PREFLIGHT),
    'a request whose preflight is refused is a fetch-error, and not sent':
      fails(NO_PREFLIGHT),
    'the response is of type cors, and shows safelisted and exposed headers alone':
      skipped(SETTLES_LATE),
    'mode same-origin to another origin is a fetch-error': fails(
      'the mode does not count',
    ),
  },
  'what Fetch refuses': {
    'a redirect in mode error is a fetch-error': fails('it is followed'),
    'redirects without an end are a fetch-error': skipped(
      'it is asked for again, for minutes',
    ),
    'a blocked port is a fetch-error, and does not reject fetch()':
      fails(REFUSES),
    'an unknown scheme is a fetch-error, and does not reject fetch()':
      fails(REFUSES),
    'an unreachable server is a fetch-error, and does not reject fetch()':
      fails(REFUSES),
    'a URL with dangling markup is a fetch-error': fails(REFUSES),
    'what the page’s Content Security Policy forbids is a fetch-error':
      fails(REFUSES),
    'a body that its integrity does not fit is a fetch-error': fails(
      'the integrity does not count',
    ),
    'an aborted signal of the caller’s request does not matter later':
      skipped(SETTLES_LATE),
    'a data URL is fetched as Fetch does': fails(REFUSES),
  },
};
