import type {Rule} from '../../inspector-core/protocol/protocol.js';

/** What the drawer is opened at. */
export type DrawerPlace =
  | {readonly at: 'rules'}
  | {readonly at: 'network'}
  /** The form of a new rule, which has this much already. */
  | {readonly at: 'new-rule'; readonly rule: Rule};

/** The drawer of the conditions is wanted, or (without a place) closed. */
export class DrawerEvent extends Event {
  readonly place: DrawerPlace | undefined;

  constructor(place: DrawerPlace | undefined) {
    super('bgf-drawer', {bubbles: true, composed: true});
    this.place = place;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-drawer': DrawerEvent;
  }
}
