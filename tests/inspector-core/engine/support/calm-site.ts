import type {Network} from '../../../../inspector-core/seams/network.js';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import {bytes} from './fetches.js';
import {makeRandomNetwork, RandomFile} from './random-network.js';

/** Files of these sizes on a made-up network, where nothing breaks by itself. */
export function makeCalmSite(
  sizes: readonly number[],
  seed: number,
): {
  readonly network: Network;
  readonly files: readonly {
    readonly url: string;
    readonly content: Uint8Array;
  }[];
} {
  const files = sizes.map((size, place) => ({
    url: `https://made.up/${place}`,
    content: bytes((seed + place) % 251, size),
  }));
  const network = makeRandomNetwork({
    random: createDice(seed).stream('engine'),
    files: new Map(
      files.map(({url, content}) => [url, new RandomFile(200, content)]),
    ),
    breaksOffline: false,
    onRequest: () => {},
  });
  network.isCalm = true;
  return {network, files};
}
