import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {
  LIMITS,
  FAILURE_REASONS,
  packBatch,
  parseBatch,
  PROTOCOL_VERSION,
  RESULTS,
  type Batch,
  type RealmEntry,
} from '../../../inspector-core/protocol/protocol.js';
import {registration, snapshot, source} from '../../support/entries.js';

const refs = Array.from({length: 40}, (_, index) =>
  registration(`id-${index}`, index + 1),
);

const anyProgress = fc
  .record({
    place: fc.nat({max: refs.length - 1}),
    at: fc.double({noNaN: true, min: 0, max: LIMITS.time}),
    uploadTotal: fc.nat(),
    uploaded: fc.nat(),
    downloadTotal: fc.maxSafeNat(),
    downloaded: fc.maxSafeNat(),
    result: fc.constantFrom(...RESULTS),
    failureReason: fc.constantFrom(...FAILURE_REASONS),
    recordsAvailable: fc.boolean(),
  })
  .map(({place, at, ...changes}): Omit<RealmEntry, 'seq'> => {
    const ref = refs[place] ?? registration('none');
    const fact = {
      type: 'registration-progressed',
      registration: ref,
      snapshot: snapshot(changes),
    } as const;
    // -0 is 0 after JSON, and no time of day.
    return {at: at === 0 ? 0 : at, fact};
  });

const anyAttemptProgress = fc
  .record({attempt: fc.string(), received: fc.maxSafeNat()})
  .map((fields): Omit<RealmEntry, 'seq'> => ({
    at: 1,
    fact: {type: 'attempt-progressed', ...fields},
  }));

const anyEntry = fc.oneof(
  {weight: 5, arbitrary: anyProgress},
  {weight: 3, arbitrary: anyAttemptProgress},
  fc.constant<Omit<RealmEntry, 'seq'>>({
    at: 1,
    fact: {type: 'realm-suspended'},
  }),
);

const batchOf = (entries: readonly Omit<RealmEntry, 'seq'>[]): Batch => ({
  protocol: PROTOCOL_VERSION,
  source: source('page'),
  entries: entries.map((entry, index) => ({seq: index + 1, ...entry})),
  missed: 3,
});

describe('packBatch', () => {
  it('comes back as it was, through JSON', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, {maxLength: 60}), (entries) => {
        const batch = batchOf(entries);
        const text = JSON.stringify(packBatch(batch));
        const parsed = parseBatch(JSON.parse(text));
        expect(parsed).to.deep.equal({
          ok: true,
          value: {batch, refusals: []},
        });
      }),
      {numRuns: 500},
    );
  });

  it('names each registration once', () => {
    const [ref] = refs;
    if (ref === undefined) throw new Error('no reference');
    const fact = {
      type: 'registration-progressed',
      registration: ref,
      snapshot: snapshot(),
    } as const;
    const packed = packBatch(batchOf([1, 2, 3].map((at) => ({at, fact}))));
    expect(Array.from(packed.registrations)).to.deep.equal([ref]);
  });
});

describe('a row in a batch', () => {
  const good = [1, 2.5, 0, 0, 0, 9, 4, 0, 0, 1];
  const parse = (row: unknown): ReturnType<typeof parseBatch> =>
    parseBatch({
      ...batchOf([]),
      entries: [row],
      registrations: [registration('x')],
    });

  it('is refused if any of its values is not what it should be', () => {
    expect(parse(good)).to.have.nested.property(
      'value.batch.entries[0].fact.snapshot.downloaded',
      4,
    );
    const bad: unknown[] = [
      [],
      good.slice(0, 9),
      [...good, 1],
      ...good.flatMap((_, place) =>
        [Number.NaN, -1, 99, undefined, {toString: {}}, '1e3'].map((value) =>
          // Bytes may be any number that is not negative; a flag is true or not.
          (value === 99 && (place < 2 || (place > 2 && place < 7))) ||
          place === 9 ||
          (place === 1 && value === -1)
            ? []
            : good.with(place, value as number),
        ),
      ),
    ];
    for (const row of bad) {
      const parsed = parse(row);
      if (!parsed.ok) throw new Error(parsed.refusal.message);
      expect(parsed.value.refusals, JSON.stringify(row)).to.have.length(1);
      expect(parsed.value.refusals[0]?.where).to.equal('batch.entries.0');
    }
  });

  it('cannot name a registration that the batch does not', () => {
    for (const place of [1, -1, 0.5, 'length', 'constructor', '__proto__']) {
      const parsed = parse(good.with(2, place as number));
      if (!parsed.ok) throw new Error(parsed.refusal.message);
      expect(parsed.value.batch.entries).to.deep.equal([]);
    }
  });
});
