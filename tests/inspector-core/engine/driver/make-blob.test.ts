import {expect} from '@esm-bundle/chai';
import {makeBlob} from '../../../../inspector-core/engine/driver/make-blob.js';
import {collectUntilSettled} from '../support/collect.js';
import {HAS_CACHE} from '../support/stored.js';

const bytes = new Uint8Array(2 ** 24);

/** Until none is made any more; the Blobs are held by whoever has the result. */
function makeMany(): readonly Blob[] {
  const blobs: Blob[] = [];
  for (;;) {
    const blob = makeBlob(bytes);
    if (blob === undefined) return blobs;
    blobs.push(blob);
  }
}

async function whenMadeAgain(): Promise<void> {
  while (makeBlob(bytes) === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('makeBlob', () => {
  it('leaves no more than 96 MiB to the collector', async function () {
    // Elsewhere nothing is made of Blobs.
    if (!HAS_CACHE) this.skip();
    this.timeout(40_000);
    let blobs = makeMany();
    expect(blobs).to.have.length(6);
    expect(blobs.map(({size}) => size)).to.include(bytes.length);
    const madeAgain = whenMadeAgain();
    expect(await collectUntilSettled(madeAgain, 2_000), 'held').to.equal(false);
    blobs = [];
    // Beside other browsers at work the collector takes its time.
    expect(await collectUntilSettled(madeAgain, 30_000)).to.equal(true);
    expect(blobs).to.have.length(0);
  });
});
