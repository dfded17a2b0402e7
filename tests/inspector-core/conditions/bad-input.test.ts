/** What is wrong, at every place of a file: refused by a sentence, whole. */
import {expect} from '@esm-bundle/chai';
import {
  ConditionsError,
  createConditions,
  createManualClock,
  type Conditions,
} from '../../../inspector-core/conditions/conditions.js';
import {refusal} from './support/refusal.js';

/** A file that says all that can be said. */
const FULL = {
  version: 1,
  seed: 3,
  profile: {
    name: 'Mine',
    download: 1_000,
    upload: 1_000,
    latency: 20,
    jitter: 10,
    loss: {rate: 0.1, stall: 10},
    offline: false,
  },
  offline: false,
  links: 'shared',
  rules: [
    {
      name: 'All',
      enabled: true,
      match: {
        url: '/media/*',
        fetchId: 'a*',
        record: 1,
        method: 'GET',
        attempt: {first: 2},
        probability: 0.5,
      },
      trigger: {at: 'byte', byte: 10, of: 'attempt'},
      effect: {type: 'stall', ms: 10, next: 'drop'},
    },
    {match: {attempt: {every: 2}}, effect: {type: 'wrong-length', by: 5}},
    {
      trigger: {at: 'percent', percent: 40},
      effect: {type: 'offline', ms: 10},
    },
    {
      trigger: {at: 'time', ms: 40},
      effect: {type: 'fail', reason: 'aborted'},
    },
    {effect: {type: 'status', status: 503}},
    {effect: {type: 'wrong-range', by: 5}},
    {effect: {type: 'etag', etag: '"2"'}},
    {effect: {type: 'headers', headers: {'X-A': 'b'}}},
    {effect: {type: 'redirect', to: 'https://other.example/'}},
    {
      effect: {
        type: 'throttle',
        download: 1_000,
        upload: 1_000,
        latency: 20,
        jitter: 10,
        loss: {rate: 0.1, stall: 10},
      },
    },
    {effect: {type: 'slice', size: 10, variation: 5, delay: 1}},
  ],
  schedule: {
    name: 'Café',
    phases: [
      {
        from: {ms: 10},
        for: 100,
        every: 1_000,
        spread: 10,
        offline: true,
        profile: {name: 'Slow', download: 10},
      },
      {from: {percent: 10}, profile: 'DSL'},
    ],
  },
  permission: 'granted',
  quota: 1_000,
};

const inItself: unknown[] = [];
inItself.push({inItself});

let deep: unknown = 1;
for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];

const unwilling = {
  toJSON: () => expect.fail('JSON'),
  toString: () => expect.fail('text'),
};

/** Nothing that any place of a file could be. */
const NOTHING: readonly (readonly [name: string, value: unknown])[] = [
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['1e308', 1e308],
  ['-1e308', -1e308],
  ['null', null],
  ['a list with a gap', Array(1)],
  ['a list of lists', [[]]],
  ['a list that is in itself', inItself],
  ['an object that is in itself', {inItself}],
  ['10,000 lists in each other', deep],
  ['a BigInt', 10n],
  ['a symbol', Symbol('s')],
  ['a function', () => 1],
  ['an object that nobody can show', unwilling],
  ['an object with a __proto__', JSON.parse('{"__proto__": {"at": "end"}}')],
  ['text of a megabyte', 'x'.repeat(2 ** 20)],
];

type Key = string | number;

/** The places of a file, each with its keys. */
function* placesOf(
  value: unknown,
  where = 'conditions',
  keys: readonly Key[] = [],
): Generator<readonly [where: string, keys: readonly Key[]]> {
  if (keys.length > 0) yield [where, keys];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const [place, step] = Array.isArray(value)
      ? [`${where}[${key}]`, Number(key)]
      : [`${where}.${key}`, key];
    yield* placesOf(part, place, [...keys, step]);
  }
}

const PLACES = [...placesOf(FULL)];

function withValue(keys: readonly Key[], value: unknown): unknown {
  const file: unknown = structuredClone(FULL);
  let owner = Object(file) as object;
  for (const key of keys.slice(0, -1))
    owner = Reflect.get(owner, key) as object;
  Reflect.set(owner, keys.at(-1) ?? '', value);
  return file;
}

