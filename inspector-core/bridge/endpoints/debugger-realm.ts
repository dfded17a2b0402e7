import type {Endpoint} from 'comlink';
import {LIMITS} from '../../protocol/limits.js';
import {decodeJson, encodeJson} from '../agent/json.js';
import {createChannelEndpoint} from './channel-endpoint.js';
import {FAREWELL, HELLO} from './debugger-names.js';
import {admitRequest} from './requests.js';

/** What `Runtime.addBinding` puts on a global: text goes to the debugger. */
export type Binding = (text: string) => void;

/** The realm's end of a debugger session. */
export interface RealmEnd {
  readonly endpoint: Endpoint;
  /** Called from the debugger, with text. Never throws into the page. */
  readonly receive: (text: unknown) => void;
  /** Takes the binding of a newer session, and tells it that we are here. */
  readonly attach: (binding: Binding) => void;
  /** Sends a batch unasked: there is no time to wait for the question. */
  readonly sayFarewell: (batch: unknown) => void;
}

export function createRealmEnd(): RealmEnd {
  let binding: Binding | undefined;
  const {endpoint, receive} = createChannelEndpoint({
    admit: admitRequest,
    send: (message) => {
      const text = encodeJson(message);
      // Comlink then answers with an error, and the inspector asks for less.
      if (text.length > LIMITS.message) throw new RangeError('Too large');
      binding?.(text);
    },
  });
  return {
    endpoint,
    receive: (text) => {
      if (typeof text === 'string') receive(decodeJson(text));
    },
    attach: (newer) => {
      binding = newer;
      newer(HELLO);
    },
    sayFarewell: (batch) => {
      const text = encodeJson({[FAREWELL]: batch});
      if (text.length <= LIMITS.message) binding?.(text);
    },
  };
}
