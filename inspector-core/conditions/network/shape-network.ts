import type {AttemptContext, Network} from '../../seams/network.js';
import {Attempt} from './attempt.js';
import type {World} from './world.js';

/** A world that tells when it is online again. */
export interface OnlineWorld extends World {
  whenOnline(signal: AbortSignal): Promise<void>;
}

/** What is known of a request that nobody told anything of. */
const UNKNOWN: AttemptContext = {
  key: 0,
  fetchId: '',
  record: 0,
  records: 1,
  attempt: 1,
  received: 0,
  uploadLength: 0,
  downloadTotal: 0,
};

/** A network behind the conditions of a world. */
export function shapeNetwork(network: Network, world: OnlineWorld): Network {
  return {
    fetch: async (request, context = UNKNOWN) =>
      new Attempt(
        world,
        network,
        request,
        await world.prepare(context),
      ).exchange(),
    isOnline: () => world.isOnline && network.isOnline(),
    async whenOnline(signal) {
      do {
        await world.whenOnline(signal);
        await network.whenOnline(signal);
      } while (!world.isOnline);
    },
  };
}
