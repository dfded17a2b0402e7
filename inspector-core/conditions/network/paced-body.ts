import {createLosses} from '../link/losses.js';
import type {Lane, Seat} from '../link/lane.js';
import type {Pauses} from '../link/pauses.js';
import {createPieces} from '../link/pieces.js';
import type {NetworkProfile} from '../profile/profile.js';
import type {AttemptContext} from '../../seams/network.js';
import type {AttemptLife} from './attempt-life.js';
import type {AttemptRule} from './attempt-rule.js';
import {openSource, type ByteSource} from './byte-source.js';
import {randomOf} from './random-of.js';
import {shapeBody, type Pacer} from './shape-body.js';
import {extentOf, type Extent} from './shape-head.js';
import type {World} from './world.js';

/** The body of an attempt: when its bytes may come, and how many. */
export class PacedBody implements Pacer {
  readonly #world: World;
  readonly #context: AttemptContext;
  readonly #life: AttemptLife;
  readonly #rule: AttemptRule;
  #pauses: readonly Pauses[];
  /** Those of them that the rule brought. */
  readonly #rulePauses: readonly Pauses[];
  #isTruncated = false;
  #hasEnded = false;
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
    context: AttemptContext,
    life: AttemptLife,
    rule: AttemptRule,
    {loss}: NetworkProfile,
  ) {
    this.#world = world;
    this.#context = context;
    this.#life = life;
    this.#rule = rule;
    const {effect} = rule;
    const losses =
      loss === undefined
        ? []
        : [createLosses(loss, randomOf(world, context, 'loss'))];
    const pieces =
      effect?.type === 'slice'
        ? [createPieces(effect, randomOf(world, context, 'slice'))]
        : [];
    this.#pauses = [...losses, ...pieces];
    this.#rulePauses = effect?.type === 'throttle' ? losses : pieces;
  }

  /** The head has come: its bytes go over this lane. */
  open(
    response: Response,
    lane: Lane,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.#extent = this.#measure(response);
    this.#boundary = this.#rule.boundaryIn(this.#extent);
    const seat = lane.join();
    this.#seat = seat;
    this.#report();
    const source = openSource(response.body ?? emptyStream());
    this.#source = source;
    const {cutSignal, overSignal} = this.#life;
    overSignal.addEventListener('abort', () => {
      seat.leave();
    });
    return shapeBody(source, this, (fail) => {
      cutSignal.addEventListener('abort', () => {
        if (!this.#hasEnded) fail(cutSignal.reason);
        source.cancel(cutSignal.reason);
      });
    });
  }

  /** It ends early, as if that were all. */
  truncate(): void {
    this.#isTruncated = true;
    // A read that is under way ends.
    this.#source?.cancel('truncated');
  }

  /** The rule is gone. */
  release(): void {
    this.#boundary = Infinity;
    this.#pauses = this.#pauses.filter(
      (pauses) => !this.#rulePauses.includes(pauses),
    );
  }

  async allow(): Promise<number> {
    for (;;) {
      await this.#rule.settle();
      if (this.#isTruncated) return this.#conclude();
      if (this.#position >= this.#boundary) {
        this.#boundary = Infinity;
        this.#rule.fire();
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
      const isOfRule = this.#rulePauses.includes(due);
      await (isOfRule ? this.#rule : this.#life).sleep(due.pass());
    }
  }

  async pass(count: number): Promise<boolean> {
    const seat = this.#seat;
    // Where the link has become slower since they were asked for, they are more
    // than one piece, and other streams have their turn between.
    for (let left = count; left > 0 && !this.#isTruncated;) {
      const {slice = Infinity} = seat ?? {};
      const piece = Math.min(left, slice);
      if (slice !== Infinity) await seat?.take(piece);
      await this.#rule.settle();
      left -= piece;
    }
    if (this.#isTruncated) this.#conclude();
    return !this.#isTruncated;
  }

  passed(count: number): void {
    this.#position += count;
    this.#report();
  }

  async end(): Promise<void> {
    await this.#rule.settle();
    if (!this.#isTruncated) await this.#rule.reach('end');
    this.#conclude();
  }

  cancel(reason: unknown): void {
    this.#hasEnded = true;
    this.#life.cut(reason);
  }

  #conclude(): 0 {
    this.#hasEnded = true;
    this.#life.end();
    return 0;
  }

  #measure(response: Response): Extent {
    const {received, records, downloadTotal} = this.#context;
    const extent = extentOf(response, received);
    const isKnown = extent.total !== undefined;
    return isKnown || records > 1 || downloadTotal === 0
      ? extent
      : {...extent, total: downloadTotal};
  }

  #report(): void {
    const {base, total} = this.#extent;
    const here = base + this.#position;
    this.#mark =
      this.#position + this.#world.progress(this.#context, here, total);
  }
}

function emptyStream(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.close();
    },
  });
}
