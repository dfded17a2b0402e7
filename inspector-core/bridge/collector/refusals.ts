import {LIMITS, type RealmId} from '../../protocol/protocol.js';
import type {OwnSource} from './own-source.js';

/** At most one `entries-rejected` per realm in this time: milliseconds. */
const INTERVAL = 250;

/** Realms counted apart; a page that invents more is counted under no name. */
const NAMES = 100;

interface Count {
  count: number;
  message: string;
}

/**
 * Counts what was refused and tells it in few entries, so that a page that
 * sends a flood of nonsense cannot push the rest out of the log.
 */
export class Refusals {
  readonly #own: OwnSource;
  readonly #pending = new Map<RealmId, Count>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(own: OwnSource) {
    this.#own = own;
  }

  add(realm: RealmId, count: number, message: string): void {
    if (count === 0) return;
    const name = realm.slice(0, LIMITS.text);
    const isNew = !this.#pending.has(name);
    const key = isNew && this.#pending.size >= NAMES ? '' : name;
    const pending = this.#pending.get(key);
    if (pending === undefined) {
      this.#pending.set(key, {
        count,
        message: message.slice(0, LIMITS.longText),
      });
    } else {
      pending.count += count;
    }
    // Nobody waits for it: a timer that a hidden page slows down is good enough.
    this.#timer ??= setTimeout(() => this.flush(), INTERVAL);
  }

  /** Tells now what has been counted. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [realm, {count, message}] of this.#pending) {
      this.#own.append({type: 'entries-rejected', realm, count, message});
    }
    this.#pending.clear();
  }
}
