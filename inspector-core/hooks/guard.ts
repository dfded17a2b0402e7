import type {HookFaulted} from '../protocol/protocol.js';
import {describeError} from './describe.js';
import {createIndex} from '../platform/primordials.js';

/**
 * Runs a step of ours inside the host's call. A fault of ours must not become
 * the host's: it is told once for each place, and the step gives `undefined`.
 */
export type Guard = <T>(where: string, step: () => T) => T | undefined;

export function createGuard(append: (fact: HookFaulted) => void): Guard {
  const told = createIndex<true>();
  return (where, step) => {
    try {
      return step();
    } catch (error) {
      try {
        if (told.get(where) === undefined) {
          told.set(where, true);
          append({type: 'hook-faulted', where, error: describeError(error)});
        }
      } catch {
        // The log itself failed: there is nobody left to tell.
      }
      return undefined;
    }
  };
}
