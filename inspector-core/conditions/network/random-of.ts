import type {AttemptContext} from '../../seams/network.js';
import type {Random} from '../../seams/random.js';
import type {World} from './world.js';

/** Numbers of one attempt alone, for one purpose. */
export function randomOf(
  {dice}: World,
  {fetchId, record, attempt}: AttemptContext,
  purpose: string,
): Random {
  return dice.stream(`${purpose}/${attempt}/${record}/${fetchId}`);
}
