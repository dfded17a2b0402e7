import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {
  LIMITS,
  PROTOCOL_VERSION,
  parseBatch,
  parseEntry,
  parseFact,
  type Fact,
} from '../../../inspector-core/protocol/protocol.js';
import {
  registration,
  request,
  snapshot,
  source,
} from '../../support/entries.js';

const facts: readonly Fact[] = [
  {
    type: 'realm-opened',
    timing: 'before-scripts',
    backgroundFetch: true,
    secureContext: true,
    origin: 'https://podcast.example',
  },
  {
    type: 'call-started',
    call: 1,
    invocation: {
      method: 'fetch',
      id: 'ep-1',
      requests: [request('ep-1.mp3', {headers: [['accept', '*/*']]})],
      options: {title: 'Episode 1', icons: [{src: 'a.png'}], downloadTotal: 9},
    },
    stack: 'at download (app.js:41:7)',
  },
  {
    type: 'call-settled',
    call: 1,
    duration: 3.25,
    outcome: {
      status: 'fulfilled',
      value: {
        kind: 'registration',
        registration: registration('ep-1'),
        snapshot: snapshot(),
      },
    },
  },
  {
    type: 'response-settled',
    registration: registration('ep-1'),
    record: 1,
    outcome: {status: 'rejected', error: {name: 'AbortError', message: ''}},
  },
  {
    type: 'event-finished',
    event: 1,
    duration: 212,
    waits: 1,
    outcome: {status: 'fulfilled'},
  },
  {
    type: 'conditions-set',
    conditions: {
      version: 1,
      seed: 7,
      profile: {name: 'A train', download: 50_000, latency: 300},
      offline: false,
      links: 'per-fetch',
      rules: [
        {
          name: 'The second breaks off',
          match: {fetchId: 'film-*', record: 1, attempt: {first: 2}},
          trigger: {at: 'byte', byte: 100},
          effect: {type: 'drop'},
        },
      ],
      schedule: {
        name: 'Tunnel',
        phases: [{from: {percent: 40}, for: 10, offline: true}],
      },
      permission: 'denied',
      quota: 4_096,
    },
  },
  {
    type: 'conditions-changed',
    isActive: true,
    isOnline: false,
    profile: '3G',
    rules: 2,
    schedule: 'Tunnel',
  },
  {
    type: 'rule-fired',
    rule: 0,
    name: 'The second breaks off',
    effect: 'drop',
    trigger: 'byte',
    id: 'film-1',
    scope: 'https://podcast.example/',
    record: 1,
    attempt: 1,
  },
  {type: 'online-changed', isOnline: true},
  {
    type: 'fetch-controlled',
    scope: 'https://podcast.example/',
    id: 'film-1',
    action: 'pause',
  },
  {
    type: 'worker-controlled',
    scope: 'https://podcast.example/',
    action: 'clear-storage',
  },
];

const batch = (entries: readonly unknown[], changes: object = {}): unknown => ({
  protocol: PROTOCOL_VERSION,
  source: source('page'),
  entries,
  missed: 0,
  ...changes,
});

const refusalOf = (parsed: ReturnType<typeof parseFact>): string =>
  parsed.ok ? '' : `${parsed.refusal.where}: ${parsed.refusal.message}`;

