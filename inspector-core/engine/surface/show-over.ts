import {defineHidden} from '../../platform/primordials.js';

/** Has an object of the platform say other values than its interface would. */
export function showOver<T extends object>(
  object: T,
  values: Partial<Record<keyof T, unknown>>,
): T {
  for (const [name, value] of Object.entries(values)) {
    defineHidden(object, name, value);
  }
  return object;
}
