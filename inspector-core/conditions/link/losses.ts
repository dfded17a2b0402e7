import {
  DEFAULT_STALL_MS,
  PACKET_BYTES,
  type PacketLoss,
} from '../profile/profile.js';
import type {Random} from '../../seams/random.js';
import type {Pauses} from './pauses.js';

/** Which packets of a stream are lost depends on `random` alone. */
export function createLosses(
  {rate, stall = DEFAULT_STALL_MS}: PacketLoss,
  random: Random,
): Pauses {
  /** How many packets get through before one is lost: a geometric number. */
  const draw = (): number =>
    rate === 0
      ? Infinity
      : Math.floor(Math.log(1 - random()) / Math.log(1 - rate));
  let next = draw() * PACKET_BYTES;
  return {
    until: (position) => Math.max(0, next - position),
    pass() {
      next += (1 + draw()) * PACKET_BYTES;
      return stall;
    },
  };
}
