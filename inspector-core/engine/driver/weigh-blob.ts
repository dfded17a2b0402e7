import {later} from '../../platform/primordials.js';

/** So many bytes at most are not weighed yet … */
const MOST = 48 * 2 ** 20;
/** … for so many milliseconds. */
const LONGEST = 1_000;

let unweighed = 0;
let isDue = false;

/**
 * Makes the collector aware of a Blob's size, some time soon. To it a Blob is a
 * few bytes, and it would let hundreds of them live, of each of which the browser
 * holds all bytes until it is collected. Not each at once: to free them takes
 * the browser longer than to leave them.
 */
export function weighBlob(blob: Blob): Blob {
  unweighed += blob.size;
  if (unweighed >= MOST) {
    weigh();
  } else if (!isDue) {
    isDue = true;
    later(() => {
      isDue = false;
      weigh();
    }, LONGEST);
  }
  return blob;
}

/** A buffer counts in full; nobody ever writes to this one, so it takes no memory. */
function weigh(): void {
  const size = unweighed;
  unweighed = 0;
  try {
    void new ArrayBuffer(size);
  } catch {
    // Where there is no room for it, the collector is at work.
  }
}
