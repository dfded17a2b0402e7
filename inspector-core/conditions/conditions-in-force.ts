import {ConditionsError, parseFlag, show} from './parsing.js';
import {
  CONDITIONS_VERSION,
  NEUTRAL,
  parseConditionsFile,
  parseLinks,
  parseSeed,
  type ConditionsFile,
  type Permission,
  type Settings,
} from './conditions-file.js';
import {Counts} from './counts.js';
import type {
  ConditionsEvent,
  ConditionsListener,
  ConditionsState,
} from './events.js';
import {isSimulation} from './is-simulation.js';
import {createLinks, type Links} from './link/link.js';
import type {ConditionsMemory} from './memory.js';
import {Connection} from './network/connection.js';
import {createQuota} from './network/quota.js';
import {shapeNetwork, type OnlineWorld} from './network/shape-network.js';
import {shapeStorage} from './network/shape-storage.js';
import type {FoundRule} from './network/world.js';
import {parseProfile} from './profile/parse-profile.js';
import type {NetworkProfile} from './profile/profile.js';
import {createDice, type Dice} from './random/dice.js';
import {createMatcher, type Candidate, type Matcher} from './rules/match.js';
import {parseRules} from './rules/parse-rules.js';
import {triggerOf, type Rule} from './rules/rule.js';
import {parseSchedule} from './schedule/parse-schedule.js';
import type {Scheduled} from './schedule/schedule.js';
import {NOTHING_SCHEDULED, Timetable} from './schedule/timetable.js';
import {Alarm} from '../seams/alarm.js';
import type {Clock} from '../seams/clock.js';
import type {AttemptContext, Network} from '../seams/network.js';
import type {CallVerdict, StorageVerdict} from '../seams/verdict.js';
import type {
  FetchCall,
  StorageSeam,
  WorldConditions,
} from '../seams/world-conditions.js';

/**
 * The conditions of one realm. What is set wrongly is refused with a
 * ConditionsError, and then nothing has changed.
 */
export class Conditions implements WorldConditions {
  readonly #clock: Clock;
  readonly #memory: ConditionsMemory | undefined;
  readonly #ready: Promise<void>;
  readonly #links: Links;
  readonly #world: OnlineWorld;
  readonly #listeners = new Set<ConditionsListener>();
  readonly #alarm: Alarm;
  readonly #connection: Connection;
  readonly #counts: Counts;
  readonly #storage = new Map<string, StorageVerdict>();
  readonly #quota = createQuota();
  #settings: Settings;
  #dice: Dice;
  #matcher: Matcher;
  #timetable: Timetable;
  #scheduled: Scheduled = NOTHING_SCHEDULED;
  #offlineUntil = -Infinity;

