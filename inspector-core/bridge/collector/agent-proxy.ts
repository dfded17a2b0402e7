import {wrap} from 'comlink';
import type {AgentApi} from '../agent-api.js';
import type {Link} from './link.js';

/** What a call ends with when its link does. */
export class LinkEndedError extends Error {
  override readonly name = 'LinkEndedError';
}

/** A reply is not believed to be one before the parser has read it. */
export interface AgentProxy {
  read(after: number, budget: number): Promise<unknown>;
  execute(...command: Parameters<AgentApi['execute']>): Promise<unknown>;
}

/**
 * Wraps the other end of a link. Comlink never settles a call that is not
 * answered, so each call also ends with the link, or it would wait for ever.
 */
export function wrapAgent({endpoint, signal}: Link): AgentProxy {
  const remote = wrap<AgentApi>(endpoint);
  const untilEnd = <T>(call: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const end = (): void => reject(new LinkEndedError('The link has ended'));
      if (signal.aborted) {
        end();
        return;
      }
      signal.addEventListener('abort', end, {once: true});
      void call()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', end));
    });
  return {
    read: (after, budget) => untilEnd(() => remote.read(after, budget)),
    execute: (command) => untilEnd<unknown>(() => remote.execute(command)),
  };
}
