import type {EventLog} from '../log/log.js';
import type {InspectorState} from '../projections/state.js';
import type {CommandResult, InspectorCommand} from '../protocol/protocol.js';
import type {Store} from './store.js';

/**
 * All that a panel is given: what is known, and a way to ask for something. The
 * DevTools tab, the standalone page and a story differ only in who made it.
 */
export interface Inspector {
  readonly log: Omit<EventLog<InspectorState>, 'append'>;
  readonly store: Omit<Store<InspectorState>, 'close'>;
  execute(command: InspectorCommand): Promise<CommandResult>;
}
