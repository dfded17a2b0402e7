import type {AttemptContext} from '../../seams/network.js';
import {InducedError} from '../../seams/verdict.js';
import {triggerOf, type Effect, type Trigger} from '../rules/rule.js';
import type {AttemptLife} from './attempt-life.js';
import {findBoundary} from './find-boundary.js';
import {networkError} from './network-error.js';
import type {Extent} from './shape-head.js';
import type {FoundRule, World} from './world.js';

/** The rule that an attempt is under: when its effect comes, and what it does. */
export class AttemptRule {
  /** What it does, or is to do, unless it is gone by then. */
  readonly effect: Effect | undefined;
  /** Until it is gone. */
  #found: FoundRule | undefined;
  readonly #trigger: Trigger | undefined;
  readonly #world: World;
  readonly #context: AttemptContext;
  readonly #life: AttemptLife;
  readonly #truncate: () => void;
  /** Aborted when it is gone, or the attempt over: its waits end. */
  readonly #ended = new AbortController();
  #hasFired = false;
  /** Set while nothing may come. */
  #gate: Promise<void> | undefined;

  /** @param truncate ends the body */
  constructor(
    found: FoundRule | undefined,
    world: World,
    context: AttemptContext,
    life: AttemptLife,
    truncate: () => void,
  ) {
    this.#found = found;
    this.effect = found?.rule.effect;
    this.#trigger = found && triggerOf(found.rule);
    this.#world = world;
    this.#context = context;
    this.#life = life;
    this.#truncate = truncate;
    life.overSignal.addEventListener('abort', () => {
      this.#ended.abort();
    });
  }

  /** What it has done. */
  get firedEffect(): Effect | undefined {
    return this.#hasFired ? this.effect : undefined;
  }

  /** Whether its effect comes by time, at the beginning or at the end. */
  isAt(at: Trigger['at']): boolean {
    return this.#trigger?.at === at;
  }

  /** The position in a body at which its effect is still to come. */
  boundaryIn(extent: Extent): number {
    return this.#trigger === undefined || this.#hasFired
      ? Infinity
      : findBoundary(this.#trigger, extent);
  }

  /** The attempt has begun. */
  start(): void {
    if (this.#trigger?.at === 'time') void this.#fireAfter(this.#trigger.ms);
  }

  /** Rules are others. Returns whether this one is gone with that. */
  review(): boolean {
    if (this.#found?.holds() !== false) return false;
    this.#found = undefined;
    this.#ended.abort();
    return true;
  }

  /** A wait that it brought. */
  async sleep(ms: number): Promise<void> {
    try {
      await this.#life.sleep(ms, this.#ended.signal);
    } catch {
      // It is gone, and what it held goes on.
      this.#life.cutSignal.throwIfAborted();
    }
  }

  /** Has the effect come that is due here, and waits while nothing may come. */
  async reach(at: Trigger['at']): Promise<void> {
    if (this.isAt(at)) this.fire();
    await this.settle();
  }

  async settle(): Promise<void> {
    if (this.#gate !== undefined) await this.#gate;
    this.#life.cutSignal.throwIfAborted();
  }

  fire(): void {
    const found = this.#found;
    const {effect} = this;
    if (this.#hasFired || effect === undefined || found === undefined) return;
    this.#hasFired = true;
    found.fire();
    switch (effect.type) {
      case 'fail':
        this.#life.cut(new InducedError({type: 'fail', reason: effect.reason}));
        return;
      case 'worker-killed':
      case 'browser-restarted':
        this.#life.cut(new InducedError({type: effect.type}));
        return;
      case 'network-error':
      case 'drop':
        this.#life.cut(networkError());
        return;
      case 'stall':
        this.#gate = this.#stall(effect);
        // Whoever waits for it is told; maybe nobody does.
        this.#gate.catch(() => {});
        return;
      case 'truncate':
        this.#truncate();
        return;
      case 'offline':
        this.#world.goOffline(effect.ms, found);
        return;
      case 'quota-exceeded':
      case 'storage-error':
        this.#world.failStorage(this.#context, effect.type, found);
        return;
      default:
      // What changes the request, the head or the link is looked at there.
    }
  }

  async #fireAfter(ms: number): Promise<void> {
    const {clock} = this.#world;
    try {
      await clock.sleepUntil(clock.now() + ms, this.#life.overSignal);
    } catch {
      // It was over before.
      return;
    }
    this.fire();
  }

  async #stall({ms, next}: Extract<Effect, {type: 'stall'}>): Promise<void> {
    await this.sleep(ms ?? Infinity);
    this.#gate = undefined;
    if (next === 'drop' && this.#found !== undefined) {
      this.#life.cut(networkError());
    }
  }
}
