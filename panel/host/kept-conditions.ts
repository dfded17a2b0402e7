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

/**
 * Keeps conditions for the next time; none are as if none had been set. False
 * where there is no room, or no leave to store: they hold until the panel closes,
 * and those of before do not come back either.
 */
export function keepConditions(conditions: ConditionsFile): boolean {
  const text = JSON.stringify(conditions);
  const isNone = text === JSON.stringify(readConditions(NEUTRAL_CONDITIONS));
  try {
    localStorage.removeItem(KEY);
    if (!isNone) localStorage.setItem(KEY, text);
    return true;
  } catch {
    return isNone;
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
