import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {chooseSeed} from '../../../support/seed.js';
import {bytes} from '../support/fetches.js';
import {
  commitOf,
  createFetch,
  readBody,
  useDatabase,
} from '../support/stored-fetches.js';

const database = useDatabase();

describe('IdbStorage', () => {
  it('holds what a map in memory holds, whatever is done', async function () {
    this.timeout(60_000);
    const seed = chooseSeed('storage');
    const step = fc.record({
      action: fc.constantFrom('commit', 'commit', 'replace', 'fail', 'reopen'),
      fetch: fc.nat(1),
      record: fc.nat(1),
      length: fc.nat(20),
      skip: fc.constantFrom(0, 0, 0, 1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, {maxLength: 25}), async (steps) => {
        let storage = database.view();
        const keys = [
          await createFetch(storage),
          await createFetch(storage, {id: 'b'}),
        ];
        const model = new Map(
          keys.flatMap((key) =>
            [0, 1].map((record) => [
              `${key} ${record}`,
              {key, record, generation: 1, body: [] as number[], failed: false},
            ]),
          ),
        );
        for (const {action, fetch, record, length, skip} of steps) {
          if (action === 'reopen') {
            await storage.close();
            storage = database.view();
            continue;
          }
          const state = model.get(`${keys[fetch]} ${record}`);
          if (state === undefined || state.failed) continue;
          const isNew = action === 'replace';
          const from = (isNew ? 0 : state.body.length) + skip;
          const added = bytes(from, length);
          const commit = commitOf(
            {
              generation: state.generation + (isNew ? 1 : 0),
              length: from + (action === 'fail' ? 0 : length),
              result: action === 'fail' ? 'fetch-error' : '',
            },
            from,
          );
          const isStored = await storage
            .commit(state.key, {...commit, record}, added)
            .then(
              () => true,
              () => false,
            );
          expect(isStored).to.equal(skip === 0 || action === 'fail');
          if (!isStored) continue;
          state.generation = commit.generation;
          state.failed = action === 'fail';
          if (state.failed) state.body = [];
          else state.body = [...(isNew ? [] : state.body), ...added];
        }
        for (const {key, record, generation, body} of model.values()) {
          expect(
            await readBody(storage, {key, record, generation}),
          ).to.deep.equal(body);
        }
        for (const key of keys) await storage.delete(key);
        expect((await storage.scopes()).size).to.equal(0);
      }),
      {numRuns: 100, seed},
    );
  });
});
