/**
 * One HTTP exchange under conditions. Longer than most: it is one flow, from the
 * request to the end of the body, and each step looks at the same few fields.
 */
import {createLink, shapeLink, type Link} from '../link/link.js';
import {createLosses} from '../link/losses.js';
import type {Pauses} from '../link/pauses.js';
import {createPieces} from '../link/pieces.js';
import type {Seat} from '../link/lane.js';
import type {NetworkProfile} from '../profile/profile.js';
import {triggerOf, type Effect, type Trigger} from '../rules/rule.js';
import type {AttemptContext, Network} from '../../seams/network.js';
import type {Random} from '../../seams/random.js';
import {openSource, type ByteSource} from './byte-source.js';
import {findBoundary} from './find-boundary.js';
import {redirect} from './redirect.js';
import {shapeBody, type Pacer} from './shape-body.js';
import {
  extentOf,
  hasBody,
  makeResponse,
  shapeHead,
  type Extent,
} from './shape-head.js';
import {InducedError} from '../../seams/verdict.js';
import {networkError} from './network-error.js';
import type {FoundRule, Runner, World} from './world.js';

/** Redirects after which `fetch()` gives up. */
const MAX_REDIRECTS = 20;

export class Attempt implements Pacer, Runner {
  readonly #world: World;
  readonly #network: Network;
  readonly #request: Request;
  readonly #context: AttemptContext;
  /** Until it is gone. */
  #rule: FoundRule | undefined;
  readonly #effect: Effect | undefined;
  readonly #trigger: Trigger | undefined;
  readonly #profile: NetworkProfile;
  readonly #link: Link;
  #pauses: readonly Pauses[];
  /** Those of them that its rule brought. */
  readonly #rulePauses: readonly Pauses[];
  /** Aborted with what the attempt ends with, when it is cut. */
  readonly #stop = new AbortController();
  /** Aborted when it is over, in whatever way. */
  readonly #over = new AbortController();
  readonly #leave: () => void;
  /** Its rule is gone: what that does ends, or does not come. */
  #release: () => void = () => {};
  readonly #released = new Promise<void>((resolve) => {
    this.#release = resolve;
  });
  #hasFired = false;
  #isTruncated = false;
  #hasEnded = false;
  /** Set while nothing may come. */
  #gate: Promise<void> | undefined;
  #extent: Extent = {base: 0, total: undefined};
  /** Bytes of the body that were given out. */
  #position = 0;
  /** The position at which the rule's effect comes. */
  #boundary = Infinity;
  /** The position at which the schedule may change. */
  #mark = Infinity;
  #seat: Seat | undefined;
  #source: ByteSource | undefined;

  constructor(
    world: World,
    network: Network,
    request: Request,
    context: AttemptContext,
  ) {
    this.#world = world;
    this.#network = network;
    this.#request = request;
    this.#context = context;
    // First: a schedule may begin with it.
    this.#leave = world.enter(this);
    const {fetchId, record, attempt} = context;
    this.#rule = world.find({
      isCall: false,
      requests: [request],
      fetchId,
      record,
      attempt,
    });
    const rule = this.#rule?.rule;
    this.#effect = rule?.effect;
    this.#trigger = rule === undefined ? undefined : triggerOf(rule);
    const effect = this.#effect;
    this.#profile =
      effect?.type === 'throttle' ? {name: 'A rule', ...effect} : world.profile;
    this.#link =
      effect?.type === 'throttle'
        ? createLink(world.clock, this.#profile)
        : world.linkOf(fetchId);
    const {loss} = this.#profile;
    const losses =
      loss === undefined ? [] : [createLosses(loss, this.#random('loss'))];
    const pieces =
      effect?.type === 'slice'
        ? [createPieces(effect, this.#random('slice'))]
        : [];
    this.#pauses = [...losses, ...pieces];
    this.#rulePauses = effect?.type === 'throttle' ? losses : pieces;
  }

  /** As `fetch()`. */
  async exchange(): Promise<Response> {
    const {signal} = this.#request;
    const relay = (): void => {
      this.cut(signal.reason);
    };
    signal.addEventListener('abort', relay, {signal: this.#over.signal});
    if (signal.aborted) relay();
    try {
      return await this.#exchange();
    } catch (error) {
      this.#finish();
      // When it was cut, what came of that is not the reason.
      throw this.#stop.signal.aborted ? this.#stop.signal.reason : error;
    }
  }

  async #exchange(): Promise<Response> {
    this.#stop.signal.throwIfAborted();
    if (!this.#world.isOnline) throw networkError();
    if (this.#trigger?.at === 'time') void this.#fireAfter(this.#trigger.ms);
    await this.#reach('request');
    const effect = this.#effect;
    if (effect?.type === 'redirect-loop') {
      for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) await this.#latency(hop);
      throw networkError();
    }
    await this.#upload();
    if (effect?.type === 'redirect') await this.#latency(1);
    if (effect?.type === 'status' && this.#trigger?.at === 'request') {
      await this.#latency(0);
      const {url} = this.#request;
      return this.#answer(
        {...MADE_UP, url, status: effect.status},
        new Response(null, {status: effect.status}),
      );
    }
    const soonest = this.#latency(0);
    // It is awaited below, if the answer does not fail before.
    soonest.catch(() => {});
    const response = await this.#during(
      this.#network.fetch(await this.#makeRequest(), this.#context),
    );
    await soonest;
    const {url, type, status, statusText} = response;
    const redirected = response.redirected || effect?.type === 'redirect';
    return this.#answer({url, type, status, statusText, redirected}, response);
  }

  async #answer(
    real: Parameters<typeof makeResponse>[0],
    response: Response,
  ): Promise<Response> {
    await this.#reach('headers');
    // One that no script can make, as `redirect: 'manual'` gives it.
    if (response.status === 0) {
      this.#finish();
      return response;
    }
    const effect = this.#hasFired ? this.#effect : undefined;
    const tag = this.#random('etag');
    const head = shapeHead(response, effect, () => tag().toString(36).slice(2));
    if (!hasBody(head.status)) {
      await response.body?.cancel();
      await this.end();
      this.#finish();
      return makeResponse(real, null, head);
    }
    this.#extent = this.#measure(response);
    if (this.#trigger !== undefined && !this.#hasFired) {
      this.#boundary = findBoundary(this.#trigger, this.#extent);
    }
    this.#seat = this.#link.download.join();
    this.#report();
    const source = openSource(response.body ?? emptyStream());
    this.#source = source;
    const body = shapeBody(source, this, (fail) => {
      const {signal} = this.#stop;
      signal.addEventListener('abort', () => {
        if (!this.#hasEnded) fail(signal.reason);
      });
    });
    return makeResponse(real, body, head);
  }

  // The pacer of the body.

  async allow(): Promise<number> {
    for (;;) {
      await this.#settle();
      if (this.#isTruncated) return this.#conclude();
      if (this.#position >= this.#boundary) {
        this.#boundary = Infinity;
        this.#fire();
        continue;
      }
      const here = this.#position;
      const due = this.#pauses.find((pauses) => pauses.until(here) <= 0);
      if (due === undefined) {
        return Math.min(
          this.#seat?.slice ?? Infinity,
          this.#boundary - here,
          Math.max(1, this.#mark - here),
          ...this.#pauses.map((pauses) => pauses.until(here)),
        );
      }
      await this.#sleep(due.pass(), this.#rulePauses.includes(due));
    }
  }

  async pass(count: number): Promise<boolean> {
    const seat = this.#seat;
    if (seat !== undefined && seat.slice !== Infinity) await seat.take(count);
    await this.#settle();
    if (this.#isTruncated) this.#conclude();
    return !this.#isTruncated;
  }

  passed(count: number): void {
    this.#position += count;
    this.#report();
  }

  async end(): Promise<void> {
    await this.#settle();
    if (!this.#isTruncated) await this.#reach('end');
    this.#conclude();
  }

  cancel(reason: unknown): void {
    this.#hasEnded = true;
    this.cut(reason);
  }

  // What it is told while it runs.

  cut(error: unknown): void {
    if (this.#over.signal.aborted) return;
    this.#stop.abort(error);
    this.#source?.cancel(error);
    this.#finish();
  }

  review(): void {
    if (this.#rule?.holds() !== false) return;
    this.#rule = undefined;
    this.#boundary = Infinity;
    this.#pauses = this.#pauses.filter(
      (pauses) => !this.#rulePauses.includes(pauses),
    );
    if (this.#effect?.type === 'throttle') {
      shapeLink(this.#link, this.#world.profile);
    }
    this.#release();
  }

  // What rules do.

  /** Has the effect come that is due here, and waits while nothing may come. */
  async #reach(at: Trigger['at']): Promise<void> {
    if (this.#trigger?.at === at) this.#fire();
    await this.#settle();
  }

  async #settle(): Promise<void> {
    if (this.#gate !== undefined) await this.#gate;
    this.#stop.signal.throwIfAborted();
  }

  async #fireAfter(ms: number): Promise<void> {
    const {clock} = this.#world;
    try {
      await clock.sleepUntil(clock.now() + ms, this.#over.signal);
    } catch {
      // It was over before.
      return;
    }
    this.#fire();
  }

  #fire(): void {
    const effect = this.#effect;
    const rule = this.#rule;
    if (this.#hasFired || effect === undefined || rule === undefined) return;
    this.#hasFired = true;
    rule.fire();
    switch (effect.type) {
      case 'fail':
        this.cut(new InducedError({type: 'fail', reason: effect.reason}));
        return;
      case 'worker-killed':
      case 'browser-restarted':
        this.cut(new InducedError({type: effect.type}));
        return;
      case 'network-error':
      case 'drop':
        this.cut(networkError());
        return;
      case 'stall':
        this.#gate = this.#stall(effect);
        // Whoever waits for it is told; maybe nobody does.
        this.#gate.catch(() => {});
        return;
      case 'truncate':
        this.#isTruncated = true;
        // A read that is under way ends.
        this.#source?.cancel('truncated');
        return;
      case 'offline':
        this.#world.goOffline(effect.ms);
        return;
      case 'quota-exceeded':
      case 'storage-error':
        this.#world.failStorage(this.#context, effect.type);
        return;
      default:
      // What changes the request, the head or the link is looked at there.
    }
  }

  async #stall({ms, next}: Extract<Effect, {type: 'stall'}>): Promise<void> {
    await this.#sleep(ms ?? Infinity, true);
    this.#gate = undefined;
    if (next === 'drop' && this.#rule !== undefined) this.cut(networkError());
  }

  async #makeRequest(): Promise<Request> {
    const {signal} = this.#stop;
    if (this.#effect?.type === 'redirect') {
      return redirect(this.#request, this.#effect.to, {
        signal,
        hasBody: this.#context.uploadLength > 0,
      });
    }
    const request = new Request(this.#request, {signal});
    if (this.#effect?.type === 'refuse-range' && this.#hasFired) {
      request.headers.delete('Range');
      request.headers.delete('If-Range');
    }
    return request;
  }

  #measure(response: Response): Extent {
    const {received, records, downloadTotal} = this.#context;
    const extent = extentOf(response, received);
    const isKnown = extent.total !== undefined;
    return isKnown || records > 1 || downloadTotal === 0
      ? extent
      : {...extent, total: downloadTotal};
  }

  // What the link does.

  async #upload(): Promise<void> {
    const {uploadLength, onUpload} = this.#context;
    if (uploadLength === 0) return;
    const seat = this.#link.upload.join();
    const leave = (): void => {
      seat.leave();
    };
    this.#stop.signal.addEventListener('abort', leave, {once: true});
    for (let left = uploadLength; left > 0;) {
      const count = Math.min(left, seat.slice);
      await seat.take(count);
      await this.#settle();
      left -= count;
      onUpload?.(count);
    }
  }

  /** The time between a request and its response; of each redirect. */
  #latency(hop: number): Promise<void> {
    const {latency = 0, jitter = 0} = this.#profile;
    if (latency === 0) return Promise.resolve();
    const off = (2 * this.#random(`latency/${hop}`)() - 1) * jitter;
    const isOfRule = this.#effect?.type === 'throttle';
    return this.#sleep(Math.max(0, latency + off), isOfRule);
  }

  #report(): void {
    const {base, total} = this.#extent;
    const here = base + this.#position;
    this.#mark =
      this.#position + this.#world.progress(this.#context, here, total);
  }

  // How it ends.

  #conclude(): 0 {
    this.#hasEnded = true;
    this.#finish();
    return 0;
  }

  #finish(): void {
    this.#over.abort();
    this.#seat?.leave();
    this.#leave();
  }

  /** @param isOfRule whether it ends when the rule is gone */
  async #sleep(ms: number, isOfRule = false): Promise<void> {
    const {clock} = this.#world;
    const {signal} = this.#stop;
    const slept =
      ms === Infinity
        ? whenAborted(signal)
        : clock.sleepUntil(clock.now() + ms, signal);
    await (isOfRule ? Promise.race([slept, this.#released]) : slept);
  }

  /** What something gives, unless the attempt is cut before. */
  #during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, whenAborted(this.#stop.signal)]);
  }

  /** Numbers of this attempt alone, for one purpose. */
  #random(purpose: string): Random {
    const {fetchId, record, attempt} = this.#context;
    return this.#world.dice.stream(
      `${purpose}/${attempt}/${record}/${fetchId}`,
    );
  }
}

const MADE_UP = {
  redirected: false,
  type: 'default',
  statusText: '',
} as const satisfies Partial<Response>;

function emptyStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.close();
    },
  });
}

/** Rejects with the signal's reason when it aborts. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, {once: true});
  });
}
