import type {Settings} from './conditions-file.js';
import {Counts} from './counts.js';
import type {ConditionsListener} from './events.js';
import {createLinks, type Link, type Links} from './link/link.js';
import type {ConditionsMemory} from './memory.js';
import {Connection} from './network/connection.js';
import {Outages} from './network/outages.js';
import {createQuota} from './network/quota.js';
import type {OnlineWorld} from './network/shape-network.js';
import type {BodyBytes, StorageJudge} from './network/shape-storage.js';
import {StorageFailures} from './network/storage-failures.js';
import type {FoundRule, Runner} from './network/world.js';
import {Notebook} from './notebook.js';
import type {NetworkProfile} from './profile/profile.js';
import {createDice, type Dice} from './random/dice.js';
import type {Candidate} from './rules/match.js';
import {createMatcher, type Matcher} from './rules/matcher.js';
import {RulePlaces} from './rules/rule-places.js';
import {triggerOf, type Rule} from './rules/rule.js';
import type {Scheduled} from './schedule/schedule.js';
import {NOTHING_SCHEDULED, Timetable} from './schedule/timetable.js';
import {Alarm} from '../seams/alarm.js';
import type {Clock} from '../seams/clock.js';
import type {AttemptContext} from '../seams/network.js';
import type {CallVerdict, StorageVerdict} from '../seams/verdict.js';
import type {FetchCall} from '../seams/world-conditions.js';

/**
 * What comes of settings: the world that attempts, calls and storage are in. It
 * is longer than most: whatever is asked, what is set, what has come of it and
 * the clock decide together.
 */
export class ConditionsInForce implements OnlineWorld, StorageJudge {
  readonly clock: Clock;
  /** Resolves when what an earlier worker counted is known. */
  readonly ready: Promise<void>;
  readonly #notebook: Notebook;
  readonly #tell: ConditionsListener;
  readonly #links: Links;
  readonly #alarm: Alarm;
  readonly #connection: Connection;
  readonly #counts: Counts;
  readonly #failures = new StorageFailures();
  #outages = new Outages();
  readonly #quota = createQuota();
  #settings: Settings;
  #dice: Dice;
  #matcher: Matcher;
  #places: RulePlaces;
  #timetable: Timetable;
  #scheduled: Scheduled = NOTHING_SCHEDULED;

