import type {
  FetchKey,
  RealmKey,
} from '../../inspector-core/projections/fetch-state.js';

/** What the detail pane is about. */
export type Selection =
  | {readonly kind: 'fetch'; readonly fetch: FetchKey}
  | {readonly kind: 'record'; readonly fetch: FetchKey; readonly record: number}
  | {readonly kind: 'event'; readonly fetch: FetchKey; readonly event: RealmKey}
  | {readonly kind: 'entry'; readonly index: number};

/** The user chose something to look at, or closed what was open. */
export class SelectEvent extends Event {
  readonly selection: Selection | undefined;

  constructor(selection: Selection | undefined) {
    super('bgf-select', {bubbles: true, composed: true});
    this.selection = selection;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-select': SelectEvent;
  }
}
