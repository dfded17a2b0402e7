import {createRandom, hashName} from './random.js';
import type {Content} from './content.js';

const BLOCK = 1 << 20;
const HEADER = 12;

/** One block of noise for every file: gigabytes need no more memory than this. */
const noise = ((): Buffer => {
  const block = Buffer.allocUnsafe(BLOCK);
  const random = createRandom('noise');
  for (let at = 0; at < BLOCK; at += 4) {
    block.writeUInt32LE(Math.floor(random() * 0x1_0000_0000), at);
  }
  return block;
})();

/**
 * A file of pseudo-random bytes, always the same for one name. Each mebibyte
 * is the same noise behind a header of its own (a 64 bit block number and a 32
 * bit hash of the name, big-endian), so that bytes that end up in the wrong
 * place, or in the wrong file, do not pass for the right ones.
 */
export function createRandomContent(
  name: string,
  size: number,
  head: Omit<Content, 'size' | 'slices'>,
): Content {
  const hash = hashName(name);
  return {
    ...head,
    size,
    *slices(first, end) {
      for (let at = first; at < end;) {
        const start = at % BLOCK;
        const stop = Math.min(BLOCK, start + (end - at));
        if (start < HEADER) {
          const header = Buffer.alloc(HEADER);
          header.writeBigUInt64BE(BigInt(Math.floor(at / BLOCK)));
          header.writeUInt32BE(hash, 8);
          yield header.subarray(start, Math.min(HEADER, stop));
        }
        if (stop > HEADER) yield noise.subarray(Math.max(HEADER, start), stop);
        at += stop - start;
      }
    },
  };
}
