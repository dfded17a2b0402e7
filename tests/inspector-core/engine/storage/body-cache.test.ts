import {expect} from '@esm-bundle/chai';
import {
  createBodyCache,
  type BodyCache,
} from '../../../../inspector-core/engine/storage/body-cache.js';
import {collectUntilSettled} from '../support/collect.js';
import {HAS_CACHE} from '../support/stored.js';

const NAME = 'body-cache-test';
const PART = 'part';
const BODY = new Blob(['body']);

const open = (): BodyCache => {
  const bodies = createBodyCache(NAME);
  if (bodies === undefined) throw new Error('There are no buckets.');
  return bodies;
};

const keysFrom = (first: number): readonly number[] =>
  Array.from({length: 50}, (_, index) => first + index);

type Question = (bodies: BodyCache, key: number) => Promise<unknown>;

/** In an order in which each leaves to the next one what it needs. */
const QUESTIONS: readonly (readonly [name: string, Question])[] = [
  ['put', (bodies, key) => bodies.put(key, PART, BODY)],
  ['get', (bodies, key) => bodies.get(key, PART)],
  ['names', (bodies, key) => bodies.names(key)],
  [
    'isWhole',
    async (bodies, key) => {
      await bodies.names(key);
      expect(await bodies.isWhole(key)).to.equal(true);
    },
  ],
  ['keys', (bodies) => bodies.keys()],
  ['remove', (bodies, key) => bodies.remove(key, [PART])],
  ['delete', (bodies, key) => bodies.delete(key)],
];

describe('BodyCache', () => {
  it('answers though the collector is at work', async function () {
    if (!HAS_CACHE) this.skip();
    this.timeout(120_000);
    for (const first of [0, 100, 200]) {
      for (const [name, ask] of QUESTIONS) {
        // Each time another one, which has found nothing yet.
        const bodies = open();
        const asking = keysFrom(first).map((key) => ask(bodies, key));
        const isAnswered = await collectUntilSettled(Promise.all(asking));
        expect(isAnswered, `${name}, from ${first}`).to.equal(true);
      }
    }
    expect(await open().keys()).to.deep.equal([]);
  });

  it('asks again what is never answered', async function () {
    if (!HAS_CACHE) this.skip();
    this.timeout(20_000);
    const bodies = open();
    await bodies.put(1, PART, BODY);
    await bodies.put(1, 'redundant', BODY);
    const silenced = ['open', 'has', 'keys', 'match', 'delete'] as const;
    const own = silenced.map(
      (name) => [name, CacheStorage.prototype[name]] as const,
    );
    let unanswered = 0;
    for (const [name, method] of own) {
      // As Chromium does now and then while it drops a bucket.
      Reflect.set(CacheStorage.prototype, name, () => {
        unanswered += 1;
        Reflect.set(CacheStorage.prototype, name, method);
        return new Promise(() => {});
      });
    }
    try {
      const answers = await Promise.all([
        bodies.put(2, PART, BODY),
        bodies.names(1),
        bodies.get(1, PART).then((blob) => blob?.text()),
        bodies.remove(1, ['redundant']),
      ]);
      expect(answers[0]).to.equal(true);
      expect(answers[1]).to.include(PART);
      expect(answers[2]).to.equal('body');
      expect(await bodies.isWhole(1)).to.equal(true);
      expect(unanswered).to.equal(silenced.length);
      expect(await bodies.names(1)).to.deep.equal([PART]);
    } finally {
      for (const [name, method] of own) {
        Reflect.set(CacheStorage.prototype, name, method);
      }
      for (const key of [1, 2]) await bodies.delete(key);
    }
  });
});
