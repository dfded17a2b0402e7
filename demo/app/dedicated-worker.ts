/** Says what a dedicated worker can see of the API. */
const answer = [
  `BackgroundFetchManager is ${'BackgroundFetchManager' in globalThis ? 'exposed' : 'missing'}`,
  `navigator.serviceWorker is ${'serviceWorker' in navigator ? 'exposed' : 'missing'}`,
].join(', ');

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
postMessage(answer);
