/**
 * Conditions that act on background fetches, exactly and repeatably: what is
 * set, what comes of it, and the network, storage and calls under it.
 */
import {
  CONDITIONS_VERSION,
  isSimulation,
  NEUTRAL,
  parseConditionsFile,
  parseLinks,
  parseSeed,
  parseSettings,
  type ConditionsFile,
  type Permission,
  type Settings,
} from './conditions-file.js';
import {createLinks, type Links} from './link/link.js';
import {shapeNetwork, type OnlineWorld} from './network/shape-network.js';
import {shapeStorage} from './network/shape-storage.js';
import {networkError} from './network/network-error.js';
import type {CallVerdict, StorageVerdict} from '../seams/verdict.js';
import type {
  FetchCall,
  StorageSeam,
  WorldConditions,
} from '../seams/world-conditions.js';
import {createQuota} from './network/quota.js';
import type {ConditionsMemory} from './memory.js';
import type {FoundRule} from './network/world.js';
import {ConditionsError, parseFlag, show} from './parsing.js';
import {parseProfile} from './profile/parse-profile.js';
import type {NetworkProfile} from './profile/profile.js';
import {createDice, type Dice} from './random/dice.js';
import {createMatcher, type Candidate, type Matcher} from './rules/match.js';
import {parseRules} from './rules/parse-rules.js';
import {triggerOf, type Rule, type TriggerType} from './rules/rule.js';
import {createProgressBook, type ProgressBook} from './schedule/progress.js';
import {parseSchedule} from './schedule/parse-schedule.js';
import {
  evaluateSchedule,
  percentsOf,
  type Scheduled,
} from './schedule/schedule.js';
import type {AttemptContext, Network} from '../seams/network.js';
import type {Clock} from '../seams/clock.js';

export {ConditionsError} from './parsing.js';
export {createFasterClock} from '../seams/faster-clock.js';
export {createManualClock, type ManualClock} from '../seams/manual-clock.js';
export {
  CHROME_PROFILES,
  FIREFOX_PROFILES,
  NO_THROTTLING,
  OFFLINE,
  PRESETS,
} from './profile/presets.js';
export type {NetworkProfile, PacketLoss} from './profile/profile.js';
export {EFFECTS} from './rules/rule.js';
export type {Effect, Rule, RuleMatch, Trigger} from './rules/rule.js';
export {commutingDay, flakyCafe, trainTunnel} from './schedule/presets.js';
export type {Phase, Schedule} from './schedule/schedule.js';
export type {AttemptContext, Network} from '../seams/network.js';
export type {Clock} from '../seams/clock.js';
export {
  InducedError,
  verdictOf,
  type CallVerdict,
  type Verdict,
} from '../seams/verdict.js';
export type {ConditionsMemory, Remembered} from './memory.js';
export {NEUTRAL, parseConditionsFile} from './conditions-file.js';
export type {ConditionsFile, LinkSharing, Settings} from './conditions-file.js';

/** What is set, and what comes of it now. */
export interface ConditionsState extends Settings {
  /** Of each rule: how often its effect has come. */
  readonly fired: readonly number[];
  /** What the link is like now, by setting or schedule. */
  readonly current: NetworkProfile;
  readonly isOnline: boolean;
  /** Whether anything is simulated: a warning belongs beside it. */
  readonly isActive: boolean;
}

/** What happens to conditions, in order. */
export type ConditionsEvent =
  /** Something was set, or a schedule went on. */
  | {readonly type: 'changed'; readonly at: number}
  | {
      readonly type: 'online-changed';
      readonly at: number;
      readonly isOnline: boolean;
    }
  | {
      readonly type: 'rule-fired';
      readonly at: number;
      /** Its place in the list. */
      readonly rule: number;
      readonly effect: Rule['effect']['type'];
      readonly trigger: TriggerType;
      readonly fetchId: string;
      /** Absent for a call. */
      readonly record?: number;
      readonly attempt: number;
    };

export type ConditionsListener = (event: ConditionsEvent) => void;

export interface ConditionsOptions extends Partial<Omit<Settings, 'profile'>> {
  readonly clock: Clock;
  /** Given where conditions are to outlive a worker. */
  readonly memory?: ConditionsMemory | undefined;
  /** Or a preset's name. */
  readonly profile?: NetworkProfile | string;
}

