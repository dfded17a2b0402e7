import {isDispatch, type FetchControl} from '../protocol/control.js';
import {OK, refuse, type CommandResult} from '../protocol/commands.js';
import type {Backend} from './surface/backend.js';
import type {NativeFetches} from './surface/graft-interfaces.js';

/** Where the fetches of a registration are, from one realm. */
export interface Fetches {
  readonly registration: ServiceWorkerRegistration;
  readonly backend: Backend;
}

/** Does to a fetch what its user could; says why not where it cannot. */
export type Control = (command: FetchControl) => Promise<CommandResult>;

/**
 * @param find the registration of a scope, if this realm can reach it
 * @param isUsed whether the engine may have fetches at all
 */
export function createControl(
  find: (scope: string) => Promise<Fetches | undefined>,
  isUsed: () => Promise<boolean>,
  native: NativeFetches | undefined,
): Control {
  return async ({scope, id, action}) => {
    const fetches = await find(scope);
    if (fetches === undefined) return refuse('It is not of this page.');
    const {registration, backend} = fetches;
    const isOurs = await isUsed();
    if (isDispatch(action)) {
      if (isOurs && (await backend.control(id, action))) return OK;
      return refuse('The engine knows of no fetch with this id.');
    }
    const ids = isOurs ? await backend.getIds() : [];
    if (ids.includes(id)) {
      if (await backend.control(id, action)) return OK;
      return refuse(CANNOT[action]);
    }
    if (native === undefined) return refuse(OVER);
    if (action !== 'abort') {
      return refuse(
        'The browser lets nobody but its user do this. Route the fetch to the engine.',
      );
    }
    const isAborted = await native.abort(registration, id);
    return isAborted ? OK : refuse(OVER);
  };
}

const OVER = 'The fetch is over.';

const CANNOT = {
  pause: 'Only a fetch whose requests are all GET can be paused.',
  resume: 'The fetch is not paused.',
  abort: OVER,
  click: OVER,
} as const;
