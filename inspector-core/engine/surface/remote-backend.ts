import type {Snapshot} from '../algorithms/update-an-instance.js';
import {
  isNoWorkerError,
  makeBodyError,
  makeNoWorkerError,
  STOPPED,
} from '../registration/errors.js';
import {readTogether} from '../registration/read-together.js';
import type {FetchInput} from '../registration/store-a-fetch.js';
import type {Profile} from '../profile/profile.js';
import {SPEC} from '../profile/spec.js';
import type {Clock} from '../../seams/clock.js';
import {within} from '../../seams/within.js';
import {askWorker, hasWorker, whenReplaced, type Asked} from './ask-worker.js';
import type {Backend, RegistrationDescription, Watched} from './backend.js';
import type {FindForbiddenUrls} from './find-forbidden-urls.js';
import {
  markCall,
  readAnswer,
  RESULT_SEEN,
  type Answer,
  type Forwarded,
  type PageCall,
  type SentInput,
  type WatchMessage,
} from './page-messages.js';

/**
 * How often a page says that it still watches: it keeps the worker alive, starts
 * it again if it was killed, and then hears from it as before.
 */
const WATCH_INTERVAL_MS = 10_000;

/** How long a call of the browser's own waits for a worker without the engine. */
const JUDGE_MS = 5_000;

/** Done twice, these could do what nobody asked for. */
const CHANGING: readonly PageCall['method'][] = [
  'fetch',
  // It counts calls.
  'judge',
  'abort',
  'control',
  'drop',
  'release',
];

type Brought<M extends Forwarded> = Awaited<ReturnType<Backend[M]>>;

/** The engine in a registration's worker, as a page uses it. */
export function createRemoteBackend(
  registration: ServiceWorkerRegistration,
  clock: Clock,
  findForbiddenUrls: FindForbiddenUrls = async () => new Set(),
  profile: Profile = SPEC,
): Backend {
  let dropped = new AbortController();
  const call = async <T>(message: PageCall): Promise<T> => {
    const {active} = registration;
    if (active === null) throw makeNoWorkerError();
    const {method} = message;
    // What changes nothing is asked again, of the worker that there is now.
    const canRepeat = !CHANGING.includes(method);
    const asked = await askWorker(
      registration,
      active,
      message,
      clock,
      canRepeat,
    );
    if (typeof asked === 'object') return readAnswer(asked) as T;
    if (canRepeat && asked === 'lost' && hasWorker(registration)) {
      return call(message);
    }
    throw makeLostError(method, SENTENCES[asked]);
  };
  /** A method of the worker's backend. */
  const passing =
    <M extends Forwarded>(method: M) =>
    (...args: Parameters<Backend[M]>): Promise<Brought<M>> =>
      call({method, args} as PageCall);
  /** The same; without a worker, there is nothing. */
  const asking = <M extends Forwarded>(method: M, nothing: Brought<M>) => {
    const pass = passing(method);
    return async (...args: Parameters<Backend[M]>): Promise<Brought<M>> => {
      try {
        return registration.active === null ? nothing : await pass(...args);
      } catch (error) {
        if (hasWorker(registration)) throw error;
        return nothing;
      }
    };
  };
  const judge = asking('judge', undefined);
  const drop = passing('drop');
  const revive = passing('revive');
  const release = passing('release');

  return {
    profile,
    hasActiveWorker: () => registration.active !== null,
    async fetch(id, inputs, options) {
      // Now: what follows takes a while, in which a worker may become active.
      if (registration.active === null) throw makeNoWorkerError();
      const urls = inputs.map(({request}) => request.url);
      const [sent, forbidden] = await Promise.all([
        readBodies(inputs),
        findForbiddenUrls(urls),
      ]);
      const [refused] = forbidden;
      if (refused !== undefined && profile.surface.refusesForbidden) {
        throw new TypeError(
          `Refused to fetch '${refused}' because it violates the Content Security Policy.`,
        );
      }
      const checked = sent.map(({request, body}) => ({
        request: forbidden.has(request.url)
          ? {...request, blockedBy: 'csp' as const}
          : request,
        body,
      }));
      const wanted: PageCall = {method: 'fetch', args: [id, checked, options]};
      const fetch = await call<RegistrationDescription>(wanted).catch(
        async (error: unknown) => {
          const isMistaken =
            isNoWorkerError(error) && (await isRegistered(registration));
          if (!isMistaken) throw error;
          await revive();
          return call<RegistrationDescription>(wanted);
        },
      );
      // Watched is what comes now; what there was before has been let go.
      if (dropped.signal.aborted) dropped = new AbortController();
      return fetch;
    },
    judge: (wanted) =>
      within(clock, JUDGE_MS, judge(wanted), () => {
        throw new DOMException('The worker is silent.', 'TimeoutError');
      }),
    get: asking('get', undefined),
    getIds: asking('getIds', []),
    describe: passing('describe'),
    control: passing('control'),
    conditions: asking('conditions', undefined),
    abort: asking('abort', false),
    async drop() {
      dropped.abort();
      // Who controls no page is stopped together with its registration.
      if (hasWorker(registration)) await drop();
    },
    revive,
    match: passing('match'),
    open: passing('open'),
    read: passing('read'),
    release(hold) {
      // If there is no worker any more, nothing is held any more.
      release(hold).catch(() => {});
    },
    watch(fetch, onChange) {
      void watch(registration, clock, fetch, onChange, dropped.signal);
    },
  };
}

