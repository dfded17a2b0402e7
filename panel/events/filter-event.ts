/** The filter's text changed. */
export class FilterEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('bgf-filter', {bubbles: true, composed: true});
    this.text = text;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-filter': FilterEvent;
  }
}
