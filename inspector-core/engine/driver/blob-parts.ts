import {extractContentRangeValues} from '../algorithms/extract-content-range-values.js';
import {getHeader, type ResponseHead} from '../algorithms/response-head.js';
import {haveSameValidators} from '../algorithms/validate-a-partial-response.js';
import {chooseIfRange} from '../core/resuming.js';
import type {Network} from '../../seams/network.js';
import type {StoredRequest} from '../storage/fetch-storage.js';

const MEBIBYTE = 2 ** 20;

export interface BlobPartsOptions {
  /** False for a request whose traffic is shaped or watched. */
  readonly isAllowed?: (request: StoredRequest) => boolean;
  /** Calls back when what is allowed may be another. */
  readonly watch?: (onChange: () => void, signal: AbortSignal) => void;
  /** Where parts come from, if not from where counted bytes do. */
  readonly network?: Network;
  /** Bytes of the smallest part, but for the last … */
  readonly smallestPart?: number;
  /** … and of the largest. */
  readonly largestPart?: number;
  /** Requests at a time. */
  readonly parallel?: number;
  /** Bytes that may be on their way from network to storage. */
  readonly held?: number;
  /** Bytes that must be left for it to be worth the while. */
  readonly smallest?: number;
  /** Bytes over which the speed is measured. */
  readonly sample?: number;
  /** Bytes a millisecond, below which counting is no slower. */
  readonly slowest?: number;
}

/**
 * The second way for a body to come: large parts, each asked for by a Range of
 * its own, that the browser moves from the network to storage without showing
 * them to a script. It is several times as fast as to count what comes, and of
 * use where the network is faster than the counting: so each body begins to be
 * counted, and goes over when it has come fast. One record at a time, because
 * the browser holds what is in flight.
 */
export class BlobParts {
  readonly isAllowed: (request: StoredRequest) => boolean;
  readonly watch: (onChange: () => void, signal: AbortSignal) => void;
  readonly network: Network | undefined;
  readonly largestPart: number;
  readonly parallel: number;
  readonly held: number;
  readonly smallest: number;
  readonly sample: number;
  readonly slowest: number;
  readonly #smallestPart: number;
  #isTaken = false;

  constructor({
    isAllowed = () => true,
    watch = () => {},
    network,
    // Each costs a request and a file; and those of a few MiB are held in memory
    // until they are collected.
    smallestPart = 16 * MEBIBYTE,
    largestPart = 48 * MEBIBYTE,
    parallel = 2,
    // Two that come, and two that are being stored.
    held = 192 * MEBIBYTE,
    smallest = 8 * MEBIBYTE,
    sample = MEBIBYTE,
    slowest = (64 * MEBIBYTE) / 1_000,
  }: BlobPartsOptions = {}) {
    this.isAllowed = isAllowed;
    this.watch = watch;
    this.network = network;
    this.#smallestPart = smallestPart;
    this.largestPart = largestPart;
    this.parallel = parallel;
    this.held = held;
    this.smallest = smallest;
    this.sample = sample;
    this.slowest = slowest;
  }

  /**
   * Bytes of the next part, if so many are left: few enough that some parts are
   * stored while others come, up to the end.
   */
  nextPart(rest: number): number {
    const size = Math.max(Math.ceil(rest / 4), this.#smallestPart);
    return Math.min(size, this.largestPart, rest);
  }

  /** Takes the one place there is, if it is free; gives what leaves it. */
  enter(): (() => void) | undefined {
    if (this.#isTaken) return undefined;
    this.#isTaken = true;
    return () => {
      this.#isTaken = false;
    };
  }
}

/** A body that can be asked for in parts. */
export interface BlobPlan {
  readonly head: ResponseHead;
  /** Where the response's own body begins … */
  readonly from: number;
  /** … and where that of the whole file ends. */
  readonly complete: number;
  readonly ifRange: string | undefined;
}

/** Undefined where anything is not as plain as it should be. */
export function planBlobParts(
  request: StoredRequest,
  rangeStart: number,
  head: ResponseHead,
): BlobPlan | undefined {
  const {method, integrity, cache, headers} = request;
  // Other modes ask of the browser's cache what is not to be asked part by part.
  const isPlain =
    method === 'GET' &&
    integrity === '' &&
    ['default', 'no-store', 'reload'].includes(cache) &&
    !headers.some(([name]) => /^(range|if-.*)$/i.test(name));
  // Behind a redirect, each request may come to another place.
  if (!isPlain || head.redirected || isEncoded(head)) return undefined;
  const etag = getHeader(head.headers, 'ETag');
  if (etag === undefined || etag.startsWith('W/')) return undefined;
  const complete = readLength(rangeStart, head);
  if (complete === undefined) return undefined;
  return {
    head,
    from: head.status === 206 ? rangeStart : 0,
    complete,
    ifRange: chooseIfRange(head),
  };
}

function readLength(
  rangeStart: number,
  head: ResponseHead,
): number | undefined {
  if (head.status === 206 && rangeStart > 0) {
    return extractContentRangeValues(head)?.complete;
  }
  const takesRanges = getHeader(head.headers, 'Accept-Ranges') === 'bytes';
  if (head.status !== 200 || !takesRanges) return undefined;
  const length = getHeader(head.headers, 'Content-Length') ?? '';
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/** Whether a response is exactly the part that was asked for, of the same file. */
export function isPartOf(
  plan: BlobPlan,
  head: ResponseHead,
  from: number,
  to: number,
): boolean {
  const range = extractContentRangeValues(head);
  return (
    head.status === 206 &&
    range?.first === from &&
    range.last === to - 1 &&
    range.complete === plan.complete &&
    head.type === plan.head.type &&
    !head.redirected &&
    !isEncoded(head) &&
    haveSameValidators(plan.head, head)
  );
}

function isEncoded(head: ResponseHead): boolean {
  return getHeader(head.headers, 'Content-Encoding') !== undefined;
}
