import {parseConditionsFile} from '../../inspector-core/conditions/conditions-file.js';
import {
  NEUTRAL_CONDITIONS,
  type ConditionsFile,
} from '../../inspector-core/protocol/protocol.js';

/** Apart from the settings, which are read at each step of a splitter. */
const KEY = 'bgf-conditions';

/** A file whose every part is good; throws a ConditionsError. */
export const readConditions = (input: unknown): ConditionsFile => ({
  ...NEUTRAL_CONDITIONS,
  ...parseConditionsFile(input),
});

/** Keeps conditions for the next time; none are as if none had been set. */
export function keepConditions(conditions: ConditionsFile): void {
  const text = JSON.stringify(conditions);
  try {
    if (text === JSON.stringify(readConditions(NEUTRAL_CONDITIONS))) {
      localStorage.removeItem(KEY);
    } else localStorage.setItem(KEY, text);
  } catch {
    // No room, or no leave to store: then they hold until the panel closes.
  }
}

/**
 * Those that were kept, if any. What cannot be understood is dropped, and the
 * error that says why is thrown.
 */
export function keptConditions(): ConditionsFile | undefined {
  const stored = localStorage.getItem(KEY);
  if (stored === null) return undefined;
  try {
    return readConditions(JSON.parse(stored));
  } catch (error) {
    localStorage.removeItem(KEY);
    throw error;
  }
}
