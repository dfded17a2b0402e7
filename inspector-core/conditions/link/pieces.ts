import type {Random} from '../../seams/random.js';
import type {Effect} from '../rules/rule.js';
import type {Pauses} from './pauses.js';

/** The pieces that a stream is cut into, with a delay between them. */
export function createPieces(
  {size, variation = 0, delay}: Extract<Effect, {type: 'slice'}>,
  random: Random,
): Pauses {
  const draw = (): number => {
    const off = Math.round((2 * random() - 1) * variation);
    return Math.max(1, size + off);
  };
  let next = draw();
  return {
    until: (position) => Math.max(0, next - position),
    pass() {
      next += draw();
      return delay;
    },
  };
}
