/**
 * `dist/inject/page.js`: a window's or frame's hook, as a classic script. It does
 * for dedicated and shared workers, too.
 */
import {installInPage} from '../engine/page.js';
import {isServiceWorker} from '../hooks/hooks.js';
import {complain} from './complain.js';
import {inject} from './inject.js';

try {
  // It would carry nothing out there, and be in the way of what does.
  if (isServiceWorker(globalThis)) {
    complain('page.js does nothing in a service worker. Load worker.js there.');
  } else {
    injectIntoPage();
  }
} catch {
  // A page in which we cannot work must not notice that we tried.
}

function injectIntoPage(): void {
  inject({
    onLeaving: (flush, signal) => {
      // Chrome drops what is sent as late as `pagehide`, if the page may be
      // kept; then the rest is read when it comes back.
      addEventListener('beforeunload', flush, {signal});
      addEventListener('pagehide', flush, {signal});
    },
    follow: (channel) => {
      // An open channel would keep the page out of the back-forward cache.
      addEventListener('pagehide', ({persisted}) => {
        channel.close(!persisted);
      });
      addEventListener('pageshow', ({persisted}) => {
        if (persisted) channel.open();
      });
    },
    timing: () => {
      if (!('document' in globalThis)) return 'before-scripts';
      // The only script there may be is the one that we are.
      const isFirst =
        document.readyState === 'loading' &&
        document.scripts.length <= (document.currentScript === null ? 0 : 1);
      return isFirst ? 'before-scripts' : 'late';
    },
    installEngine: (route, profile) => installInPage({route, profile}),
  });
}
