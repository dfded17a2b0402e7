/** A sandboxed frame that tells its parent what its hooks saw, and did. */
import {hookRealm} from './hook-realm.js';

const textOf = Reflect.get(Function.prototype, 'toString');
const realm = hookRealm('before-scripts');

// The frame's origin is opaque: it cannot name the parent's.
parent.postMessage(
  {
    entries: realm.entries(),
    isUntouched: Reflect.get(Function.prototype, 'toString') === textOf,
  },
  '*',
);
