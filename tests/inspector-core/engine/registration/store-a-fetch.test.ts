import {expect} from '@esm-bundle/chai';
import {storedRequest} from '../support/fetches.js';
import {makeFaulty} from '../support/faulty-storage.js';
import {SCOPE} from '../support/jobs.js';
import {rejection, scripted} from '../support/scripted.js';
import {get, post, useWorkers} from '../support/workers.js';

const workers = useWorkers();

describe('ActiveFetches, when it stores a fetch', () => {
  it('reads all bodies before it resolves, and sends them', async () => {
    const {fetches} = workers.start();
    const file = scripted(10);
    const job = await fetches.start('id', [
      post(file.request, new Blob(['hello']).stream()),
      get(file),
      post(file.request, new Blob([]).stream()),
    ]);
    expect(
      job.stored.records.map(({request}) => request.bodyLength),
    ).to.deep.equal([5, undefined, 0]);
    await workers.over(job);
    expect(job.snapshot.uploaded).to.equal(5);
    expect((await file.log()).map(({body}) => body).toSorted()).to.deep.equal([
      '',
      '',
      'hello',
    ]);
  });

  it('cancels the other bodies when one fails, and keeps nothing', async () => {
    const {fetches} = workers.start();
    let cancelled: unknown;
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(10));
      },
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => {
        controller.error(new Error('The page’s own.'));
      },
    });
    expect(
      await rejection(
        fetches.start('id', [
          post(storedRequest(), endless),
          post(storedRequest(), broken),
        ]),
      ),
    ).to.match(/^TypeError/);
    expect(cancelled).to.have.property('name', 'AbortError');
    expect((await workers.storage.scopes()).size).to.equal(0);
    expect(fetches.getIds()).to.deep.equal([]);
  });

  it('survives any failure of storage while it starts', async function () {
    this.timeout(60_000);
    let survived = 0;
    for (let point = 1; ; point += 1) {
      for (const fault of ['error', 'quota'] as const) {
        const faulty = makeFaulty(workers.storage, {point, fault});
        const {fetches} = workers.start({}, {storage: faulty.storage});
        const slow = scripted(10, {stall: 5});
        const started = fetches.start('id', [
          get(slow),
          post(slow.request, new Blob(['hello']).stream()),
        ]);
        const outcome = await started.then(
          () => 'started',
          (error: unknown) => (error as Error).name,
        );
        if (faulty.calls < point || outcome === 'started') {
          expect(survived).to.be.at.least(6);
          console.log(`starting: ${survived} points, ${survived} survived`);
          return;
        }
        expect(outcome).to.equal(
          fault === 'quota' ? 'QuotaExceededError' : 'TypeError',
        );
        expect(fetches.get('id')).to.equal(undefined);
        await workers.storage.load(SCOPE);
        expect((await workers.storage.scopes()).size).to.equal(0);
        survived += 1;
      }
    }
  });
});