  constructor(clock: Clock, settings: Settings, memory?: ConditionsMemory) {
    this.#memory = memory;
    this.#clock = clock;
    this.#settings = settings;
    this.#dice = createDice(settings.seed);
    this.#matcher = createMatcher(settings.rules, this.#dice);
    this.#counts = new Counts(settings.rules.length);
    this.#timetable = new Timetable(settings.schedule);
    this.#alarm = new Alarm(clock, () => this.#update());
    this.#connection = new Connection(!this.#isOffline(), (isOnline) =>
      this.#tell({type: 'online-changed', at: clock.now(), isOnline}),
    );
    this.#quota.set(settings.quota);
    this.#links = createLinks(clock, this.#current);
    this.#links.share(settings.links === 'shared');
    this.#world = this.#makeWorld();
    this.#update();
    this.#ready = this.#recall().catch(() => {
      // What cannot be read counts from 0, as without a memory.
    });
  }

  get state(): ConditionsState {
    return {
      ...this.#settings,
      fired: this.#counts.fired,
      current: this.#current,
      isOnline: this.#connection.isOnline,
      isActive: this.isActive,
    };
  }

  get isActive(): boolean {
    return !this.#connection.isOnline || isSimulation(this.#settings);
  }

  get permission(): Permission | undefined {
    return this.#settings.permission;
  }

  get space(): number | undefined {
    return this.#quota.left;
  }

  /** What is set, to be stored; `apply` takes it. */
  toJSON(): ConditionsFile {
    return {version: CONDITIONS_VERSION, ...this.#settings};
  }

  /** Takes a whole file of settings, or, if any of it is wrong, nothing. */
  apply(file: unknown): void {
    const settings = parseConditionsFile(file);
    const old = this.#settings;
    // What is set once more goes on counting, and keeps its place in time.
    if (isSame(settings, old)) return;
    const {rules, schedule} = settings;
    this.#set({
      ...settings,
      rules: isSame(rules, old.rules) ? old.rules : rules,
      ...(schedule === undefined || !isSame(schedule, old.schedule)
        ? {}
        : {schedule: old.schedule}),
    });
  }

  /** Back to normal, as if nothing had been set. */
  reset(): void {
    this.#offlineUntil = -Infinity;
    this.#counts.clear();
    this.#storage.clear();
    this.#set(NEUTRAL);
  }

  /** A profile, or a preset's name; what is under way goes on at its rates. */
  setProfile(profile: unknown): void {
    this.#set({...this.#settings, profile: parseProfile(profile)});
  }

  /** Takes the connection away, and with it what is under way; or gives it back. */
  setOffline(offline: unknown): void {
    this.#set({...this.#settings, offline: parseFlag(offline, 'offline')});
  }

  /** Connections that begin from now on share a link, or do not. */
  setLinks(links: unknown): void {
    this.#set({...this.#settings, links: parseLinks(links)});
  }

  /** All chance begins anew. */
  setSeed(seed: unknown): void {
    this.#set({...this.#settings, seed: parseSeed(seed)});
  }

  /** Other rules, for attempts from now on; all have fired 0 times. */
  setRules(rules: unknown): void {
    this.#set({...this.#settings, rules: parseRules(rules)});
  }

  /** Switches one rule on or off, and keeps how often it fired. */
  setRuleEnabled(index: number, enabled: unknown): void {
    const value = parseFlag(enabled, `rules[${index}].enabled`);
    const {rules} = this.#settings;
    const rule = rules[index];
    if (rule === undefined) {
      throw new ConditionsError(
        `rules[${show(index)}]`,
        `there is no such rule; there are ${rules.length}, from 0 on.`,
      );
    }
    const changed = rules.with(index, {...rule, enabled: value});
    this.#set({...this.#settings, rules: changed}, true);
  }

  /** Begins with the next request; undefined: none. */
  setSchedule(schedule: unknown): void {
    const {schedule: _, ...rest} = this.#settings;
    this.#set(
      schedule === undefined
        ? rest
        : {...rest, schedule: parseSchedule(schedule)},
    );
  }

  subscribe(
    listener: ConditionsListener,
    {signal}: {readonly signal?: AbortSignal} = {},
  ): void {
    if (signal?.aborted === true) return;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  /** A network under these conditions. */
  shapeNetwork(network: Network): Network {
    return shapeNetwork(network, this.#world);
  }

  /** Storage that fails where a rule, or the quota, says so. */
  shapeStorage<S extends StorageSeam>(storage: S): S {
    return shapeStorage(storage, {
      ...this.#quota,
      vacate: (key) => {
        this.#quota.vacate(key);
        this.#counts.forget(key);
      },
      takeVerdict: (fetchId, record) => {
        const place = placeOf(fetchId, record);
        const verdict = this.#storage.get(place);
        this.#storage.delete(place);
        return verdict;
      },
    });
  }

  /** Resolves when what an earlier worker counted is known. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Why a call of `fetch()` is to reject; undefined: it is not. */
  judgeCall({fetchId, requests}: FetchCall): CallVerdict | undefined {
    const attempt = this.#counts.call(fetchId);
    void this.#remember();
    const found = this.#find({isCall: true, fetchId, requests, attempt});
    found?.fire();
    // The parser lets no other effect come at a call.
    return found?.rule.effect.type as CallVerdict | undefined;
  }

  #makeWorld(): OnlineWorld {
    const now = (): number => this.#clock.now();
    const getDice = (): Dice => this.#dice;
    const getProfile = (): NetworkProfile => this.#current;
    const getIsOnline = (): boolean => this.#connection.isOnline;
    return {
      clock: this.#clock,
      get dice() {
        return getDice();
      },
      get profile() {
        return getProfile();
      },
      get isOnline() {
        return getIsOnline();
      },
      linkOf: (fetchId) => this.#links.of(fetchId),
      find: (candidate) => this.#find(candidate),
      prepare: (context) => this.#prepare(context),
      enter: (runner) => {
        if (this.#timetable.begin(now())) this.#update();
        return this.#connection.enter(runner);
      },
      goOffline: (ms) => {
        this.#offlineUntil = Math.max(this.#offlineUntil, now() + ms);
        void this.#remember();
        this.#update();
      },
      failStorage: ({fetchId, record}, how) => {
        this.#storage.set(placeOf(fetchId, record), how);
      },
      progress: (context, position, total) =>
        this.#progress(context, position, total),
      whenOnline: (signal) => this.#connection.whenOnline(signal),
    };
  }

  /** Whether anything is counted that the next worker is to know. */
  get #isRemembered(): boolean {
    const {rules, schedule} = this.#settings;
    return (
      this.#memory !== undefined && (rules.length > 0 || schedule !== undefined)
    );
  }

  async #prepare(context: AttemptContext): Promise<AttemptContext> {
    if (!this.#isRemembered) return context;
    await this.#ready;
    const attempt = this.#counts.attempt(context);
    await this.#remember();
    return {...context, attempt};
  }

  async #remember(): Promise<void> {
    if (!this.#isRemembered) return;
    await this.#memory
      ?.write({
        of: JSON.stringify(this.#settings),
        ...this.#counts.remembered,
        ...this.#timetable.remembered,
        offlineUntil: this.#offlineUntil,
      })
      .catch(() => {
        // It holds for as long as this worker lives.
      });
  }

  async #recall(): Promise<void> {
    if (!this.#isRemembered) return;
    const known = await this.#memory?.read();
    if (known?.of !== JSON.stringify(this.#settings)) return;
    this.#counts.recall(known);
    this.#timetable.recall(known);
    this.#offlineUntil = known.offlineUntil;
    this.#update();
  }

  /** What the link is like now. */
  get #current(): NetworkProfile {
    return this.#scheduled.profile ?? this.#settings.profile;
  }

  #isOffline(): boolean {
    return (
      this.#settings.offline ||
      this.#scheduled.offline ||
      this.#current.offline === true ||
      this.#clock.now() < this.#offlineUntil
    );
  }

  #set(settings: Settings, keepsCounts = false): void {
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
    if (!hasRules && !keepsCounts) {
      this.#counts.startRules(settings.rules.length);
    }
    if (settings.schedule !== schedule) {
      this.#timetable = new Timetable(settings.schedule);
    }
    if (settings.quota !== quota) this.#quota.set(settings.quota);
    this.#links.share(settings.links === 'shared');
    if (!hasRules) {
      if (!settings.rules.some(isOfflineRule)) this.#offlineUntil = -Infinity;
      this.#connection.review();
    }
    this.#update();
    this.#tell({type: 'changed', at: this.#clock.now()});
  }

  #find(candidate: Candidate): FoundRule | undefined {
    const index = this.#matcher.find(candidate);
    const {rules} = this.#settings;
    const rule = index === undefined ? undefined : rules[index];
    if (rule === undefined || index === undefined) return undefined;
    const {fetchId, record, attempt} = candidate;
    // Others may have been set since, and it may be at another place of them.
    const placeNow = (): number =>
      this.#settings.rules === rules
        ? index
        : this.#settings.rules.findIndex((each) => isSame(each, rule));
    return {
      rule,
      holds: () => placeNow() !== -1,
      fire: () => {
        const place = placeNow();
        this.#counts.fire(place);
        void this.#remember();
        this.#tell({
          type: 'rule-fired',
          at: this.#clock.now(),
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

  #progress(
    context: AttemptContext,
    position: number,
    total: number | undefined,
  ): number {
    const {hasReached, left} = this.#timetable.report(
      context,
      position,
      total,
      this.#clock.now(),
    );
    if (hasReached) this.#update();
    return left;
  }

  /** Brings about what holds now, and comes back when that may change. */
  #update(): void {
    const now = this.#clock.now();
    const before = this.#scheduled;
    this.#scheduled = this.#timetable.evaluate(now, this.#settings.seed);
    this.#links.shape(this.#current);
    if (this.#scheduled.profile !== before.profile) {
      this.#tell({type: 'changed', at: now});
    }
    this.#connection.set(!this.#isOffline());
    const isOfflineYet = now < this.#offlineUntil;
    this.#alarm.set(
      Math.min(
        this.#scheduled.until,
        isOfflineYet ? this.#offlineUntil : Infinity,
      ),
    );
  }

  #tell(event: ConditionsEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

const isOfflineRule = ({enabled, effect}: Rule): boolean =>
  enabled !== false && effect.type === 'offline';

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const placeOf = (fetchId: string, record: number): string =>
  `${record}/${fetchId}`;
