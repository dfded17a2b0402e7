import type {Endpoint} from 'comlink';
import {isOneOf} from '../../protocol/lists.js';
import type {
  RealmClosed,
  RealmId,
  SourceKind,
} from '../../protocol/protocol.js';

/** A way to a realm, as its channel knows it. */
export interface Link {
  readonly endpoint: Endpoint;
  /** Aborted by `endLink`, when the other end is gone. */
  readonly signal: AbortSignal;
  /**
   * Where the other end is, in the channel's words. A realm that is found again
   * over a new link goes on only from the same place.
   */
  readonly place: string;
  /** What kinds of realm can be there. */
  readonly kinds: readonly SourceKind[];
  /** Where the channel can bring the last entries of a realm that ends. */
  readonly onFarewell?: (listener: (batch: unknown) => void) => void;
  /** The realm, where the channel itself names it. */
  readonly realm?: RealmId;
}

/** Why a realm is over, as far as the channel can tell. */
export type LinkEnd = RealmClosed['reason'] | 'unlinked';

const ENDS: readonly RealmClosed['reason'][] = [
  'unloaded',
  'stopped',
  'crashed',
  'uninstalled',
];

/** `unlinked`: only the channel ended, the realm may live on. */
export function endLink(
  link: AbortController,
  reason: LinkEnd = 'unlinked',
): void {
  link.abort(reason);
}

/** The reason why a link's realm closed; `undefined` if it may live on. */
export function closedBecause(
  signal: AbortSignal,
): RealmClosed['reason'] | undefined {
  const reason: unknown = signal.reason;
  return isOneOf(ENDS, reason) ? reason : undefined;
}
