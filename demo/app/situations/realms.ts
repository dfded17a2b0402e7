import {attempt, watch} from '../calls.js';
import {seenFact, type Seen} from '../seen.js';
import type {StartFromWorker, WorkerCallReport} from '../messages.js';
import type {SituationGroup} from './situation.js';

type SeenWorkerCall = Seen & WorkerCallReport;

export const realms: SituationGroup = {
  title: 'Elsewhere',
  situations: [
    {
      name: 'from-service-worker',
      title: 'Started by the service worker',
      explanation:
        'The worker calls fetch(); newer browsers may refuse with NotAllowedError.',
      run: async ({manager, ...context}) => {
        const id = context.id();
        const message: StartFromWorker = {
          type: 'start-from-worker',
          id,
          urls: [context.resource('by-worker', 'size=600k&rate=600k')],
        };
        const {active} = await navigator.serviceWorker.ready;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
        active?.postMessage(message);
        const call = await seenFact(
          (entry): entry is SeenWorkerCall =>
            entry.type === 'worker-call' && entry.id === id,
        );
        if (call.error !== undefined) return;
        const registration = await attempt('get', id, () => manager.get(id));
        if (registration === undefined) return;
        watch(registration);
        await context.end(registration);
      },
    },
    {
      name: 'from-dedicated-worker',
      title: 'In a dedicated worker',
      explanation:
        'The interfaces are exposed there, but no registration can be reached.',
      run: async (context) => {
        const worker = new Worker(
          new URL('../dedicated-worker.ts', import.meta.url),
          {type: 'module'},
        );
        const answer = await new Promise<string>((resolve, reject) => {
          worker.addEventListener('message', (event) => {
            resolve(String(event.data));
          });
          worker.addEventListener('error', reject);
        });
        worker.terminate();
        context.note(answer);
      },
    },
  ],
};
