import {expect} from '@esm-bundle/chai';
import {closeWorlds, end, makeWorld} from './support/conditioned-world.js';
import {scripted, until} from './support/scripted.js';

const SIZE = 10_000;

afterEach(closeWorlds);

describe('an upload over a slow link', () => {
  it('is told of piece by piece, and then sent whole', async () => {
    const length = 3_000;
    const upload = 1_000;
    const world = makeWorld({profile: {name: 'Up', upload}});
    const {clock} = world.seams;
    const file = scripted(SIZE);
    const job = await world.fetches.start('id', [
      {
        request: {...file.request, method: 'POST'},
        body: new Response('x'.repeat(length)).body ?? undefined,
      },
    ]);
    const told: number[] = [];
    job.listen(
      {onUpdate: ({uploaded}) => told.push(uploaded)},
      new AbortController().signal,
    );
    await until(() => clock.due.length > 0);
    for (let elapsed = 0; elapsed < length; elapsed += 500) {
      // Of a piece, 5 ms of the link, nothing is told before it is through; the
      // first may be ahead by 1 ms.
      expect(job.snapshot.uploaded).to.be.within(elapsed - 5, elapsed + 1);
      expect(await file.log()).to.deep.equal([]);
      await clock.advance(500);
    }
    const {results, bodies} = await end(world);
    expect(results).to.deep.equal(['success']);
    expect(String(bodies[0])).to.equal(String(file.content));
    expect(job.snapshot.uploaded).to.equal(length);
    expect(new Set(told).size).to.be.above(length / 10);
    expect(told).to.deep.equal(told.toSorted((one, other) => one - other));
    const [request] = await file.log();
    expect(request?.headers['content-length']).to.equal(`${length}`);
  });
});
