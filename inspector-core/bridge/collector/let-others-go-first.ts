/**
 * Comes back when nothing else wants the thread: input, frames and tasks of the
 * page go first. A flood of entries is read in what they leave.
 */
export async function letOthersGoFirst(): Promise<void> {
  if ('scheduler' in globalThis) {
    await scheduler.postTask(() => undefined, {priority: 'background'});
    return;
  }
  // Safari: a turn of the event loop at least, which no timer delays.
  const {port1, port2} = new MessageChannel();
  await new Promise<void>((resolve) => {
    port2.addEventListener('message', () => resolve(), {once: true});
    port2.start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window
    port1.postMessage(undefined);
  });
  port1.close();
}
