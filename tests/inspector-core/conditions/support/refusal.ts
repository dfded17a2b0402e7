import {ConditionsError} from '../../../../inspector-core/conditions/parsing.js';

/** The sentence with which something is refused. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConditionsError) return error.message;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
