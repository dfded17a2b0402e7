import type {RealmId} from '../../protocol/protocol.js';
import {REALM_KINDS} from '../collector/admission.js';
import {endLink, type Link} from '../collector/link.js';
import {
  CHANNEL,
  readBroadcast,
  type BroadcastMessage,
} from './broadcast-messages.js';
import {
  createChannelEndpoint,
  type ChannelEndpoint,
} from './channel-endpoint.js';
import {admitReply} from './replies.js';

interface Peer extends ChannelEndpoint {
  readonly opening: number;
  readonly ended: AbortController;
}

export interface BroadcastPanelOptions {
  /** A name that no other panel has. */
  readonly name: string;
  readonly connect: (link: Link) => void;
  /** Something arrived on the channel that is not ours. */
  readonly refuse: (realm: RealmId, message: string) => void;
  readonly signal: AbortSignal;
}

/** Realms that may be known at once: a page can announce as many as it likes. */
const PEERS = 1_000;

/** The panel's end of the library form: finds the realms of its origin. */
export function discoverRealms(options: BroadcastPanelOptions): void {
  const {name, connect, refuse, signal} = options;
  const channel = new BroadcastChannel(CHANNEL);
  const peers = new Map<RealmId, Peer>();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window
  const say = (message: BroadcastMessage): void => channel.postMessage(message);

  const leave = (realm: RealmId, unloaded: boolean): void => {
    const peer = peers.get(realm);
    peers.delete(realm);
    if (peer !== undefined) {
      endLink(peer.ended, unloaded ? 'unloaded' : 'unlinked');
    }
  };
  const meet = (realm: RealmId, opening: number): void => {
    if (peers.get(realm)?.opening === opening) return;
    leave(realm, false);
    if (peers.size >= PEERS) {
      refuse(realm, 'Too many realms announce themselves');
      return;
    }
    const ended = new AbortController();
    const end = createChannelEndpoint({
      admit: admitReply,
      send: (message) => say({type: 'request', from: name, to: realm, message}),
    });
    peers.set(realm, {...end, opening, ended});
    connect({
      endpoint: end.endpoint,
      signal: ended.signal,
      place: 'broadcast',
      kinds: REALM_KINDS,
      realm,
    });
  };

  channel.addEventListener('message', ({data}) => {
    const said = readBroadcast(data);
    if (said === undefined) {
      refuse('', 'Not a message of the inspector');
    } else if (said.type === 'announce') {
      meet(said.realm, said.opening);
    } else if (said.type === 'leave') {
      leave(said.realm, said.unloaded);
    } else if (said.type === 'reply' && said.to === name) {
      if (peers.get(said.from)?.receive(said.message) !== true) {
        refuse(said.from, 'Not an answer that was asked for');
      }
    }
  });
  signal.addEventListener('abort', () => {
    for (const realm of peers.keys()) leave(realm, false);
    channel.close();
  });
  say({type: 'discover'});
}
