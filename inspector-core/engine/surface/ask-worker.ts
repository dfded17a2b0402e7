import type {Clock} from '../../seams/clock.js';
import {
  markCall,
  PING,
  PONG,
  type Answer,
  type CallMessage,
  type PageCall,
} from './page-messages.js';

/** How often a page that waits for an answer asks if it is still served. */
const BEAT_MS = 2_000;
/** A pong may be slower than the answer to another message, but not by two. */
const MOST_MISSED = 2;
/** A worker that starts, or is stopped at a breakpoint, answers nothing. */
const MOST_SILENT = 30;

/**
 * What comes of a call. "lost": the worker that had it is gone. "silent": there
 * is one, and it does not answer anything.
 */
export type Asked = Answer | 'lost' | 'silent';

/** False for a registration that is gone, or was never complete. */
export function hasWorker({active}: ServiceWorkerRegistration): boolean {
  return active !== null && active.state !== 'redundant';
}

/** A registration may be told of its next worker a task later. */
const REPLACING_MS = 100;

/** Resolves when the next version has taken a worker's place; may never do. */
export async function whenReplaced(
  registration: ServiceWorkerRegistration,
  worker: ServiceWorker,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (worker.state === 'redundant') resolve();
    };
    worker.addEventListener('statechange', look, {signal});
  });
  if (registration.active === worker) {
    await clock.sleepUntil(clock.now() + REPLACING_MS, signal);
  }
}

/**
 * Calls the engine in a worker of this registration.
 *
 * @param canRepeat whether it does no harm to take for lost what was done
 */
export async function askWorker(
  registration: ServiceWorkerRegistration,
  worker: ServiceWorker,
  message: PageCall,
  clock: Clock,
  canRepeat: boolean,
): Promise<Asked> {
  // A port for each call: the message wakes a worker that sleeps.
  const {port1, port2} = new MessageChannel();
  const ended = new AbortController();
  const state = {isServed: false};
  try {
    return await Promise.race([
      new Promise<Answer>((resolve) => {
        port1.addEventListener(
          'message',
          ({data}: MessageEvent<CallMessage>) => {
            if (data === PONG) state.isServed = true;
            else resolve(data);
          },
        );
        port1.start();
        worker.postMessage(markCall(message), [port2]);
      }),
      whenLost(registration, port1, state, clock, ended.signal),
      ...(canRepeat
        ? [
            whenReplaced(registration, worker, clock, ended.signal).then(
              (): 'lost' => 'lost',
            ),
          ]
        : []),
    ]);
  } finally {
    ended.abort();
    port1.close();
  }
}

/**
 * A port does not say when its other end has died, so both are asked: who serves
 * the call, through its port, and whatever worker there is now.
 */
async function whenLost(
  registration: ServiceWorkerRegistration,
  port: MessagePort,
  state: {isServed: boolean},
  clock: Clock,
  ended: AbortSignal,
): Promise<'lost' | 'silent'> {
  const beat = (): Promise<void> =>
    clock.sleepUntil(clock.now() + BEAT_MS, ended);
  let missed = 0;
  let silent = 0;
  // Most calls are answered before the first beat.
  await beat();
  for (;;) {
    state.isServed = false;
    port.postMessage(PING);
    const probe = probeWorker(registration);
    await beat().finally(probe.close);
    if (state.isServed) {
      missed = 0;
      silent = 0;
    } else if (probe.isAnswered || !hasWorker(registration)) missed += 1;
    else silent += 1;
    if (missed >= MOST_MISSED) return 'lost';
    if (silent >= MOST_SILENT) return 'silent';
  }
}

function probeWorker({active}: ServiceWorkerRegistration) {
  const {port1, port2} = new MessageChannel();
  const probe = {
    isAnswered: false,
    close: (): void => {
      port1.close();
    },
  };
  port1.addEventListener('message', () => {
    probe.isAnswered = true;
  });
  port1.start();
  try {
    active?.postMessage(markCall({method: 'ping', args: []}), [port2]);
  } catch {
    // Redundant: not all browsers take messages to such a one.
  }
  return probe;
}
