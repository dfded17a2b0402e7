import {expect} from '@esm-bundle/chai';
import * as fc from 'fast-check';
import type {RealmEntry} from '../../../inspector-core/protocol/protocol.js';
import {createDesk, createRealm, wireByText, type Wire} from './rig.js';

const MARKUP = '<img src=x onerror="window.hacked=1"><script>hacked=1</script>';

/** Text that has hurt someone before. */
const nastyText = fc.oneof(
  fc.constantFrom(
    MARKUP,
    '__proto__',
    'constructor',
    'prototype',
    '\0',
    '\ud800',
    'javascript:hacked=1',
    '${hacked=1}',
    'x'.repeat(100_000),
  ),
  fc.string(),
);

const nastyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    {maxDepth: 3, depthSize: 'small'},
    nastyText,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(nastyText, tie('value'), {maxKeys: 4, noNullPrototype: true}),
  ),
})).value;

const nastyFact = fc.record(
  {
    type: fc.constantFrom(
      'realm-opened',
      'log-cleared',
      'realm-closed',
      'recording-changed',
      'page-navigated',
      'attempt-started',
      'entries-rejected',
      'hook-faulted',
      '__proto__',
      'constructor',
    ),
    realm: nastyText,
    reason: fc.constantFrom('crashed', 'stopped', MARKUP),
    recording: fc.boolean(),
    error: nastyValue,
    where: nastyText,
  },
  {requiredKeys: ['type']},
);

/** What comes through in nine of ten, so that the rest of it is looked at. */
const mostly = (
  sound: fc.Arbitrary<unknown>,
  ...others: readonly fc.Arbitrary<unknown>[]
): fc.Arbitrary<unknown> =>
  fc.oneof(
    {arbitrary: sound, weight: 9 * others.length},
    ...others.map((arbitrary) => ({arbitrary, weight: 1})),
  );

/** A replay, a leap, a row of a progress, or nothing of the kind. */
const nastyEntry = fc.oneof(
  fc.record({
    seq: mostly(fc.integer({min: -1, max: 8}), nastyValue),
    at: mostly(fc.double({noNaN: true}), nastyValue),
    fact: fc.oneof(
      fc.constant({type: 'realm-resumed'}),
      fc.constant({type: 'log-cleared'}),
      nastyFact,
      nastyValue,
    ),
  }),
  fc.tuple(fc.nat({max: 8}), fc.nat(), nastyValue, nastyValue),
  nastyValue,
);

const nastyBatch = (realm: string): fc.Arbitrary<unknown> =>
  fc.record(
    {
      protocol: mostly(fc.constant<unknown>(1), nastyValue),
      source: mostly(
        fc.constant({kind: 'page', realm, url: 'https://page.example/'}),
        fc.record({
          kind: fc.constantFrom('page', 'browser', 'panel', 'wire'),
          realm: fc.constantFrom('other', 'browser', 'panel', '__proto__'),
          url: nastyText,
        }),
        nastyValue,
      ),
      registrations: mostly(
        fc.constant([{id: MARKUP, instance: 1}]),
        nastyValue,
      ),
      entries: mostly(fc.array(nastyEntry, {maxLength: 4}), nastyValue),
      missed: mostly(fc.nat({max: 3}), fc.constant(2 ** 53), nastyValue),
      __proto__: nastyValue,
    },
    {noNullPrototype: true},
  );

/** Nothing that a page could have changed is changed. */
function takeStock(): readonly unknown[] {
  const prototypes = [Object, Array, Function, String, Error, Promise, Map];
  return [
    ...prototypes.map(({prototype}) => Reflect.ownKeys(prototype).length),
    Reflect.get({}, 'x'),
    Reflect.get(globalThis, 'hacked'),
  ];
}

