/** The inspector's side of the bridge: many realms in, one log out. */
import type {EventLog} from '../../log/log.js';
import {
  LIMITS,
  OK,
  refuse,
  type CommandResult,
  type ParsedBatch,
  type RealmCommand,
  type RealmId,
} from '../../protocol/protocol.js';
import {isOwnFact, placeEntries} from './admission.js';
import {wrapAgent, type AgentProxy} from './agent-proxy.js';
import {KnownRealms, type KnownRealm} from './known-realms.js';
import {closedBecause, type Link} from './link.js';
import type {OwnSource} from './own-source.js';
import {Reading, type ReadingHost} from './reading.js';
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

/** Milliseconds that one realm has to answer before the next is asked. */
const PATIENCE_MS = 3_000;

/** Links that are read at the same time. */
const LINKS = 1_000;

/** Reads every realm that it is given a link to, for as long as the link holds. */
export class Collector implements ReadingHost {
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
    let answer: CommandResult = refuse('No page answered.');
    for (const agent of this.#inOrder()) {
      // One that is stopped at a breakpoint answers when it goes on, if ever.
      const result = await Promise.race([
        agent.execute(command).catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
      ]);
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

  /** Where a realm is, in the words of the channel that it came by. */
  placeOf(realm: RealmId): string | undefined {
    return this.#realms.find(realm)?.place;
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

  take(
    realm: KnownRealm,
    {batch, refusals}: ParsedBatch,
    after: number,
  ): boolean {
    const id = realm.source.realm;
    const places = {after, known: realm.last};
    const placed = placeEntries(batch, places, refusals.length);
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
    if (placed.missed > 0) {
      const {missed: count} = placed;
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
  if (Reflect.get(value, 'ok') === true) return OK;
  const message: unknown = Reflect.get(value, 'message');
  return typeof message === 'string'
    ? refuse(message.slice(0, LIMITS.text))
    : undefined;
}
