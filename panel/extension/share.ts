/**
 * How the panel's page gets the session, which lives in the DevTools page: both
 * are of one origin and one process, so the object itself is handed over.
 */
import {Observable} from 'rxjs';
import type {Inspector} from '../../inspector-core/store/inspector.js';
import type {Session} from './session/session.js';
import {askForWire} from './wire/wire.js';

declare global {
  interface Window {
    /** Of a panel's page, once it was given its inspector. */
    bgfInspector?: Inspector;
  }
}

/** The window of a panel's page. */
export type PanelWindow = Window & {readonly chrome: typeof chrome};

/** Dispatched on a panel's window once its inspector is there. */
export const INSPECTOR_READY = 'bgf-inspector-ready';

/**
 * Makes what one panel page is given. It ends with that page: a reloaded panel
 * leaves no listener behind, and gets a new one.
 */
export function shareWith(panel: PanelWindow, session: Session): void {
  const gone = new AbortController();
  panel.addEventListener('pagehide', () => gone.abort(), {once: true});
  const {log, store} = session;
  panel.bgfInspector = {
    log: {
      get first() {
        return log.first;
      },
      get next() {
        return log.next;
      },
      get base() {
        return log.base;
      },
      at: (index) => log.at(index),
      slice: (from, to) => log.slice(from, to),
      subscribe: (listener, {signal} = {}) => {
        const signals = [
          gone.signal,
          ...(signal === undefined ? [] : [signal]),
        ];
        log.subscribe(listener, {signal: AbortSignal.any(signals)});
      },
    },
    store: {
      get state() {
        return store.state;
      },
      state$: new Observable((observer) => {
        const subscription = store.state$.subscribe(observer);
        gone.signal.addEventListener('abort', () => subscription.unsubscribe());
        return subscription;
      }),
    },
    execute: async (command) => {
      if (command.type === 'request-wire-access') {
        // Before any await: the user's gesture does not outlive one.
        await askForWire(panel.chrome, command.origins);
      }
      return session.execute(command);
    },
  };
  panel.dispatchEvent(new Event(INSPECTOR_READY));
}
