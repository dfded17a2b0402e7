import type {WorkerReport} from '../app/messages.js';

declare const self: ServiceWorkerGlobalScope;

/** Tells every page of the app, controlled or not. */
export async function report(message: WorkerReport): Promise<void> {
  const clients = await self.clients.matchAll({includeUncontrolled: true});
  for (const client of clients) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a client, not a window
    client.postMessage(message);
  }
}
