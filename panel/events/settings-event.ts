import type {TimeFormat} from '../format/format.js';

/** Which fetches the chips leave in view. */
export type Outcome =
  'all' | 'active' | 'succeeded' | 'failed' | 'aborted' | 'rejected';

export type PanelView = 'timeline' | 'entries';

/** What the user set, and what nothing but the panel knows. */
export interface PanelSettings {
  readonly outcome: Outcome;
  readonly view: PanelView;
  readonly preserveLog: boolean;
  readonly timeFormat: TimeFormat;
}

export const DEFAULT_SETTINGS: PanelSettings = {
  outcome: 'all',
  view: 'timeline',
  preserveLog: false,
  timeFormat: 'relative',
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
