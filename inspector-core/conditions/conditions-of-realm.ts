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
import {ConditionsInForce} from './conditions-in-force.js';
import type {ConditionsListener, ConditionsState} from './events.js';
import {isSame} from './is-same.js';
import {isSimulation} from './is-simulation.js';
import type {ConditionsMemory} from './memory.js';
import {shapeNetwork} from './network/shape-network.js';
import {shapeStorage} from './network/shape-storage.js';
import {parseProfile} from './profile/parse-profile.js';
import {parseRules} from './rules/parse-rules.js';
import {parseSchedule} from './schedule/parse-schedule.js';
import type {Clock} from '../seams/clock.js';
import type {Network} from '../seams/network.js';
import type {CallVerdict} from '../seams/verdict.js';
import type {
  FetchCall,
  StorageSeam,
  WorldConditions,
} from '../seams/world-conditions.js';

/**
 * The conditions of one realm, as they are set. What is set wrongly is refused
 * with a ConditionsError, and then nothing has changed.
 */
export class Conditions implements WorldConditions {
  readonly #inForce: ConditionsInForce;
  readonly #listeners = new Set<ConditionsListener>();

  constructor(clock: Clock, settings: Settings, memory?: ConditionsMemory) {
    this.#inForce = new ConditionsInForce(clock, settings, memory, (event) => {
      for (const listener of this.#listeners) {
        try {
          listener(event);
        } catch (error) {
          // As in a listener of events: it is reported, and stops nothing here.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    });
  }

  get state(): ConditionsState {
    const {settings, fired, profile, isOnline} = this.#inForce;
    const {isActive} = this;
    return {...settings, fired, current: profile, isOnline, isActive};
  }

  get isActive(): boolean {
    const {isOnline, settings} = this.#inForce;
    return !isOnline || isSimulation(settings);
  }

  get permission(): Permission | undefined {
    return this.#inForce.settings.permission;
  }

  get space(): number | undefined {
    return this.#inForce.space;
  }

  /** Resolves when what an earlier worker counted is known. */
  get ready(): Promise<void> {
    return this.#inForce.ready;
  }

  /** What is set, to be stored; `apply` takes it. */
  toJSON(): ConditionsFile {
    return {version: CONDITIONS_VERSION, ...this.#inForce.settings};
  }

  /** Takes a whole file of settings, or, if any of it is wrong, nothing. */
  apply(file: unknown): void {
    const settings = parseConditionsFile(file);
    const old = this.#inForce.settings;
    // What is set once more goes on counting, and keeps its place in time.
    if (isSame(settings, old)) return;
    const {rules, schedule} = settings;
    this.#inForce.take({
      ...settings,
      rules: isSame(rules, old.rules) ? old.rules : rules,
      ...(schedule === undefined || !isSame(schedule, old.schedule)
        ? {}
        : {schedule: old.schedule}),
    });
  }

  /** Back to normal, as if nothing had been set. */
  reset(): void {
    this.#inForce.forget();
    this.#inForce.take(NEUTRAL);
  }

  /** A profile, or a preset's name; what is under way goes on at its rates. */
  setProfile(profile: unknown): void {
    this.#inForce.take({
      ...this.#inForce.settings,
      profile: parseProfile(profile),
    });
  }

  /** Takes the connection away, and with it what is under way; or gives it back. */
  setOffline(offline: unknown): void {
    this.#inForce.take({
      ...this.#inForce.settings,
      offline: parseFlag(offline, 'offline'),
    });
  }

  /** Connections that begin from now on share a link, or do not. */
  setLinks(links: unknown): void {
    this.#inForce.take({...this.#inForce.settings, links: parseLinks(links)});
  }

  /** All chance begins anew. */
  setSeed(seed: unknown): void {
    this.#inForce.take({...this.#inForce.settings, seed: parseSeed(seed)});
  }

  /** Other rules, for attempts from now on; all have fired 0 times. */
  setRules(rules: unknown): void {
    this.#inForce.take({...this.#inForce.settings, rules: parseRules(rules)});
  }

  /** Switches one rule on or off, and keeps how often it fired. */
  setRuleEnabled(index: number, enabled: unknown): void {
    const value = parseFlag(enabled, `rules[${index}].enabled`);
    const {rules} = this.#inForce.settings;
    const rule = rules[index];
    if (rule === undefined) {
      throw new ConditionsError(
        `rules[${show(index)}]`,
        `there is no such rule; there are ${rules.length}, from 0 on.`,
      );
    }
    const changed = rules.with(index, {...rule, enabled: value});
    this.#inForce.take({...this.#inForce.settings, rules: changed}, true);
  }

  /** Begins with the next request; undefined: none. */
  setSchedule(schedule: unknown): void {
    const {schedule: _, ...rest} = this.#inForce.settings;
    this.#inForce.take(
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
    return shapeNetwork(network, this.#inForce);
  }

  /** Storage that fails where a rule, or the quota, says so. */
  shapeStorage<S extends StorageSeam>(storage: S): S {
    return shapeStorage(storage, this.#inForce);
  }

  /** Why a call of `fetch()` is to reject; undefined: it is not. */
  judgeCall(call: FetchCall): CallVerdict | undefined {
    return this.#inForce.judgeCall(call);
  }
}
