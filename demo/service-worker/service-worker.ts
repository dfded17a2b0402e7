/**
 * The podcast app's service worker, a classic script. All listeners are added
 * while the script runs for the first time: the browser wakes a stopped worker
 * only for events that it saw a listener for then.
 */
import type {StartFromWorker} from '../app/messages.js';
import {handleEnd} from './background-fetch-events.js';
import {keepShell, respond} from './offline.js';
import {startFetch} from './start-fetch.js';
import type {
  BackgroundFetchEvent,
  BackgroundFetchUpdateUIEvent,
} from '../../inspector-core/platform/background-fetch.js';

declare const self: ServiceWorkerGlobalScope;

/** The events that TypeScript's library does not know. */
interface BackgroundFetchEvents {
  addEventListener(
    type: 'backgroundfetchsuccess' | 'backgroundfetchfail',
    listener: (event: BackgroundFetchUpdateUIEvent) => void,
  ): void;
  addEventListener(
    type: 'backgroundfetchabort' | 'backgroundfetchclick',
    listener: (event: BackgroundFetchEvent) => void,
  ): void;
}
const events: BackgroundFetchEvents = self;

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([keepShell(), self.skipWaiting()]));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const response = respond(event.request);
  if (response !== undefined) event.respondWith(response);
});

self.addEventListener('message', (event) => {
  const message = event.data as Partial<StartFromWorker> | null;
  if (message?.type === 'start-from-worker') {
    event.waitUntil(startFetch(message as StartFromWorker));
  }
});

events.addEventListener('backgroundfetchsuccess', (event) => {
  handleEnd('backgroundfetchsuccess', event, event);
});

events.addEventListener('backgroundfetchfail', (event) => {
  handleEnd('backgroundfetchfail', event, event);
});

events.addEventListener('backgroundfetchabort', (event) => {
  handleEnd('backgroundfetchabort', event);
});

events.addEventListener('backgroundfetchclick', (event) => {
  handleEnd('backgroundfetchclick', event);
  event.waitUntil(self.clients.openWindow('/'));
});
