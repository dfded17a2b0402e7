import {LIMITS} from '../../protocol/limits.js';
import type {AgentApi} from '../agent-api.js';
import {exposeAgent} from '../agent/expose-agent.js';
import {decodeJson, encodeJson} from '../agent/json.js';
import {FAREWELL, HELLO} from './debugger-names.js';

/** What `Runtime.addBinding` puts on a global: text goes to the debugger. */
export type Binding = (text: string) => void;

/** The realm's end of a debugger session. */
export interface RealmEnd {
  /** Called from the debugger, with text. Never throws into the page. */
  readonly receive: (text: unknown) => void;
  /** Takes the binding of a newer session, and tells it that we are here. */
  readonly attach: (binding: Binding) => void;
  /** Sends a batch unasked: there is no time to wait for the question. */
  readonly sayFarewell: (batch: unknown) => void;
}

/** @param api what the debugger may call */
export function createRealmEnd(api: AgentApi): RealmEnd {
  let binding: Binding | undefined;
  const hear = exposeAgent(api, (message) => {
    const text = encodeJson(message);
    // That is the answer then, and the inspector asks for less.
    if (text.length > LIMITS.message) throw new RangeError('Too large');
    binding?.(text);
  });
  return {
    receive: (text) => {
      if (typeof text === 'string') hear(decodeJson(text));
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
