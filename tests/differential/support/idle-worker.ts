/** A service worker that never becomes active: its installation does not end. */
import type {ExtendableEvent} from '../../../inspector-core/platform/background-fetch.js';

addEventListener('install', (event) => {
  (event as ExtendableEvent).waitUntil(new Promise(() => {}));
});
