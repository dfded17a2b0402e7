import type {Link} from '../link/link.js';
import type {NetworkProfile} from '../profile/profile.js';
import type {Dice} from '../random/dice.js';
import type {Candidate} from '../rules/match.js';
import type {Rule} from '../rules/rule.js';
import type {AttemptContext} from '../../seams/network.js';
import type {Clock} from '../../seams/clock.js';
import type {StorageVerdict} from '../../seams/verdict.js';

/** A rule that an attempt is under. */
export interface FoundRule {
  readonly rule: Rule;
  /** Whether it is still among those that are set, and on. */
  readonly holds: () => boolean;
  /** Its effect has come. */
  readonly fire: () => void;
}

/** What an attempt is told while it runs. */
export interface Runner {
  /** It loses its connection. */
  cut(error: unknown): void;
  /** Rules are others: the one that it is under may be gone. */
  review(): void;
}

/** What the attempts have in common. */
export interface World {
  readonly clock: Clock;
  readonly dice: Dice;
  /** What the link is like now. */
  readonly profile: NetworkProfile;
  readonly isOnline: boolean;
  linkOf(fetchId: string): Link;
  /** A link that a rule had made is as all others from now on. */
  adoptLink(link: Link): void;
  find(candidate: Candidate): FoundRule | undefined;
  /** What is known of an attempt, before it begins. */
  prepare(context: AttemptContext): Promise<AttemptContext>;
  /** An attempt begins; what it gives is called when it ends. */
  enter(runner: Runner): () => void;
  /** There is no network for so long, or until the rule is gone. */
  goOffline(ms: number, by: FoundRule): void;
  /** The record's next commit fails, unless the rule is gone by then. */
  failStorage(
    context: AttemptContext,
    how: StorageVerdict,
    by: FoundRule,
  ): void;
  /**
   * A record has so many bytes, of so many.
   *
   * @returns bytes that may come before conditions might change with them
   */
  progress(
    context: AttemptContext,
    position: number,
    total: number | undefined,
  ): number;
}
