import type {Conditions} from '../conditions/conditions.js';
import type {Clock} from '../seams/clock.js';

/** Makes the conditions of the worker of a scope. */
export type ConditionsFactory = (
  clock: Clock,
  scope: string,
  file: unknown,
) => Conditions;

/** How `conditions.js` and `worker.js` find each other. */
export const CONDITIONS_FACTORY = Symbol.for('background-fetch-conditions');

/** What `conditions.js` left here, if it came; takes it off the global. */
export function takeConditionsFactory(): ConditionsFactory | undefined {
  const factory: unknown = Reflect.get(globalThis, CONDITIONS_FACTORY);
  if (typeof factory !== 'function') return undefined;
  Reflect.deleteProperty(globalThis, CONDITIONS_FACTORY);
  return factory as ConditionsFactory;
}
