import type {BackgroundFetchUpdateUIEvent} from '../../../inspector-core/platform/background-fetch.js';
import type {Realm} from './realms.js';
import type {WorkerSelf} from './worker-script.js';

/** What a service worker does with an event; becomes text. */
export type EventScript<A = undefined> = (
  event: BackgroundFetchUpdateUIEvent,
  self: WorkerSelf,
  argument: A,
) => void;

/** Runs a script at the worker's next event of this type, besides its own handler. */
export async function atNextEvent<A = undefined>(
  worker: Realm,
  type: string,
  script: EventScript<A>,
  argument?: A,
): Promise<void> {
  await worker.run(
    (self, {type, script, argument}) => {
      type Handler = EventScript<typeof argument>;
      // oxlint-disable-next-line no-implied-eval -- the test's own script, as text
      const revive = new Function(`return ${script}`) as () => Handler;
      const handle = revive();
      self.addEventListener(
        type,
        (event) => {
          handle(event as BackgroundFetchUpdateUIEvent, self, argument);
        },
        {once: true},
      );
    },
    {type, script: String(script), argument},
  );
}
