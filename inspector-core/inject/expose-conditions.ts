import type {
  ConditionsFile,
  ConditionsState,
} from '../conditions/conditions.js';
import type {Engine} from '../engine/engine.js';
import {createSerialQueue} from '../engine/serial-queue.js';
import {defineHidden} from '../platform/primordials.js';
import type {ConsoleConditions} from './console-conditions.js';
import {readConcern} from './concern.js';
import {findOptions} from './options.js';

/** What of the engine knows of conditions. */
type Configured = Pick<Engine, 'configure' | 'setConcern'>;

/**
 * Conditions for a script or the console: `bgfInspector.conditions`. In a page
 * they go to the workers of all registrations of its origin.
 */
export function exposeConditions(engine: Configured | undefined): void {
  if (engine === undefined) return;
  const options = findOptions();
  const conditions = Object.freeze(createConsoleConditions(engine));
  // What a page cannot have any more, because it is frozen, it does without.
  if (options !== undefined) {
    defineHidden(options, 'conditions', conditions, true);
  } else {
    defineHidden(globalThis, 'bgfInspector', {conditions}, true);
  }
}

/** Neutral; what there is where no worker can be under any. */
const NOTHING: ConditionsFile = {version: 1};

const NOBODY =
  'No service worker of this origin can be under conditions. Register one that ' +
  'loads conditions.js before worker.js, and set them when it is active.';

function createConsoleConditions(engine: Configured): ConsoleConditions {
  const read = async (): Promise<ConditionsFile> =>
    ((await engine.configure())[0]?.file ?? NOTHING) as ConditionsFile;
  const put = async (file: unknown): Promise<void> => {
    const taken = await engine.configure(file);
    if (taken.length === 0 && file !== NOTHING) throw new TypeError(NOBODY);
    engine.setConcern(readConcern(file));
  };
  // One after the other, or one would undo what the other has set.
  const inTurn = createSerialQueue();
  const apply = (file: unknown): Promise<void> => inTurn(() => put(file));
  const change =
    (field: string) =>
    (value: unknown): Promise<void> =>
      inTurn(async () => put({...(await read()), [field]: value}));
  return {
    apply,
    reset: () => apply(NOTHING),
    setProfile: change('profile'),
    setOffline: change('offline'),
    setLinks: change('links'),
    setRules: change('rules'),
    setSchedule: change('schedule'),
    setSeed: change('seed'),
    setPermission: change('permission'),
    setQuota: change('quota'),
    state: async () =>
      (await engine.configure()).map(({state}) => state as ConditionsState),
    read,
  };
}
