// Takes part in background fetches as any app's worker does, and no more.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) =>
  event.waitUntil(self.clients.claim()),
);
for (const type of ['success', 'fail', 'abort']) {
  self.addEventListener(`backgroundfetch${type}`, (event) => {
    const {id, result} = event.registration;
    new BroadcastChannel('ends').postMessage({id, result});
    event.waitUntil(event.registration.matchAll());
  });
}
