import {expect} from '@esm-bundle/chai';
import type {FetchState} from '../../../../inspector-core/projections/fetch-state.js';
import {
  inspectorProjection,
  type InspectorState,
} from '../../../../inspector-core/projections/projections.js';
import type {Rule} from '../../../../inspector-core/protocol/protocol.js';
import {NativeAborts} from '../../../../panel/extension/native-rules/native-aborts.js';

const fetchOf = (changes: Partial<FetchState> = {}): FetchState => ({
  key: '1',
  id: 'film',
  scope: 'https://app.example/',
  route: 'native',
  phase: 'active',
  openedAt: 0,
  acceptedAt: 0,
  lastAt: 0,
  downloadTotal: 1_000,
  downloaded: 0,
  uploadTotal: 0,
  uploaded: 0,
  recordsAvailable: true,
  curve: [],
  records: [
    {
      index: 0,
      request: {
        url: 'https://app.example/media/film',
        method: 'GET',
        headers: [],
        hasBody: false,
      },
      attempts: [],
    },
  ],
  events: [],
  calls: [],
  faults: [],
  controls: [],
  ...changes,
});

const abort = (rest: Partial<Rule> = {}): Rule => ({
  effect: {type: 'fail', reason: 'aborted'},
  ...rest,
});

/** Asks about states, one after the other. */
const watch = (...rules: readonly Rule[]) => {
  const clock = {now: 0};
  const aborts = new NativeAborts(() => clock.now);
  const conditions = {version: 1, rules} as const;
  const {initial} = inspectorProjection;
  const due = (fetch?: FetchState): readonly number[] => {
    const state: InspectorState = {
      ...initial,
      session: {...initial.session, conditions},
      fetches: {
        ...initial.fetches,
        all: new Map(fetch === undefined ? [] : [[fetch.key, fetch]]),
      },
    };
    return aborts.due(state).map(({index}) => index);
  };
  return {aborts, clock, due};
};

describe('NativeAborts', () => {
  it('aborts at the start, once', () => {
    const {due} = watch(abort());
    due();
    expect(due(fetchOf())).to.deep.equal([0]);
    expect(due(fetchOf({downloaded: 1}))).to.deep.equal([]);
  });

  it('takes relative patterns from the root of the origin, whatever the scope', () => {
    for (const url of ['/media/*', 'media/*']) {
      const {due} = watch(abort({match: {url}}));
      due();
      const scope = 'https://app.example/app/';
      expect(due(fetchOf({scope})), url).to.deep.equal([0]);
    }
  });

  it('waits for the byte, or the percent', () => {
    for (const trigger of [
      {at: 'byte', byte: 400},
      {at: 'percent', percent: 40},
    ] as const) {
      const {due} = watch(abort({trigger}));
      due();
      expect(due(fetchOf())).to.deep.equal([]);
      expect(due(fetchOf({downloaded: 399}))).to.deep.equal([]);
      expect(due(fetchOf({downloaded: 400}))).to.deep.equal([0]);
    }
  });

  it('waits for the time, and says so', () => {
    const {aborts, clock, due} = watch(abort({trigger: {at: 'time', ms: 50}}));
    due();
    expect(due(fetchOf())).to.deep.equal([]);
    expect(aborts.nextAt).to.equal(50);
    clock.now = 50;
    expect(due(fetchOf())).to.deep.equal([0]);
    expect(aborts.nextAt).to.equal(Infinity);
  });

  it('leaves alone what ran before, is emulated, or is not meant', () => {
    const before = watch(abort());
    expect(before.due(fetchOf())).to.deep.equal([]);
    expect(before.due(fetchOf({downloaded: 1}))).to.deep.equal([]);
    const emulated = watch(abort());
    emulated.due();
    expect(emulated.due(fetchOf({route: 'emulated'}))).to.deep.equal([]);
    const others = watch(abort({match: {fetchId: 'other*'}}));
    others.due();
    expect(others.due(fetchOf())).to.deep.equal([]);
    const second = watch({effect: {type: 'drop'}}, abort());
    second.due();
    expect(second.due(fetchOf())).to.deep.equal([]);
  });

  it('takes a relative pattern for one of the worker’s place', () => {
    const {due} = watch(abort({match: {url: '/media/*'}}));
    due();
    expect(due(fetchOf())).to.deep.equal([0]);
  });
});