describe('parseFact', () => {
  it('gives back each fact as it went through JSON', () => {
    for (const fact of facts) {
      const parsed = parseFact(JSON.parse(JSON.stringify(fact)));
      expect(parsed).to.deep.equal({ok: true, value: fact});
    }
  });

  it('names the place and what was expected there', () => {
    const [, call] = facts;
    const bad = {...call, call: 'one'};
    expect(refusalOf(parseFact(bad))).to.match(
      /^fact\.call: .*Expected number but received "one"/,
    );
    const deep = {
      type: 'records-expired',
      registration: {id: 'x', instance: 0},
    };
    expect(refusalOf(parseFact(deep))).to.contain('fact.registration.instance');
  });

  it('refuses what has no name among the facts, inherited names too', () => {
    for (const type of [
      'nonsense',
      '__proto__',
      'constructor',
      'toString',
      7,
    ]) {
      expect(refusalOf(parseFact({type}))).to.contain('no fact has this name');
    }
    for (const input of [undefined, null, 'realm-opened', 1, []]) {
      expect(parseFact(input).ok).to.equal(false);
    }
  });

  it('keeps nothing but the known keys', () => {
    const fact: unknown = JSON.parse(
      '{"type":"log-cleared","__proto__":{"polluted":1},"extra":"<img>"}',
    );
    const parsed = parseFact(fact);
    expect(parsed).to.deep.equal({ok: true, value: {type: 'log-cleared'}});
    expect(Reflect.get({}, 'polluted')).to.equal(undefined);
  });

  it('holds conditions to what can be set, and names the place', () => {
    const set = (conditions: unknown): string =>
      refusalOf(parseFact({type: 'conditions-set', conditions}));
    expect(set({version: 1, quota: -1})).to.match(
      /^fact\.conditions: .*conditions\.quota/,
    );
    expect(set({version: 1, permission: 'maybe'})).to.contain('permission');
    expect(set({version: 1, rules: [{effect: {type: 'melt'}}]})).to.contain(
      'rules[0].effect.type',
    );
    expect(set({version: 2})).to.contain('conditions.version');
    expect(set('offline')).to.contain('conditions');
    const fired = {type: 'rule-fired', rule: 0, id: 'a', attempt: 1};
    expect(
      refusalOf(parseFact({...fired, effect: 'melt', trigger: 'end'})),
    ).to.contain('fact.effect');
    expect(
      refusalOf(parseFact({...fired, effect: 'drop', trigger: 'now'})),
    ).to.contain('fact.trigger');
  });

  it('refuses text and lists beyond their limits', () => {
    const long = {type: 'page-navigated', url: 'x'.repeat(LIMITS.longText + 1)};
    expect(parseFact(long).ok).to.equal(false);
    const many = {
      type: 'wire-access-changed',
      origins: Array.from({length: LIMITS.list + 1}, () => 'https://a.example'),
    };
    expect(parseFact(many).ok).to.equal(false);
  });
});

describe('parseBatch', () => {
  it('keeps the good entries and tells each bad one', () => {
    const good = {seq: 1, at: 1.5, fact: facts[0]};
    const parsed = parseBatch(
      batch([good, {seq: 0, at: 1, fact: facts[0]}, 'x', {...good, seq: 2}]),
    );
    if (!parsed.ok) throw new Error(parsed.refusal.message);
    expect(parsed.value.batch.entries.map(({seq}) => seq)).to.deep.equal([
      1, 2,
    ]);
    expect(parsed.value.refusals.map(({where}) => where)).to.deep.equal([
      'batch.entries.1.seq',
      'batch.entries.2',
    ]);
  });

  it('refuses a batch of another version with a remedy', () => {
    const parsed = parseBatch(batch([], {protocol: 99}));
    expect(refusalOf(parsed as never)).to.contain('Reload the inspected page');
  });

  it('refuses a batch whose source is none of ours', () => {
    for (const forged of [
      {kind: 'panel', realm: 1, url: ''},
      {kind: 'admin', realm: 'r', url: ''},
      undefined,
    ]) {
      expect(parseBatch(batch([], {source: forged})).ok).to.equal(false);
    }
  });

  it('never throws and never changes a prototype, whatever arrives', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything({withNullPrototype: true}),
          fc.array(fc.anything()).map((entries) => batch(entries)),
          fc
            .tuple(fc.constantFrom(...facts), fc.json())
            .map(([fact, text]) =>
              batch([
                {seq: 1, at: 1, fact: {...fact, ...Object(JSON.parse(text))}},
              ]),
            ),
        ),
        (input) => {
          parseBatch(input);
        },
      ),
      {numRuns: 5_000},
    );
    expect(Object.getOwnPropertyNames(Object.prototype).length).to.equal(
      before,
    );
  });
});

describe('parseEntry', () => {
  it('wants a whole positive number and a time that has a date', () => {
    const [fact] = facts;
    expect(parseEntry({seq: 1, at: 0.125, fact}).ok).to.equal(true);
    for (const bad of [
      {seq: 1.5, at: 0, fact},
      {seq: -1, at: 0, fact},
      {seq: 1, at: Number.POSITIVE_INFINITY, fact},
      {seq: 1, at: -1, fact},
      {seq: 1, at: 8.65e15, fact},
      {seq: 2 ** 60, at: 0, fact},
      {seq: 1, at: 0},
    ]) {
      expect(parseEntry(bad).ok).to.equal(false);
    }
  });
});
