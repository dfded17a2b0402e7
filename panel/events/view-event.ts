import type {TimeSpan} from '../timeline/timeline.js';

/** The user chose a part of the session to look at. */
export class ViewEvent extends Event {
  readonly span: TimeSpan;

  constructor(span: TimeSpan) {
    super('bgf-view', {bubbles: true, composed: true});
    this.span = span;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-view': ViewEvent;
  }
}
