import type {Engine} from '../engine/engine.js';
import {readConcern} from './concern.js';
import {findOptions} from './options.js';

/** Each resolves when the workers have it, and rejects if one refuses it. */
export interface ConsoleConditions {
  apply(file: unknown): Promise<void>;
  reset(): Promise<void>;
  setProfile(profile: unknown): Promise<void>;
  setOffline(offline: unknown): Promise<void>;
  setRules(rules: unknown): Promise<void>;
  setSchedule(schedule?: unknown): Promise<void>;
  setSeed(seed: unknown): Promise<void>;
  setPermission(permission?: unknown): Promise<void>;
  setQuota(quota?: unknown): Promise<void>;
  /** What comes of them, of each worker. */
  state(): Promise<readonly object[]>;
  /** What is set, as `apply` takes it. */
  read(): Promise<object>;
}

/**
 * Conditions for a script or the console: `bgfInspector.conditions`. In a page
 * they go to the workers of all registrations of its origin.
 */
export function exposeConditions(engine: Engine | undefined): void {
  if (engine === undefined) return;
  const options = findOptions();
  const conditions = Object.freeze(createConsoleConditions(engine));
  const hidden = {configurable: true, writable: true, enumerable: false};
  // What a page cannot have any more, because it is frozen, it does without.
  if (options !== undefined) {
    Reflect.defineProperty(options, 'conditions', {
      ...hidden,
      value: conditions,
    });
  } else {
    Reflect.defineProperty(globalThis, 'bgfInspector', {
      ...hidden,
      value: {conditions},
    });
  }
}

function createConsoleConditions(engine: Engine): ConsoleConditions {
  const read = async (): Promise<object> =>
    (await engine.configure())[0]?.file ?? {version: 1};
  const apply = async (file: unknown): Promise<void> => {
    await engine.configure(file);
    engine.setConcern(readConcern(file));
  };
  let last: Promise<void> = Promise.resolve();
  const change =
    (field: string) =>
    (value: unknown): Promise<void> => {
      // One after the other, or one would undo what the other has set.
      const next = last.then(async () =>
        apply({...(await read()), [field]: value}),
      );
      last = next.catch(() => {});
      return next;
    };
  return {
    apply,
    reset: () => apply({version: 1}),
    setProfile: change('profile'),
    setOffline: change('offline'),
    setRules: change('rules'),
    setSchedule: change('schedule'),
    setSeed: change('seed'),
    setPermission: change('permission'),
    setQuota: change('quota'),
    state: async () => (await engine.configure()).map(({state}) => state),
    read,
  };
}
