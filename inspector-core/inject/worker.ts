/** `dist/inject/worker.js`: the hook of any worker, as a classic script. */
import {installInPage} from '../engine/page.js';
import {installInWorker, isServiceWorker} from '../engine/worker.js';
import {inject} from './inject.js';

const scope: object = globalThis;

try {
  inject({
    onLeaving: () => undefined,
    // A worker ends without a word: there is no time to close it before.
    follow: () => undefined,
    // The library form is loaded first, or it would not be of much use.
    timing: () => 'before-scripts',
    installEngine: (route, profile) =>
      isServiceWorker(scope)
        ? installInWorker({scope, route, profile})
        : installInPage({route, profile}),
  });
} catch {
  // A worker in which we cannot work must not notice that we tried.
}
