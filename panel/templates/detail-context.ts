import type {InspectorState} from '../../inspector-core/projections/state.js';
import type {EpochMs} from '../../inspector-core/protocol/protocol.js';
import type {TimeFormat} from '../format/format.js';

/** What the parts of the detail pane are told. */
export interface DetailContext {
  readonly state: InspectorState;
  readonly now: EpochMs;
  readonly origin: EpochMs;
  readonly timeFormat: TimeFormat;
  readonly openSource?: OpenSource | undefined;
}

/** Shows a place of a script, as DevTools' Sources panel can. Both from 1. */
export type OpenSource = (url: string, line: number, column: number) => void;
