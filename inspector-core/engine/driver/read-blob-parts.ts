import {describeResponse} from '../algorithms/response-head.js';
import type {Clock} from '../../seams/clock.js';
import type {Network} from '../../seams/network.js';
import type {StoredRequest} from '../storage/fetch-storage.js';
import {isPartOf, type BlobParts, type BlobPlan} from './blob-parts.js';
import {restoreRequest} from './make-request.js';
import {overNetwork} from './network-failure.js';
import {weighBlob} from './weigh-blob.js';

export interface BlobReading {
  readonly route: BlobParts;
  readonly plan: BlobPlan;
  readonly request: StoredRequest;
  /** Of the first byte that is not there. */
  readonly position: number;
  readonly network: Network;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Takes parts in their order; each resolves when it has been stored. */
  readonly take: (blob: Blob) => Promise<void>;
}

/** So much slower than what let it begin may it become, before it ends. */
const PATIENCE = 8;

/**
 * Reads the rest of a body in parts. "refused": the server does not keep what
 * it promised; "slow": it has become too slow for large parts; "forbidden": they
 * are to be counted from now on. Rejects as `fetch()` does.
 */
export async function readBlobParts({
  route,
  plan,
  request,
  position,
  network,
  clock,
  signal,
  take,
}: BlobReading): Promise<'done' | 'refused' | 'slow' | 'forbidden'> {
  const ended = new AbortController();
  const end = (): void => {
    ended.abort(signal.reason);
  };
  signal.addEventListener('abort', end);
  const state = {isForbidden: false};
  route.watch(() => {
    if (route.isAllowed(request)) return;
    state.isForbidden = true;
    end();
  }, ended.signal);
  const ask = async (from: number, to: number): Promise<Blob | undefined> => {
    const response = await overNetwork(
      network.fetch(makePartRequest(request, plan, from, to, ended.signal)),
    );
    if (!isPartOf(plan, describeResponse(response), from, to)) return undefined;
    const blob = await overNetwork(response.blob());
    return blob.size === to - from ? blob : undefined;
  };
  const ahead: Promise<Blob | undefined>[] = [];
  let next = position;
  let asked = 0;
  let held = 0;
  const askAhead = (): void => {
    while (!ended.signal.aborted && asked < route.parallel) {
      const from = next;
      const size = route.nextPart(plan.complete - from);
      if (size === 0 || (held > 0 && held + size > route.held)) return;
      next += size;
      held += size;
      asked += 1;
      const asking = ask(from, next);
      asking.then(
        (blob) => {
          asked -= 1;
          if (blob !== undefined) askAhead();
        },
        // Another part may fail first.
        () => {},
      );
      ahead.push(asking);
    }
  };
  const limit = (PATIENCE * route.largestPart) / route.slowest;
  try {
    askAhead();
    let since = clock.now();
    while (ahead.length > 0 || next < plan.complete) {
      const blob = await ahead.shift();
      signal.throwIfAborted();
      // No more is asked for once they are forbidden: none may be ahead.
      if (blob === undefined)
        return state.isForbidden ? 'forbidden' : 'refused';
      const stored = take(blob).then(() => {
        held -= blob.size;
        askAhead();
        // Not sooner: what is dropped now need not wait for the collector.
        weighBlob(blob);
      });
      const isSlow = clock.now() - since > limit;
      if (isSlow && (ahead.length > 0 || next < plan.complete)) return 'slow';
      // Those in flight are all being stored: then there is one to ask for.
      if (ahead.length === 0) await stored;
      since = clock.now();
    }
    signal.throwIfAborted();
    return 'done';
  } catch (error) {
    if (state.isForbidden && !signal.aborted) return 'forbidden';
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    // Closes the connections of parts that nobody waits for any more.
    end();
  }
}

function makePartRequest(
  stored: StoredRequest,
  {ifRange}: BlobPlan,
  from: number,
  to: number,
  signal: AbortSignal,
): Request {
  const request = restoreRequest(stored, {
    signal,
    // Of one file, the browser's cache lets one request through at a time.
    cache: stored.cache === 'default' ? 'no-store' : stored.cache,
  });
  request.headers.set('Range', `bytes=${from}-${to - 1}`);
  if (ifRange !== undefined) request.headers.set('If-Range', ifRange);
  return request;
}
