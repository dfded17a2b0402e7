import {createLink, type Link} from '../link/link.js';
import type {NetworkProfile} from '../profile/profile.js';
import type {AttemptContext, Network} from '../../seams/network.js';
import {AttemptLife} from './attempt-life.js';
import {AttemptRule} from './attempt-rule.js';
import {networkError} from './network-error.js';
import {PacedBody} from './paced-body.js';
import {randomOf} from './random-of.js';
import {redirect} from './redirect.js';
import {hasBody, makeResponse, shapeHead} from './shape-head.js';
import type {Runner, World} from './world.js';

/** Redirects after which `fetch()` gives up. */
const MAX_REDIRECTS = 20;

/** One HTTP exchange under conditions. */
export class Attempt implements Runner {
  readonly #world: World;
  readonly #network: Network;
  readonly #request: Request;
  readonly #context: AttemptContext;
  readonly #life: AttemptLife;
  readonly #rule: AttemptRule;
  readonly #profile: NetworkProfile;
  readonly #link: Link;
  readonly #body: PacedBody;

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
    const life = new AttemptLife(world.clock);
    this.#life = life;
    // First: a schedule may begin with it.
    const leave = world.enter(this);
    life.overSignal.addEventListener('abort', leave);
    const {fetchId, record, attempt} = context;
    const found = world.find({
      isCall: false,
      requests: [request],
      fetchId,
      record,
      attempt,
    });
    this.#rule = new AttemptRule(found, world, context, life, () => {
      this.#body.truncate();
    });
    const {effect} = this.#rule;
    this.#profile =
      effect?.type === 'throttle' ? {name: 'A rule', ...effect} : world.profile;
    this.#link =
      effect?.type === 'throttle'
        ? createLink(world.clock, this.#profile)
        : world.linkOf(fetchId);
    this.#body = new PacedBody(world, context, life, this.#rule, this.#profile);
  }

  /** As `fetch()`. */
  async exchange(): Promise<Response> {
    const {signal} = this.#request;
    const {cutSignal, overSignal} = this.#life;
    const relay = (): void => {
      this.cut(signal.reason);
    };
    signal.addEventListener('abort', relay, {signal: overSignal});
    if (signal.aborted) relay();
    try {
      return await this.#exchange();
    } catch (error) {
      this.#life.end();
      // When it was cut, what came of that is not the reason.
      throw cutSignal.aborted ? cutSignal.reason : error;
    }
  }

  cut(error: unknown): void {
    this.#life.cut(error);
  }

  review(): void {
    if (!this.#rule.review()) return;
    this.#body.release();
    if (this.#rule.effect?.type === 'throttle') {
      this.#world.adoptLink(this.#link);
    }
  }

  async #exchange(): Promise<Response> {
    this.#life.cutSignal.throwIfAborted();
    if (!this.#world.isOnline) throw networkError();
    this.#rule.start();
    await this.#rule.reach('request');
    const {effect} = this.#rule;
    if (effect?.type === 'redirect-loop') {
      for (let hop = 0; hop < MAX_REDIRECTS; hop += 1) await this.#latency(hop);
      throw networkError();
    }
    await this.#upload();
    if (effect?.type === 'redirect') await this.#latency(1);
    if (effect?.type === 'status' && this.#rule.isAt('request')) {
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
    const response = await this.#life.during(
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
    await this.#rule.reach('headers');
    // One that no script can make, as `redirect: 'manual'` gives it.
    if (response.status === 0) {
      this.#life.end();
      return response;
    }
    const tag = randomOf(this.#world, this.#context, 'etag');
    const head = shapeHead(response, this.#rule.firedEffect, () =>
      tag().toString(36).slice(2),
    );
    if (!hasBody(head.status)) {
      await response.body?.cancel();
      await this.#body.end();
      return makeResponse(real, null, head);
    }
    const body = this.#body.open(response, this.#link.download);
    return makeResponse(real, body, head);
  }

  async #makeRequest(): Promise<Request> {
    const signal = this.#life.cutSignal;
    const {effect, firedEffect} = this.#rule;
    if (effect?.type === 'redirect') {
      return redirect(this.#request, effect.to, {
        signal,
        hasBody: this.#context.uploadLength > 0,
      });
    }
    const request = new Request(this.#request, {signal});
    if (firedEffect?.type === 'refuse-range') {
      request.headers.delete('Range');
      request.headers.delete('If-Range');
    }
    return request;
  }

  async #upload(): Promise<void> {
    const {uploadLength, onUpload} = this.#context;
    if (uploadLength === 0) return;
    const seat = this.#link.upload.join();
    const leave = (): void => {
      seat.leave();
    };
    this.#life.cutSignal.addEventListener('abort', leave, {once: true});
    for (let left = uploadLength; left > 0;) {
      const count = Math.min(left, seat.slice);
      await seat.take(count);
      await this.#rule.settle();
      left -= count;
      onUpload?.(count);
    }
  }

  /** The time between a request and its response; of each redirect. */
  #latency(hop: number): Promise<void> {
    const {latency = 0, jitter = 0} = this.#profile;
    if (latency === 0) return Promise.resolve();
    const random = randomOf(this.#world, this.#context, `latency/${hop}`);
    const off = (2 * random() - 1) * jitter;
    const isOfRule = this.#rule.effect?.type === 'throttle';
    return (isOfRule ? this.#rule : this.#life).sleep(
      Math.max(0, latency + off),
    );
  }
}

const MADE_UP = {
  redirected: false,
  type: 'default',
  statusText: '',
} as const satisfies Partial<Response>;