/** @example `createConditions({clock, profile: '3G', seed: 7})` */
export function createConditions({
  clock,
  memory,
  ...settings
}: ConditionsOptions): Conditions {
  return new Conditions(clock, parseSettings(settings), memory);
}

const KEEP: Scheduled = {offline: false, profile: undefined, until: Infinity};

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
  /** Of each attempt that runs. */
  readonly #cuts = new Set<(error: unknown) => void>();
  /** Calls, by the id that they asked for. */
  readonly #calls = new Map<string, number>();
  /** Attempts, by fetch and record: of those that may outlive a worker. */
  readonly #attempts = new Map<string, number>();
  readonly #storage = new Map<string, StorageVerdict>();
  readonly #quota = createQuota();
  #onlineWaiters: (() => void)[] = [];
  #settings: Settings;
  #dice: Dice;
  #matcher: Matcher;
  #fired: number[];
  #book: ProgressBook;
  /** When the first request under this schedule was made. */
  #scheduleStart: number | undefined;
  #scheduled: Scheduled = KEEP;
  #offlineUntil = -Infinity;
  #isOnline: boolean;
  #alarm: {readonly at: number; readonly stop: AbortController} | undefined;

  constructor(clock: Clock, settings: Settings, memory?: ConditionsMemory) {
    this.#memory = memory;
    this.#clock = clock;
    this.#settings = settings;
    this.#dice = createDice(settings.seed);
    this.#matcher = createMatcher(settings.rules, this.#dice);
    this.#fired = settings.rules.map(() => 0);
    this.#book = createProgressBook(percentsOfAll(settings));
    this.#isOnline = !this.#isOffline();
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
      fired: [...this.#fired],
      current: this.#current,
      isOnline: this.#isOnline,
      isActive: this.isActive,
    };
  }

  get isActive(): boolean {
    return !this.#isOnline || isSimulation(this.#settings);
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
    this.#calls.clear();
    this.#attempts.clear();
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
    this.#set({...this.#settings, rules: changed}, this.#fired);
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
        for (const place of this.#attempts.keys()) {
          if (place.endsWith(`/${key}`)) this.#attempts.delete(place);
        }
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
    const attempt = (this.#calls.get(fetchId) ?? 0) + 1;
    this.#calls.set(fetchId, attempt);
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
    const getIsOnline = (): boolean => this.#isOnline;
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
      enter: (cut) => {
        if (this.#settings.schedule !== undefined) {
          this.#scheduleStart ??= now();
          this.#update();
        }
        this.#cuts.add(cut);
        return () => {
          this.#cuts.delete(cut);
        };
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
      whenOnline: (signal) => this.#whenOnline(signal),
    };
  }

  /** Whether anything is counted that the next worker is to know. */
  get #counts(): boolean {
    const {rules, schedule} = this.#settings;
    return (
      this.#memory !== undefined && (rules.length > 0 || schedule !== undefined)
    );
  }

  async #prepare(context: AttemptContext): Promise<AttemptContext> {
    if (!this.#counts) return context;
    await this.#ready;
    const place = placeOf(String(context.key), context.record);
    // An engine counts from 1 in each worker, and knows of none before it.
    const attempt = Math.max(
      context.attempt,
      (this.#attempts.get(place) ?? 0) + 1,
    );
    this.#attempts.set(place, attempt);
    await this.#remember();
    return {...context, attempt};
  }

  async #remember(): Promise<void> {
    if (!this.#counts) return;
    const start = this.#scheduleStart;
    await this.#memory
      ?.write({
        of: JSON.stringify(this.#settings),
        fired: this.#fired,
        calls: [...this.#calls],
        attempts: [...this.#attempts],
        offlineUntil: this.#offlineUntil,
        ...(start === undefined ? {} : {scheduleStart: start}),
        reached: this.#book.reached,
      })
      .catch(() => {
        // It holds for as long as this worker lives.
      });
  }

  async #recall(): Promise<void> {
    if (!this.#counts) return;
    const known = await this.#memory?.read();
    if (known?.of !== JSON.stringify(this.#settings)) return;
    this.#fired = known.fired.map(
      (count, index) => count + (this.#fired[index] ?? 0),
    );
    for (const [id, count] of known.calls) this.#calls.set(id, count);
    for (const [place, count] of known.attempts) {
      this.#attempts.set(place, count);
    }
    this.#offlineUntil = known.offlineUntil;
    this.#scheduleStart = known.scheduleStart;
    this.#book = createProgressBook(
      percentsOfAll(this.#settings),
      known.reached,
    );
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

  #set(settings: Settings, fired?: number[]): void {
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
    if (!hasRules) this.#fired = fired ?? settings.rules.map(() => 0);
    if (settings.schedule !== schedule) {
      this.#book = createProgressBook(percentsOfAll(settings));
      this.#scheduleStart = undefined;
    }
    if (settings.quota !== quota) this.#quota.set(settings.quota);
    this.#links.share(settings.links === 'shared');
    this.#update();
    this.#tell({type: 'changed', at: this.#clock.now()});
  }

  #find(candidate: Candidate): FoundRule | undefined {
    const index = this.#matcher.find(candidate);
    const {rules} = this.#settings;
    const rule = index === undefined ? undefined : rules[index];
    if (rule === undefined || index === undefined) return undefined;
    const {fetchId, record, attempt} = candidate;
    return {
      rule,
      fire: () => {
        const fired = this.#fired[index];
        // The rules may be others by now; then nobody counts this one.
        if (fired !== undefined && this.#isSame(rule, index)) {
          this.#fired[index] = fired + 1;
          void this.#remember();
        }
        this.#tell({
          type: 'rule-fired',
          at: this.#clock.now(),
          rule: index,
          effect: rule.effect.type,
          trigger: triggerOf(rule).at,
          fetchId,
          ...(record === undefined ? {} : {record}),
          attempt,
        });
      },
    };
  }

  #isSame(rule: Rule, index: number): boolean {
    return this.#settings.rules[index]?.effect === rule.effect;
  }

  #progress(
    context: AttemptContext,
    position: number,
    total: number | undefined,
  ): number {
    if (this.#scheduleStart === undefined) return Infinity;
    const elapsed = this.#clock.now() - this.#scheduleStart;
    const {hasReached, left} = this.#book.report(
      context,
      position,
      total,
      elapsed,
    );
    if (hasReached) this.#update();
    return left;
  }

  async #whenOnline(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (!this.#isOnline) {
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => {
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', stop, {once: true});
        this.#onlineWaiters.push(() => {
          signal.removeEventListener('abort', stop);
          resolve();
        });
      });
    }
  }

  /** Brings about what holds now, and comes back when that may change. */
  #update(): void {
    const now = this.#clock.now();
    const {schedule, seed} = this.#settings;
    const start = this.#scheduleStart;
    const before = this.#scheduled;
    this.#scheduled =
      schedule === undefined || start === undefined
        ? KEEP
        : evaluateSchedule(schedule, now - start, this.#book.reachedAt, seed);
    this.#links.shape(this.#current);
    if (this.#scheduled.profile !== before.profile) {
      this.#tell({type: 'changed', at: now});
    }
    const isOnline = !this.#isOffline();
    if (isOnline !== this.#isOnline) this.#setOnline(isOnline, now);
    const next = Math.min(
      (start ?? 0) + this.#scheduled.until,
      now < this.#offlineUntil ? this.#offlineUntil : Infinity,
    );
    this.#setAlarm(next);
  }

  #setOnline(isOnline: boolean, at: number): void {
    this.#isOnline = isOnline;
    this.#tell({type: 'online-changed', at, isOnline});
    if (isOnline) {
      const waiters = this.#onlineWaiters;
      this.#onlineWaiters = [];
      for (const resume of waiters) resume();
    } else {
      for (const cut of this.#cuts) cut(networkError());
    }
  }

  #setAlarm(at: number): void {
    if (this.#alarm?.at === at) return;
    this.#alarm?.stop.abort();
    this.#alarm = undefined;
    if (at === Infinity) return;
    const stop = new AbortController();
    this.#alarm = {at, stop};
    this.#clock.sleepUntil(at, stop.signal).then(
      () => {
        if (stop.signal.aborted) return;
        this.#alarm = undefined;
        this.#update();
      },
      () => {
        // Another time is earlier, or nothing is to come.
      },
    );
  }

  #tell(event: ConditionsEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const placeOf = (fetchId: string, record: number): string =>
  `${record}/${fetchId}`;

const percentsOfAll = ({schedule}: Settings): readonly number[] =>
  schedule === undefined ? [] : percentsOf(schedule);