/** The error with which something is refused, and nothing has changed. */
function refuse(conditions: Conditions, file: unknown): ConditionsError {
  const before = JSON.stringify(conditions);
  let thrown: unknown;
  try {
    conditions.apply(file);
  } catch (error) {
    thrown = error;
  }
  // Not `expect(…).to.equal`: it would print all of it.
  if (JSON.stringify(conditions) !== before) throw new Error('It was taken.');
  if (thrown instanceof ConditionsError) return thrown;
  throw new Error(`It was taken, or failed: ${String(thrown)}`);
}

const make = (): Conditions =>
  createConditions({clock: createManualClock(), profile: '3G'});

describe('A file of conditions', () => {
  it('is taken, if nothing is wrong', () => {
    const conditions = make();
    conditions.apply(FULL);
    expect(JSON.parse(JSON.stringify(conditions))).to.deep.equal(FULL);
  });

  for (const [name, value] of NOTHING) {
    it(`is refused for ${name} at any place, which is named`, () => {
      const conditions = make();
      conditions.subscribe(() => expect.fail('It has changed.'));
      for (const [where, keys] of PLACES) {
        const error = refuse(conditions, withValue(keys, value));
        expect(
          error.where.startsWith(where),
          `${error.message} at ${where}`,
        ).to.equal(true);
        expect(error.message.length).to.be.below(700);
      }
      expect(refuse(conditions, value).where).to.match(/^conditions/);
    });
  }

  it('is refused without reading more of it than is shown', () => {
    let reads = 0;
    const seed: unknown = new Proxy(Array(1_000_000), {
      get(target, name) {
        reads += 1;
        return Reflect.get(target, name);
      },
    });
    expect(refuse(make(), {version: 1, seed}).message).to.contain('got [null,');
    expect(reads).to.be.below(1_000);
  });

  it('is refused for a field too many, in each object', () => {
    const conditions = make();
    for (const [where, keys] of [['conditions', []], ...PLACES] as const) {
      const value = keys.reduce<unknown>(
        (owner, key) => Reflect.get(Object(owner) as object, key),
        FULL,
      );
      // Any name can be that of a header.
      if (typeof value !== 'object' || Array.isArray(value)) continue;
      if (keys.at(-1) === 'headers') continue;
      for (const field of ['toString', 'x'.repeat(10_000)]) {
        const wrong = {...value, [field]: 1};
        const error = refuse(
          conditions,
          keys.length === 0 ? wrong : withValue(keys, wrong),
        );
        expect(error.where).to.contain(`${where}.${field.slice(0, 8)}`);
        expect(error.message.length).to.be.below(700);
      }
    }
  });

  it('is of this version, and no other', () => {
    for (const version of [undefined, 0, 2, -1, 1.5, '1', [1], {}]) {
      const {where} = refuse(make(), {...FULL, version});
      expect(where).to.equal('conditions.version');
    }
  });

  it('is what its objects have themselves, not what they inherit', () => {
    const conditions = make();
    const heir = (own: object): object =>
      Object.assign(Object.create({offline: true, quota: -1}) as object, own);
    conditions.apply(heir({version: 1}));
    expect(conditions.state).to.deep.include({offline: false});
    expect(conditions.state.quota).to.equal(undefined);
    expect(refusal(() => conditions.apply(Object.create(FULL)))).to.contain(
      'conditions.version',
    );
    const effect: unknown = Object.create({type: 'drop'});
    expect(refusal(() => conditions.setRules([{effect}]))).to.contain(
      'rules[0].effect.type',
    );
  });

  it('keeps a header of any name', () => {
    const conditions = make();
    const headers: unknown = JSON.parse(
      '{"__proto__": "a", "constructor": "b"}',
    );
    conditions.setRules([{effect: {type: 'headers', headers}}]);
    expect(JSON.stringify(conditions)).to.contain(
      '"headers":{"__proto__":"a","constructor":"b"}',
    );
  });
});
