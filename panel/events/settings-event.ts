import type {NetworkProfile} from '../../inspector-core/protocol/protocol.js';
import type {TimeFormat} from '../format/format.js';

export const OUTCOMES = [
  'all',
  'active',
  'succeeded',
  'failed',
  'aborted',
  'rejected',
] as const;

/** Which fetches the chips leave in view. */
export type Outcome = (typeof OUTCOMES)[number];

export const PANEL_VIEWS = ['timeline', 'entries'] as const;

export type PanelView = (typeof PANEL_VIEWS)[number];

/** What the user set, and what nothing but the panel knows. */
export interface PanelSettings {
  readonly outcome: Outcome;
  readonly view: PanelView;
  readonly preserveLog: boolean;
  readonly timeFormat: TimeFormat;
  /** Pixels of the tree beside the lanes; without, it goes with the panel's. */
  readonly treeWidth: number | undefined;
  /** Pixels of the detail pane; without, the usual. */
  readonly detailHeight: number | undefined;
  /** Networks of the user's own, oldest first. */
  readonly profiles: readonly NetworkProfile[];
}

export const DEFAULT_SETTINGS: PanelSettings = {
  outcome: 'all',
  view: 'timeline',
  preserveLog: false,
  timeFormat: 'relative',
  treeWidth: undefined,
  detailHeight: undefined,
  profiles: [],
};

/** The user set something that stays inside the panel. */
export class SettingsEvent extends Event {
  readonly changes: Partial<PanelSettings>;

  constructor(changes: Partial<PanelSettings>) {
    super('bgf-settings', {bubbles: true, composed: true});
    this.changes = changes;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-settings': SettingsEvent;
  }
}
