import type {BackgroundFetchRegistration} from '../../../../inspector-core/platform/background-fetch.js';
import type {RealmEntry} from '../../../../inspector-core/protocol/protocol.js';
import {
  factsOf,
  openRealm,
  resource,
  startWorker,
  until,
  type ScriptedWorker,
  type WorkerKit,
  type WorkerSelf,
} from '../../../support/realms.js';

type Script = (self: WorkerSelf, kit: WorkerKit) => void;

/** Fetches from a page of the worker, without hooks in the page. */
export async function fetchFor(
  worker: ScriptedWorker,
  requests: string | readonly string[],
): Promise<BackgroundFetchRegistration> {
  const page = await openRealm({scope: worker.scope, kind: 'window'});
  return (await page.manager()).fetch('podcast', requests);
}

/** Waits until a worker event is over, and gives all that the hook saw. */
export async function finished(
  worker: ScriptedWorker,
): Promise<readonly RealmEntry[]> {
  return until(async () => {
    const entries = await worker.entries();
    return factsOf(entries, 'event-finished').length > 0 && entries;
  });
}

/** Waits until a worker’s script has noted its end, and gives all its notes. */
const ended = (worker: ScriptedWorker): Promise<readonly unknown[]> =>
  until(async () => {
    const notes = await worker.run((_self, kit) => kit.notes);
    return notes.includes('end') && notes;
  });

/** Runs one fetch to its event in a worker without hooks, then in one with. */
export async function inBoth(
  script: Script,
  fetchOne = async (worker: ScriptedWorker): Promise<void> => {
    await fetchFor(worker, resource({size: 10}));
  },
): Promise<{
  readonly plain: readonly unknown[];
  readonly hooked: readonly unknown[];
  readonly entries: readonly RealmEntry[];
}> {
  const run = async (hooks: boolean) => {
    const worker = await startWorker({hooks, script});
    await fetchOne(worker);
    return {notes: await ended(worker), worker};
  };
  const plain = await run(false);
  const hooked = await run(true);
  return {
    plain: plain.notes,
    hooked: hooked.notes,
    entries: await finished(hooked.worker),
  };
}
