import type {Endpoint} from 'comlink';
import {LIMITS} from '../../protocol/limits.js';
import {createChannelEndpoint} from './channel-endpoint.js';
import {FAREWELL, REALM_KEY} from './debugger-names.js';
import {admitReply} from './replies.js';

/**
 * Runs in the realm, to hand it a message; false if nobody takes it. A constant: what is sent goes as an
 * argument, so no text of a page ever becomes part of a script.
 */
export const DELIVER = `function (text) {
  const realm = globalThis[Symbol.for('${REALM_KEY}')];
  return realm ? (realm.receive(text), true) : false;
}`;

export interface DebuggerEnd {
  readonly endpoint: Endpoint;
  /** For the payload of `Runtime.bindingCalled`; false if it is no reply. */
  readonly receive: (payload: string) => boolean;
  /** Calls back with what a realm that ends could not be asked for. */
  readonly onFarewell: (listener: (batch: unknown) => void) => void;
}

/**
 * The inspector's end of a debugger session. `call` sends
 * `Runtime.callFunctionOn` to the realm with one text argument.
 */
export function createDebuggerEnd(
  call: (functionDeclaration: string, argument: string) => void,
): DebuggerEnd {
  const {endpoint, receive} = createChannelEndpoint({
    admit: admitReply,
    send: (message) => call(DELIVER, JSON.stringify(message)),
  });
  let hear: ((batch: unknown) => void) | undefined;
  return {
    endpoint,
    receive: (payload) => {
      if (payload.length > LIMITS.message) return false;
      const message = parse(payload);
      if (typeof message !== 'object' || message === null) return false;
      if (!Object.hasOwn(message, FAREWELL)) return receive(message);
      hear?.(Reflect.get(message, FAREWELL));
      return hear !== undefined;
    },
    onFarewell: (listener) => {
      hear = listener;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
