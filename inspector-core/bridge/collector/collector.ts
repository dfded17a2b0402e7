/** The inspector's side of the bridge: many realms in, one log out. */
import type {EventLog} from '../../log/log.js';
import {
  LIMITS,
  parseBatch,
  type CommandResult,
  type ParsedBatch,
  type RealmCommand,
  type RealmId,
  type Source,
} from '../../protocol/protocol.js';
import {isOwnFact, isSameSource, placeEntries} from './admission.js';
import {LinkEndedError, wrapAgent, type AgentProxy} from './agent-proxy.js';
import {letOthersGoFirst} from './let-others-go-first.js';
import {KnownRealms, type KnownRealm} from './known-realms.js';
import {closedBecause, type Link} from './link.js';
import type {OwnSource} from './own-source.js';
import {Refusals} from './refusals.js';

export interface CollectorOptions {
  readonly log: Pick<EventLog<unknown>, 'append'>;
  /** Tells what was refused or lost. */
  readonly panel: OwnSource;
  /** Tells which realms the browser ended. */
  readonly browser: OwnSource;
  /** A realm that came later could not do what every realm is asked. */
  readonly onRefused?: (refusal: RealmRefusal) => void;
}

/** What a realm said that could not do what it was asked. */
export interface RealmRefusal {
  readonly command: RealmCommand;
  /** Absent if it has not said yet who it is. */
  readonly realm: RealmId | undefined;
  readonly message: string;
}

/** Links that are read at the same time. */
const LINKS = 1_000;

/** Useless answers in a row after which a realm is not asked again. */
const PATIENCE = 16;

/**
 * Milliseconds that one batch may take. Each batch is a task of its own, so
 * this is what leaves room for a frame between two.
 */
const TASK = {long: 4, short: 1.5};

const BUDGET = {first: 512, least: 16};

/** Reads every realm that it is given a link to, for as long as the link holds. */
export class Collector {
  readonly #log: Pick<EventLog<unknown>, 'append'>;
  readonly #panel: OwnSource;
  readonly #browser: OwnSource;
  readonly #refusals: Refusals;
  readonly #realms = new KnownRealms();
  readonly #agents = new Map<Reading, AgentProxy>();
  readonly #onRefused: (refusal: RealmRefusal) => void;
  /** What every realm is asked that is still to come, by its type. */
  readonly #standing = new Map<RealmCommand['type'], RealmCommand>();

  constructor({log, panel, browser, onRefused}: CollectorOptions) {
    this.#onRefused = onRefused ?? (() => undefined);
    this.#log = log;
    this.#panel = panel;
    this.#browser = browser;
    this.#refusals = new Refusals(panel);
  }

  connect(link: Link): void {
    if (this.#agents.size >= LINKS) {
      this.refuse(link.realm ?? '', 'Too many realms at the same time');
      return;
    }
    const agent = wrapAgent(link);
    const reading = new Reading(this, link, agent);
    for (const command of this.#standing.values()) {
      void this.#ask(reading, agent, command).then((refusal) => {
        if (refusal !== undefined) this.#onRefused(refusal);
      });
    }
    this.#agents.set(reading, agent);
    void reading.run().finally(() => this.#agents.delete(reading));
  }

  /**
   * Asks every realm that is linked now. Settles when all did, or are gone, with
   * what those said that could not do it.
   */
  async execute(command: RealmCommand): Promise<readonly RealmRefusal[]> {
    const answers = await Promise.all(
      [...this.#agents].map(([reading, agent]) =>
        this.#ask(reading, agent, command),
      ),
    );
    return answers.filter((answer) => answer !== undefined);
  }

  /**
   * Asks one realm after the other, service workers first, until one has done
   * it. Else the answer of the last one that had anything to say.
   */
  async request(command: RealmCommand): Promise<CommandResult> {
    let answer: CommandResult = {ok: false, message: 'No page answered.'};
    for (const agent of this.#inOrder()) {
      const result = await agent.execute(command).catch(() => undefined);
      const parsed = readResult(result);
      if (parsed !== undefined) answer = parsed;
      if (parsed?.ok === true) break;
    }
    return answer;
  }

  #inOrder(): readonly AgentProxy[] {
    const isWorker = ({source}: Reading): boolean =>
      source?.kind === 'service-worker';
    return [...this.#agents]
      .toSorted(
        ([one], [other]) => Number(isWorker(other)) - Number(isWorker(one)),
      )
      .map(([, agent]) => agent);
  }

  /** Asks every realm, and each one that is linked later. */
  async standing(command: RealmCommand): Promise<readonly RealmRefusal[]> {
    this.#standing.set(command.type, command);
    return this.execute(command);
  }

  async #ask(
    reading: Reading,
    agent: AgentProxy,
    command: RealmCommand,
  ): Promise<RealmRefusal | undefined> {
    try {
      const answer = readResult(await agent.execute(command));
      // What is no answer counts as done.
      return answer?.ok === false
        ? {command, realm: reading.source?.realm, message: answer.message}
        : undefined;
    } catch {
      // Gone, and with it what it was asked for.
      return undefined;
    }
  }

  /** Counts something that a channel or a realm brought and that is dropped. */
  refuse(realm: RealmId, message: string, count = 1): void {
    this.#refusals.add(realm, count, message);
  }

  /** Tells what was refused so far, at once. */
  flush(): void {
    this.#refusals.flush();
  }

  claim(
    source: Parameters<KnownRealms['claim']>[0],
    link: Link,
  ): KnownRealm | undefined {
    const claimed = this.#realms.claim(source, link);
    if (typeof claimed !== 'string') return claimed;
    this.refuse(source.realm, claimed);
    return undefined;
  }

  /** Appends what a batch brought; false if it brought nothing. */
  take(realm: KnownRealm, {batch, refusals}: ParsedBatch): boolean {
    const id = realm.source.realm;
    const placed = placeEntries(batch, realm.last, refusals.length);
    if (!Number.isSafeInteger(placed.last)) {
      this.refuse(id, 'It counts beyond all bounds');
      return false;
    }
    const own = placed.entries.filter(({fact}) =>
      isOwnFact(fact, realm.source),
    );
    const advanced = placed.last > realm.last;
    realm.last = placed.last;
    realm.closed ||= own.some(({fact}) => fact.type === 'realm-closed');
    if (batch.missed > 0) {
      const {missed: count} = batch;
      this.#panel.append({type: 'entries-missed', realm: id, count});
    }
    for (const {where, message} of refusals) {
      this.refuse(id, `${where}: ${message}`);
    }
    this.refuse(id, 'An entry is out of order', placed.misplaced);
    this.refuse(
      id,
      'A realm cannot have seen this',
      placed.entries.length - own.length,
    );
    this.#log.append(realm.source, own);
    return advanced;
  }

  /** Tells the realm's end, unless its hook could do so itself. */
  close(realm: KnownRealm, link: Link): void {
    const reason = closedBecause(link.signal);
    if (reason === undefined || realm.closed) return;
    realm.closed = true;
    const {realm: id} = realm.source;
    this.#browser.append({type: 'realm-closed', realm: id, reason});
  }
}

