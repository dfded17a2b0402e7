import {expect} from '@esm-bundle/chai';
import {
  BlobParts,
  type BlobPlan,
} from '../../../../inspector-core/engine/driver/blob-parts.js';
import {createDeferred} from '../../../../inspector-core/engine/driver/deferred.js';
import {readBlobParts} from '../../../../inspector-core/engine/driver/read-blob-parts.js';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import type {Network} from '../../../../inspector-core/seams/network.js';
import {createSystemNetwork} from '../../../../inspector-core/seams/system-network.js';
import {storedRequest} from '../support/fetches.js';
import {head} from '../support/responses.js';
import {until} from '../support/scripted.js';

const COMPLETE = 400;
const PART = 100;

const PLAN: BlobPlan = {
  head: {...head(200), type: 'default'},
  from: 0,
  complete: COMPLETE,
  ifRange: undefined,
};

/** Each part at once, as it was asked for. */
const network: Network = {
  ...createSystemNetwork(),
  fetch: ({headers}) => {
    const [, first = 0, last = 0] = (
      /^bytes=(\d+)-(\d+)$/.exec(headers.get('Range') ?? '') ?? []
    ).map(Number);
    return Promise.resolve(
      new Response(new Uint8Array(last + 1 - first), {
        status: 206,
        headers: {'Content-Range': `bytes ${first}-${last}/${COMPLETE}`},
      }),
    );
  },
};

describe('readBlobParts', () => {
  it('is not done when parts are forbidden while all that came is stored', async () => {
    let isAllowed = true;
    let tellChange = (): void => {};
    const route = new BlobParts({
      isAllowed: () => isAllowed,
      watch: (onChange) => {
        tellChange = onChange;
      },
      smallestPart: PART,
      largestPart: PART,
      held: 2 * PART,
    });
    const stored = createDeferred<void>();
    const taken: number[] = [];
    const reading = readBlobParts({
      route,
      plan: PLAN,
      request: storedRequest(),
      position: 0,
      network,
      clock: createManualClock(),
      signal: new AbortController().signal,
      take: (blob) => {
        taken.push(blob.size);
        return stored.promise;
      },
    });
    await until(() => taken.length === 2);
    isAllowed = false;
    tellChange();
    stored.resolve();
    expect(await reading).to.equal('forbidden');
    expect(taken).to.deep.equal([PART, PART]);
  });
});
