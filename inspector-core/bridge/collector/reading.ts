import {
  LIMITS,
  parseBatch,
  type ParsedBatch,
  type RealmId,
  type Source,
} from '../../protocol/protocol.js';
import {isSameSource} from './admission.js';
import {LinkEndedError, type AgentProxy} from './agent-proxy.js';
import type {KnownRealm} from './known-realms.js';
import {letOthersGoFirst} from './let-others-go-first.js';
import type {Link} from './link.js';

/** Useless answers in a row after which a realm is not asked again. */
const PATIENCE = 16;

/**
 * Milliseconds that one batch may take. Each batch is a task of its own, so
 * this is what leaves room for a frame between two.
 */
const TASK = {long: 4, short: 1.5};

const BUDGET = {first: 512, least: 16};

interface Asked {
  readonly after: number;
  readonly reply: Promise<unknown>;
}

interface Arrived {
  readonly after: number;
  readonly reply: unknown;
}

/**
 * Where a reply that is not parsed yet will have taken us, if it is sound: each
 * of its entries counts one, good or bad.
 */
function expectedEnd(reply: unknown, after: number): number {
  const read = (key: string): unknown =>
    typeof reply === 'object' && reply !== null
      ? Reflect.get(reply, key)
      : undefined;
  const entries = read('entries');
  const end =
    after +
    Number(read('missed')) +
    (Array.isArray(entries) ? entries.length : 0);
  return Number.isSafeInteger(end) && end >= after ? end : after;
}

/** What becomes of what is read. */
export interface ReadingHost {
  /** The realm of a first batch; undefined if it is refused. */
  claim(source: Source, link: Link): KnownRealm | undefined;
  /**
   * Appends what a batch brought that was read after a number; false if it
   * brought nothing.
   */
  take(realm: KnownRealm, parsed: ParsedBatch, after: number): boolean;
  /** Counts something that is dropped. */
  refuse(realm: RealmId, message: string): void;
  /** The link has ended. */
  close(realm: KnownRealm, link: Link): void;
}

/** The reading of one link, from its first batch to its end. */
export class Reading {
  readonly #host: ReadingHost;
  readonly #link: Link;
  readonly #agent: AgentProxy;
  #realm: KnownRealm | undefined;
  /** The newest answer, until it has its turn. */
  #arrived: Arrived | undefined;
  #budget = BUDGET.first;
  #useless = 0;
  /** The last batch was large enough to be felt. */
  #isBusy = false;

  constructor(host: ReadingHost, link: Link, agent: AgentProxy) {
    this.#host = host;
    this.#link = link;
    this.#agent = agent;
  }

  /** Who is read, once it has said so. */
  get source(): Source | undefined {
    return this.#realm?.source;
  }

  async run(): Promise<void> {
    this.#link.onFarewell?.((batch) => this.#takeFarewell(batch));
    let next = this.#ask(0);
    // What has arrived when the link ends is taken; the next question is not.
    while (this.#useless < PATIENCE) {
      const asked: Asked = next;
      try {
        const reply = await asked.reply;
        // The realm packs the next batch while we read this one.
        const after = expectedEnd(reply, asked.after);
        if (this.#realm !== undefined) next = this.#ask(after);
        this.#takeArrived();
      } catch (error) {
        if (error instanceof LinkEndedError) break;
        this.#skip(String(error));
      }
      if (this.#isBusy) await letOthersGoFirst();
      const last = this.#realm?.last ?? 0;
      if (next === asked || next.after !== last) next = this.#ask(last);
    }
    if (this.#realm === undefined) return;
    if (this.#useless >= PATIENCE) {
      this.#refuse('It gave nothing but useless answers, and is read no more');
    }
    this.#host.close(this.#realm, this.#link);
  }

  #ask(after: number): Asked {
    // Who it is decides where to go on, so the first answer is a small one.
    const budget = this.#realm === undefined ? 1 : this.#budget;
    const reply = this.#agent.read(after, budget);
    // Awaited a turn later, or never if a newer one takes its place.
    reply.then(
      (arrived) => {
        this.#arrived = {after, reply: arrived};
      },
      () => undefined,
    );
    return {after, reply};
  }

  #takeArrived(): void {
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived !== undefined) this.#take(arrived.reply, arrived.after);
  }

  /** What a realm that ends still had to say, after all that it has said. */
  #takeFarewell(input: unknown): void {
    this.#takeArrived();
    const parsed = parseBatch(input);
    if (!parsed.ok) {
      this.#refuse('A farewell that cannot be read');
      return;
    }
    const {source} = parsed.value.batch;
    // It may go before it was read at all.
    this.#realm ??= this.#host.claim(source, this.#link);
    const realm = this.#realm;
    if (realm === undefined) return;
    if (!isSameSource(realm.source, source)) {
      this.#refuse('It claims to be another realm than before');
      return;
    }
    this.#host.take(realm, parsed.value, 0);
  }

  #take(reply: unknown, after: number): void {
    const began = performance.now();
    const parsed = parseBatch(reply);
    if (!parsed.ok) {
      const {where, message} = parsed.refusal;
      this.#refuse(`${where}: ${message}`);
      return;
    }
    const {source} = parsed.value.batch;
    if (this.#realm === undefined) {
      this.#realm = this.#host.claim(source, this.#link);
      if (this.#realm === undefined) this.#useless = PATIENCE;
      // A realm that was read before goes on where it was.
      if (this.#realm === undefined || this.#realm.last > 0) return;
    } else if (!isSameSource(this.#realm.source, source)) {
      this.#refuse('It claims to be another realm than before');
      return;
    }
    // A farewell came in between: what follows it is asked for anew.
    if (after !== this.#realm.last) return;
    const useful = this.#host.take(this.#realm, parsed.value, after);
    this.#useless = useful ? 0 : this.#useless + 1;
    this.#adapt(performance.now() - began, parsed.value.batch.entries.length);
  }

  /** The realm could not send: asks for less, and in the end goes past it. */
  #skip(message: string): void {
    this.#useless += 1;
    if (this.#budget > 1 || this.#realm === undefined) {
      this.#budget = 1;
      return;
    }
    this.#realm.last += 1;
    this.#host.refuse(
      this.#realm.source.realm,
      `An entry could not be sent: ${message}`,
    );
    this.#budget = BUDGET.least;
  }

  #refuse(message: string): void {
    this.#useless += 1;
    const realm = this.#realm?.source.realm ?? this.#link.realm ?? '';
    this.#host.refuse(realm, message);
  }

  #adapt(took: number, entries: number): void {
    this.#isBusy = took > TASK.short;
    if (took > TASK.long) {
      this.#budget = Math.max(BUDGET.least, this.#budget >> 1);
    } else if (took < TASK.short && entries * 2 > this.#budget) {
      this.#budget = Math.min(LIMITS.batch, this.#budget * 2);
    }
  }
}
