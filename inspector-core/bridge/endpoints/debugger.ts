import type {Endpoint} from 'comlink';
import {LIMITS} from '../../protocol/limits.js';
import {createChannelEndpoint} from './channel-endpoint.js';
import {REALM_KEY} from './debugger-names.js';
import {admitReply} from './replies.js';

/**
 * Runs in the realm, to hand it a message. A constant: what is sent goes as an
 * argument, so no text of a page ever becomes part of a script.
 */
export const DELIVER = `function (text) {
  const realm = globalThis[Symbol.for('${REALM_KEY}')];
  if (realm) realm.receive(text);
}`;

export interface DebuggerEnd {
  readonly endpoint: Endpoint;
  /** For the payload of `Runtime.bindingCalled`; false if it is no reply. */
  readonly receive: (payload: string) => boolean;
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
  return {
    endpoint,
    receive: (payload) =>
      payload.length <= LIMITS.message && receive(parse(payload)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
