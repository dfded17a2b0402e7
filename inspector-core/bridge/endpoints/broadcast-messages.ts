import type {RealmId} from '../../protocol/protocol.js';

/** Name of the channel that realms and panels of one origin share. */
export const CHANNEL = 'background-fetch-inspector';

/** What is said on it. Every listener gets everything, hence the addresses. */
export type BroadcastMessage =
  /** A panel asks who is there. */
  | {readonly type: 'discover'}
  /** `opening` counts how often the realm opened its channel, from 1. */
  | {
      readonly type: 'announce';
      readonly realm: RealmId;
      readonly opening: number;
    }
  /** `unloaded`: for good, and not into the back-forward cache. */
  | {
      readonly type: 'leave';
      readonly realm: RealmId;
      readonly unloaded: boolean;
    }
  /** A Comlink message from a panel to a realm, or back. */
  | {
      readonly type: 'request' | 'reply';
      readonly from: string;
      readonly to: string;
      readonly message: unknown;
    };

/** Longest address: more is not ours. */
const NAME_LENGTH = 128;

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= NAME_LENGTH;

/** Rebuilds a message of ours; `undefined` for anything else. */
export function readBroadcast(data: unknown): BroadcastMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const {type, realm, opening, unloaded, from, to, message} = data as Record<
    string,
    unknown
  >;
  switch (type) {
    case 'discover':
      return {type};
    case 'announce':
      return isName(realm) && typeof opening === 'number'
        ? {type, realm, opening}
        : undefined;
    case 'leave':
      return isName(realm)
        ? {type, realm, unloaded: unloaded === true}
        : undefined;
    case 'request':
    case 'reply':
      return isName(from) && isName(to) ? {type, from, to, message} : undefined;
    default:
      return undefined;
  }
}
