import type {FetchKey} from '../../inspector-core/projections/fetch-state.js';

/** What a menu is about, and where it opens. */
export interface MenuPlace {
  readonly fetch: FetchKey;
  /** The record that was pointed at, if it was one. */
  readonly record?: number;
  /** Pixels from the window's corner. */
  readonly x: number;
  readonly y: number;
}

/** All that can be done to a fetch is wanted, in a menu. */
export class MenuEvent extends Event {
  readonly place: MenuPlace;

  constructor(place: MenuPlace) {
    super('bgf-menu', {bubbles: true, composed: true});
    this.place = place;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-menu': MenuEvent;
  }
}
