/** The inspector's side of the bridge. A realm's side is `agent/agent.ts`. */
export type {AgentApi} from './agent-api.js';
export {
  Collector,
  type CollectorOptions,
  type RealmRefusal,
} from './collector/collector.js';
export {REALM_KINDS} from './collector/admission.js';
export {endLink, type Link, type LinkEnd} from './collector/link.js';
export {OwnSource} from './collector/own-source.js';
export {discoverRealms} from './endpoints/broadcast-panel.js';
export {createDebuggerEnd, type DebuggerEnd} from './endpoints/debugger.js';
export {BINDING, HELLO, REALM_KEY} from './endpoints/debugger-names.js';