const SENTENCES = {
  lost: STOPPED,
  silent:
    'The service worker has not answered for a minute: it stands still, or did ' +
    'not load worker.js of Background Fetch Inspector first.',
} as const satisfies Record<Exclude<Asked, Answer>, string>;

/** Not so if it only still has a worker, because that controls pages. */
async function isRegistered({
  scope,
}: ServiceWorkerRegistration): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const found = await navigator.serviceWorker.getRegistration(scope);
  return found?.scope === scope;
}

function makeLostError(method: PageCall['method'], what: string): Error {
  // Errors of `fetch()` for want of anything better are TypeErrors.
  return method === 'fetch'
    ? new TypeError(`${what} Whether the fetch has begun, get() tells.`)
    : new DOMException(what, 'AbortError');
}

/**
 * Deviation: bodies are read before the checks that the worker makes, and as a
 * whole; not all browsers can send a stream.
 */
async function readBodies(
  inputs: readonly FetchInput[],
): Promise<readonly SentInput[]> {
  const blobs = await readTogether(
    inputs.map(({body}) => body),
    (body) => new Response(body).blob(),
    makeBodyError,
  );
  return inputs.map(({request}, index) => ({request, body: blobs[index]}));
}

async function watch(
  registration: ServiceWorkerRegistration,
  clock: Clock,
  {key, snapshot}: Watched,
  onChange: (snapshot: Snapshot) => void,
  dropped: AbortSignal,
): Promise<void> {
  let last = snapshot;
  const state = {isOver: false};
  const end = (): void => {
    if (state.isOver) return;
    state.isOver = true;
    onChange({...last, recordsAvailable: false});
  };
  while (!state.isOver) {
    if (dropped.aborted || !hasWorker(registration)) {
      end();
      return;
    }
    const {port1, port2} = new MessageChannel();
    port1.addEventListener('message', ({data}: MessageEvent<WatchMessage>) => {
      if (data === 'gone') {
        // It ended while no worker was there to tell how.
        end();
        return;
      }
      last = data;
      state.isOver = !data.recordsAvailable;
      onChange(data);
      if (data.result !== '') port1.postMessage(RESULT_SEEN);
    });
    port1.start();
    const message: PageCall = {method: 'watch', args: [key]};
    const {active} = registration;
    active?.postMessage(markCall(message), [port2]);
    const renewed = new AbortController();
    const signal = AbortSignal.any([dropped, renewed.signal]);
    const late = clock.sleepUntil(clock.now() + WATCH_INTERVAL_MS, signal);
    const replaced =
      active === null
        ? late
        : whenReplaced(registration, active, clock, signal);
    await Promise.race([late, replaced]).catch(() => {});
    renewed.abort();
    port1.close();
  }
}
