import {BINDING} from '../bridge/endpoints/debugger-names.js';
import type {Binding} from '../bridge/endpoints/debugger-realm.js';
import {findInstallation} from '../hooks/hooks.js';

/** What a realm that has its hook shows of it: enough to be found again. */
export interface Presence {
  /** A message of the debugger session. */
  readonly receive: (text: unknown) => void;
  /** A debugger session came: it may call from now on. */
  readonly attach: (binding: Binding) => void;
  /** The library form was loaded too: panels of this origin may call. */
  readonly open: () => void;
}

/** The hook that an earlier script left in this realm. */
export const findPresence = (): Presence | undefined =>
  findInstallation(globalThis) as Presence | undefined;

/** Takes the debugger's binding off the global, so that the page has none. */
export function takeBinding(): Binding | undefined {
  const binding: unknown = Reflect.get(globalThis, BINDING);
  if (typeof binding !== 'function') return undefined;
  Reflect.deleteProperty(globalThis, BINDING);
  return binding as Binding;
}