  constructor(
    clock: Clock,
    settings: Settings,
    memory: ConditionsMemory | undefined,
    tell: ConditionsListener,
  ) {
    this.clock = clock;
    this.#notebook = new Notebook(memory, settings);
    this.#tell = tell;
    this.#settings = settings;
    this.#dice = createDice(settings.seed);
    this.#matcher = createMatcher(settings.rules, this.#dice);
    this.#places = new RulePlaces(settings.rules);
    this.#counts = new Counts(settings.rules.length);
    this.#timetable = new Timetable(settings.schedule);
    this.#alarm = new Alarm(clock, () => this.#update());
    this.#connection = new Connection(!this.#isOffline(), (isOnline) => {
      tell({type: 'online-changed', at: clock.now(), isOnline});
    });
    this.#quota.set(settings.quota);
    this.#links = createLinks(clock, this.profile);
    this.#links.share(settings.links === 'shared');
    this.#update();
    this.ready = this.#recall().catch(() => {
      // What cannot be read counts from 0, as without a memory.
    });
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Of each rule: how often its effect has come. */
  get fired(): readonly number[] {
    return this.#counts.fired;
  }

  get dice(): Dice {
    return this.#dice;
  }

  get profile(): NetworkProfile {
    return this.#scheduled.profile ?? this.#settings.profile;
  }

  get isOnline(): boolean {
    return this.#connection.isOnline;
  }

  /** Bytes that may be stored yet; undefined: as many as there is room for. */
  get space(): number | undefined {
    return this.#quota.left;
  }

  /**
   * Has other settings hold. Throws where the pattern of a rule is none here;
   * then nothing has changed.
   */
  take(settings: Settings, keepsCounts = false): void {
    const {rules, seed, schedule, quota} = this.#settings;
    const hasDice = settings.seed === seed;
    const hasRules = settings.rules === rules;
    const dice = hasDice ? this.#dice : createDice(settings.seed);
    // This may throw, and nothing has changed yet.
    if (!hasDice || !hasRules) {
      this.#matcher = createMatcher(settings.rules, dice);
    }
    this.#dice = dice;
    this.#settings = settings;
    const isWritten = this.#notebook.turnTo(settings);
    if (!hasRules) this.#places = new RulePlaces(settings.rules);
    if (!hasRules && !keepsCounts) {
      this.#counts.startRules(settings.rules.length);
    }
    if (settings.schedule !== schedule) {
      this.#timetable = new Timetable(settings.schedule);
    }
    if (settings.quota !== quota) this.#quota.set(settings.quota);
    this.#links.share(settings.links === 'shared');
    if (!hasRules) {
      this.#outages.review();
      this.#connection.review();
    }
    this.#update();
    if (isWritten) void this.#write();
    this.#tell({type: 'changed', at: this.clock.now()});
  }

  /** What has come of settings until now. */
  forget(): void {
    this.#outages = new Outages();
    this.#counts.clear();
    this.#failures.clear();
  }

  judgeCall({fetchId, requests}: FetchCall): CallVerdict | undefined {
    // Nothing is counted that nobody will ask for.
    if (this.#settings.rules.length === 0) return undefined;
    const attempt = this.#counts.call(fetchId);
    const found = this.find({isCall: true, fetchId, requests, attempt});
    if (found === undefined) void this.#remember();
    else found.fire();
    // The parser lets no other effect come at a call.
    return found?.rule.effect.type as CallVerdict | undefined;
  }

  // The world of attempts.

  linkOf(fetchId: string): Link {
    return this.#links.of(fetchId);
  }

  adoptLink(link: Link): void {
    this.#links.adopt(link);
  }

  find(candidate: Candidate): FoundRule | undefined {
    const index = this.#matcher.find(candidate);
    const {rules} = this.#settings;
    const rule = index === undefined ? undefined : rules[index];
    if (rule === undefined || index === undefined) return undefined;
    const {fetchId, record, attempt} = candidate;
    // Others may have been set since, and it may be at another place of them.
    const placeNow = (): number | undefined =>
      this.#settings.rules === rules ? index : this.#places.find(rule, index);
    return {
      rule,
      holds: () => placeNow() !== undefined,
      fire: () => {
        const place = placeNow();
        if (place === undefined) return;
        this.#counts.fire(place);
        void this.#remember();
        this.#tell({
          type: 'rule-fired',
          at: this.clock.now(),
          rule: place,
          effect: rule.effect.type,
          trigger: triggerOf(rule).at,
          fetchId,
          ...(record === undefined ? {} : {record}),
          attempt,
        });
      },
    };
  }

  async prepare(context: AttemptContext): Promise<AttemptContext> {
    if (!this.#notebook.isKept) return context;
    await this.ready;
    const attempt = this.#counts.attempt(context);
    await this.#remember();
    return {...context, attempt};
  }

  enter(runner: Runner): () => void {
    const {hasBegun} = this.#timetable;
    if (this.#timetable.begin(this.clock.now())) this.#update();
    if (this.#timetable.hasBegun !== hasBegun) void this.#remember();
    return this.#connection.enter(runner);
  }

  goOffline(ms: number, {holds}: FoundRule): void {
    this.#outages.add({until: this.clock.now() + ms, holds});
    void this.#remember();
    this.#update();
  }

  failStorage(...failure: Parameters<StorageFailures['add']>): void {
    this.#failures.add(...failure);
  }

  progress(
    context: AttemptContext,
    position: number,
    total: number | undefined,
  ): number {
    const {hasReached, left} = this.#timetable.report(
      context,
      position,
      total,
      this.clock.now(),
    );
    if (hasReached) {
      this.#update();
      void this.#remember();
    }
    return left;
  }

  whenOnline(signal: AbortSignal): Promise<void> {
    return this.#connection.whenOnline(signal);
  }

  // What storage asks.

  takeVerdict(key: number, record: number): StorageVerdict | undefined {
    return this.#failures.take(key, record);
  }

  occupy(key: number, bytes: BodyBytes): boolean {
    return this.#quota.occupy(key, bytes);
  }

  vacate(key: number): void {
    this.#quota.vacate(key);
    this.#failures.forget(key);
    this.#counts.forget(key);
  }

  // What is written down for the next worker.

  async #remember(): Promise<void> {
    if (this.#notebook.isKept) await this.#write();
  }

  #write(): Promise<void> {
    return this.#notebook.write({
      ...this.#counts.remembered,
      ...this.#timetable.remembered,
      offlineUntil: this.#outages.until,
    });
  }

  async #recall(): Promise<void> {
    const known = await this.#notebook.read();
    if (known === undefined) return;
    this.#counts.recall(known);
    this.#timetable.recall(known);
    // By which of the rules, nobody knows any more.
    const holds = (): boolean => this.#settings.rules.some(isOfflineRule);
    this.#outages.add({until: known.offlineUntil, holds});
    this.#update();
  }

  // What holds now.

  #isOffline(): boolean {
    return (
      this.#settings.offline ||
      this.#scheduled.offline ||
      this.profile.offline === true ||
      this.clock.now() < this.#outages.until
    );
  }

  /** Brings about what holds now, and comes back when that may change. */
  #update(): void {
    const now = this.clock.now();
    const before = this.#scheduled;
    this.#scheduled = this.#timetable.evaluate(now, this.#settings.seed);
    this.#links.shape(this.profile);
    if (this.#scheduled.profile !== before.profile) {
      this.#tell({type: 'changed', at: now});
    }
    this.#outages.pass(now);
    this.#connection.set(!this.#isOffline());
    const {until} = this.#outages;
    this.#alarm.set(
      Math.min(this.#scheduled.until, until > now ? until : Infinity),
    );
  }
}

const isOfflineRule = ({enabled, effect}: Rule): boolean =>
  enabled !== false && effect.type === 'offline';
