import type {ProtocolMapping} from 'devtools-protocol/types/protocol-mapping.js';

export type Commands = ProtocolMapping.Commands;
export type Events = ProtocolMapping.Events;

/** One event of a debugger session, told apart by `method`. */
export type DebuggerEvent = {
  readonly [M in keyof Events]: {
    readonly method: M;
    readonly params: Events[M][0];
  };
}[keyof Events];

/** One debugger session of the inspected tab: the tab itself, or a child. */
export interface Debuggee {
  /**
   * Sends a command. Most are sent without waiting for the answer: a worker
   * that is starting answers only after it was let go.
   */
  readonly send: <M extends keyof Commands>(
    method: M,
    ...params: Commands[M]['paramsType']
  ) => Promise<Commands[M]['returnType']>;
}

/** The tab's root session, or the child with this id. */
export function debuggee(tabId: number, sessionId?: string): Debuggee {
  const target = sessionId === undefined ? {tabId} : {tabId, sessionId};
  return {
    send: (method, ...[params]) =>
      chrome.debugger.sendCommand(target, method, params),
  };
}

/** For a command whose answer nobody needs: its target may be gone by then. */
export const ignore = (answer: Promise<unknown>): void => {
  answer.catch(() => undefined);
};