describe('what a hostile page can send', () => {
  it('100,000 messages: data is all that comes of them', async function () {
    this.timeout(120_000);
    const before = takeStock();
    const failures: unknown[] = [];
    const note = (event: ErrorEvent | PromiseRejectionEvent): void => {
      failures.push('reason' in event ? String(event.reason) : event.message);
    };
    addEventListener('error', note);
    addEventListener('unhandledrejection', note);

    const desk = createDesk();
    const honest = createRealm('honest');
    const bystander = wireByText(honest.agent);
    desk.collector.connect(bystander.link);

    let sent = 0;
    let dropped = 0;
    const outside = fc.oneof(
      nastyText,
      nastyValue.map((value) => JSON.stringify(value)),
      fc
        .record({
          id: nastyText,
          type: nastyText,
          name: nastyText,
          value: nastyValue,
        })
        .map((message) => JSON.stringify(message)),
    );
    const countForged = (wire: Wire, payload: string): void => {
      sent += 1;
      if (!wire.forge(payload)) dropped += 1;
    };
    fc.assert(
      fc.property(
        fc.array(outside, {minLength: 100, maxLength: 100}),
        (all) => {
          for (const payload of all) countForged(bystander, payload);
        },
      ),
      {numRuns: 600, seed: 7},
    );

    // A page that answers the inspector's own questions, with lies.
    const answers = fc.sample(nastyBatch('liar'), {numRuns: 40_000, seed: 11});
    let asked = 0;
    while (asked < answers.length) {
      const ended = new AbortController();
      const listeners = new Set<(event: MessageEvent) => void>();
      const answer = (request: unknown): void => {
        const {id, argumentList} = request as {
          readonly id: string;
          readonly argumentList?: readonly {readonly value: number}[];
        };
        // Comlink tells when a proxy was collected: that is no question.
        if (argumentList === undefined) return;
        const value = follow(answers[asked], argumentList[0]?.value ?? 0);
        asked += 1;
        sent += 1;
        if (value === undefined) {
          ended.abort('unlinked');
          return;
        }
        queueMicrotask(() => {
          const data: unknown = JSON.parse(
            JSON.stringify({id, type: 'RAW', value}),
          );
          listeners.forEach((listen) => listen({data} as MessageEvent));
        });
      };
      const first = asked;
      desk.collector.connect({
        endpoint: {
          postMessage: answer,
          addEventListener: (_type, listener) => {
            if (typeof listener === 'function') listeners.add(listener);
          },
          removeEventListener: () => undefined,
        },
        signal: ended.signal,
        place: 'liar-tab',
        kinds: ['page', 'frame'],
      });
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      ended.abort('unlinked');
      if (asked === first) break;
    }

    honest.write(5);
    await desk.until(() => desk.numbers('honest').length === 5);
    removeEventListener('error', note);
    removeEventListener('unhandledrejection', note);

    expect(sent).to.be.at.least(100_000);
    // Some of the lies were well-formed: then they are in the log, as data.
    expect(desk.numbers('liar').length).to.be.at.least(10);
    expect(facts(desk.entries(), 'liar')).to.not.include('log-cleared');
    expect(dropped).to.be.at.most(60_000);
    expect(dropped).to.be.at.least(50_000);
    expect(takeStock()).to.deep.equal(before);
    expect(failures).to.deep.equal([]);
    expect(honest.commands).to.deep.equal([]);
    expect(desk.count('entries-rejected')).to.be.at.least(1_000);
    expect(foreign(desk.entries())).to.deep.equal([]);
  });
});

/** Moves a batch to where the inspector reads, or nothing would ever fit. */
function follow(batch: unknown, after: number): unknown {
  const entries: unknown = Reflect.get(Object(batch) as object, 'entries');
  if (!Array.isArray(entries)) return batch;
  const moved = entries.map((entry: unknown): unknown => {
    const seq: unknown = Reflect.get(Object(entry) as object, 'seq');
    return typeof seq === 'number'
      ? {...Object(entry), seq: seq + after}
      : entry;
  });
  return {...Object(batch), entries: moved};
}

const facts = (
  entries: readonly (RealmEntry & {source: {realm: string}})[],
  realm: string,
): readonly string[] =>
  entries.flatMap(({source, fact}) =>
    source.realm === realm ? [fact.type] : [],
  );

/** Entries in the log that a page's realm must not be able to write. */
const foreign = (
  entries: readonly (RealmEntry & {source: {kind: string; realm: string}})[],
): readonly unknown[] =>
  entries.filter(
    ({source, fact}) =>
      (source.kind === 'page' &&
        ['log-cleared', 'recording-changed', 'page-navigated'].includes(
          fact.type,
        )) ||
      (['browser', 'panel', 'wire'].includes(source.kind) &&
        fact.type !== 'entries-rejected' &&
        fact.type !== 'entries-missed'),
  );
