import {expect} from '@esm-bundle/chai';
import type {Concern} from '../../../inspector-core/engine/routing.js';
import {exposeConditions} from '../../../inspector-core/inject/expose-conditions.js';

/** What a console has over workers that take whatever they are given. */
function expose(workers: number) {
  let file: object = {version: 1};
  const taken: object[] = [];
  const concerns: (Concern | undefined)[] = [];
  exposeConditions({
    async configure(given) {
      await Promise.resolve();
      if (given !== undefined) {
        file = Object(given) as object;
        taken.push(file);
      }
      return Array.from({length: workers}, () => ({file, state: {}}));
    },
    setConcern(concern) {
      concerns.push(concern);
    },
  });
  const {conditions} = globalThis.bgfInspector;
  return {conditions, taken, concerns};
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'bgfInspector');
});

describe('the conditions of a console', () => {
  it('do what they are asked in that order, awaited or not', async () => {
    const {conditions, taken} = expose(1);
    await Promise.all([
      conditions.setOffline(true),
      conditions.reset(),
      conditions.setQuota(4_096),
      conditions.apply({version: 1, seed: 7}),
      conditions.setLinks('per-fetch'),
    ]);
    expect(taken).to.deep.equal([
      {version: 1, offline: true},
      {version: 1},
      {version: 1, quota: 4_096},
      {version: 1, seed: 7},
      {version: 1, seed: 7, links: 'per-fetch'},
    ]);
  });

  it('say so where no worker takes them', async () => {
    const {conditions, concerns} = expose(0);
    const refused: unknown = await conditions
      .setOffline(true)
      .catch((reason: unknown) => reason);
    expect(refused).to.be.instanceOf(TypeError);
    expect(String(refused)).to.match(/loads conditions\.js before worker\.js/);
    expect(concerns).to.deep.equal([]);
    // Nothing has to be taken where nothing is wanted.
    await conditions.reset();
    expect(concerns).to.deep.equal([undefined]);
  });
});
