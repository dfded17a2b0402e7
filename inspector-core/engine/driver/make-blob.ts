import {weighBlob} from './weigh-blob.js';

/**
 * Bytes of Blobs made here that may wait for the collector at once. The browser
 * holds them until then: without a limit, 350 MiB while 2 GB came at 300 MiB/s.
 */
const MOST = 96 * 2 ** 20;

let waiting = 0;
const collected = new FinalizationRegistry<number>((size) => {
  waiting -= size;
});

/**
 * Undefined while too much waits for the collector: bytes take longer to be
 * stored than a Blob, and are free as soon as they are.
 */
export function makeBlob(bytes: Uint8Array<ArrayBuffer>): Blob | undefined {
  if (waiting + bytes.length > MOST) return undefined;
  const blob = weighBlob(new Blob([bytes]));
  waiting += blob.size;
  collected.register(blob, blob.size);
  return blob;
}
