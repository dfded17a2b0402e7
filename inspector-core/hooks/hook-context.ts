import type {Fact} from '../protocol/protocol.js';
import type {Api} from './api.js';
import type {Guard} from './guard.js';
import type {Patches} from '../platform/patch.js';
import type {Routes} from './routes.js';

/** What every part of the hook works with. */
export interface HookContext {
  readonly scope: typeof globalThis;
  readonly api: Api;
  readonly patches: Patches;
  readonly guard: Guard;
  /** Adds to the realm's log, as long as the hook is installed. */
  readonly append: (fact: Fact) => void;
  /** Listens until the hook is uninstalled; faults are guarded. */
  readonly on: Listen;
  /** The same, on what outlives the hook: there the listener is taken out. */
  readonly onGlobal: Listen;
  readonly isInstalled: () => boolean;
  /** Absent where there is no engine: all is the browser's own. */
  readonly routes: Routes | undefined;
}

export type Listen = (
  target: object,
  type: string,
  listener: (event: Event) => void,
) => void;