/** A realm's answer, which is the page's; what is none counts as none. */
function readResult(value: unknown): CommandResult | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Reflect.get(value, 'ok') === true) return {ok: true};
  const message: unknown = Reflect.get(value, 'message');
  return typeof message === 'string'
    ? {ok: false, message: message.slice(0, LIMITS.text)}
    : undefined;
}

interface Asked {
  readonly after: number;
  readonly reply: Promise<unknown>;
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

/** The reading of one link, from its first batch to its end. */
class Reading {
  readonly #collector: Collector;
  readonly #link: Link;
  readonly #agent: AgentProxy;
  #realm: KnownRealm | undefined;
  #budget = BUDGET.first;
  #useless = 0;
  /** The last batch was large enough to be felt. */
  #isBusy = false;

  constructor(collector: Collector, link: Link, agent: AgentProxy) {
    this.#collector = collector;
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
    while (!this.#link.signal.aborted && this.#useless < PATIENCE) {
      const asked: Asked = next;
      try {
        const reply = await asked.reply;
        // The realm packs the next batch while we read this one.
        const after = expectedEnd(reply, asked.after);
        if (this.#realm !== undefined) next = this.#ask(after);
        this.#take(reply, asked.after);
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
    this.#collector.close(this.#realm, this.#link);
  }

  #ask(after: number): Asked {
    // Who it is decides where to go on, so the first answer is a small one.
    const budget = this.#realm === undefined ? 1 : this.#budget;
    const reply = this.#agent.read(after, budget);
    // Awaited a turn later, or never if a newer one takes its place.
    reply.catch(() => undefined);
    return {after, reply};
  }

  /** What a realm that ends still had to say; what is known of it is left out. */
  #takeFarewell(input: unknown): void {
    const parsed = parseBatch(input);
    if (!parsed.ok) {
      this.#refuse('A farewell that cannot be read');
      return;
    }
    const {batch, refusals} = parsed.value;
    // It may go before it was read at all.
    this.#realm ??= this.#collector.claim(batch.source, this.#link);
    const realm = this.#realm;
    if (realm === undefined) return;
    if (!isSameSource(realm.source, batch.source)) {
      this.#refuse('It claims to be another realm than before');
      return;
    }
    const entries = batch.entries.filter(({seq}) => seq > realm.last);
    this.#collector.take(realm, {batch: {...batch, entries}, refusals});
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
      this.#realm = this.#collector.claim(source, this.#link);
      if (this.#realm === undefined) this.#useless = PATIENCE;
      // A realm that was read before goes on where it was.
      if (this.#realm === undefined || this.#realm.last > 0) return;
    } else if (!isSameSource(this.#realm.source, source)) {
      this.#refuse('It claims to be another realm than before');
      return;
    }
    // A farewell came in between: what follows it is asked for anew.
    if (after !== this.#realm.last) return;
    const useful = this.#collector.take(this.#realm, parsed.value);
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
    this.#collector.refuse(
      this.#realm.source.realm,
      `An entry could not be sent: ${message}`,
    );
    this.#budget = BUDGET.least;
  }

  #refuse(message: string): void {
    this.#useless += 1;
    const realm = this.#realm?.source.realm ?? this.#link.realm ?? '';
    this.#collector.refuse(realm, message);
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
