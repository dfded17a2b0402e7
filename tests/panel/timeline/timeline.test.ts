import {assert} from '@esm-bundle/chai';
import fc from 'fast-check';
import type {FetchState} from '../../../inspector-core/projections/projections.js';
import {
  binCurve,
  binRates,
  buildRows,
  createScale,
  fetchStretches,
  followViewport,
  lengthOf,
  panSpan,
  recordStretches,
  resolveViewport,
  stretch,
  ticksOf,
  zoomSpan,
  zoomViewport,
} from '../../../panel/timeline/timeline.js';
import {scenario, START} from '../../../stories/support/scenario/scenario.js';
import {
  scenarios,
  type ScenarioName,
} from '../../../stories/support/scenarios.js';
import {createStoryInspector} from '../../../stories/support/story-inspector.js';

function fetchesOf(name: ScenarioName): readonly FetchState[] {
  const {state} = createStoryInspector(scenario(scenarios[name])).store;
  return [...state.fetches.all.values()];
}

function only(name: ScenarioName): FetchState {
  const [fetch] = fetchesOf(name);
  if (fetch === undefined) throw new Error(`${name} has no fetch`);
  return fetch;
}

/** `kind from–to` in seconds since the start. */
const told = (stretches: ReturnType<typeof fetchStretches>) =>
  stretches.map(({kind, from, to}) => {
    const seconds = (at: number | undefined) =>
      at === undefined ? '' : String(Math.round((at - START) / 100) / 10);
    return `${kind} ${seconds(from)}–${seconds(to)}`;
  });

const span = fc
  .tuple(fc.integer({min: 0, max: 1e9}), fc.integer({min: 10, max: 1e7}))
  .map(([start, length]) => ({start, end: start + length}));

describe('scale', () => {
  it('turns time to pixels and back', () => {
    fc.assert(
      fc.property(
        span,
        fc.integer({min: 1, max: 4_000}),
        fc.double({min: 0, max: 1, noNaN: true}),
        (each, width, share) => {
          const scale = createScale(each, width);
          const at = each.start + lengthOf(each) * share;
          assert.closeTo(scale.at(scale.x(at)), at, 1e-3);
        },
      ),
    );
  });

  it('cuts a stretch to what is in view, and keeps it to be seen', () => {
    const scale = createScale({start: 0, end: 100}, 1_000);
    assert.deepEqual(stretch(scale, 10, 20), {x: 100, width: 100});
    assert.deepEqual(stretch(scale, 10, 10), {x: 100, width: 2});
    assert.deepEqual(stretch(scale, -50, 10), {x: -8, width: 108});
    assert.isUndefined(stretch(scale, 110, 120));
    assert.isUndefined(stretch(scale, -20, -10));
  });
});

describe('ticks', () => {
  it('never crowd, whatever the zoom', () => {
    fc.assert(
      fc.property(span, fc.integer({min: 100, max: 3_000}), (each, width) => {
        const ticks = ticksOf(createScale(each, width), 0, 'relative');
        for (const [index, tick] of ticks.entries()) {
          const before = ticks[index - 1];
          assert.isTrue(before === undefined || tick.x - before.x >= 80);
        }
      }),
    );
  });

  it('count in steps that people use', () => {
    const labels = (end: number) =>
      ticksOf(createScale({start: 0, end}, 500), 0, 'relative')
        .map((tick) => tick.label)
        .slice(0, 3);
    assert.deepEqual(labels(50_000), ['0 s', '10 s', '20 s']);
    assert.deepEqual(labels(1_000), ['0.0 s', '0.2 s', '0.4 s']);
    assert.deepEqual(labels(600_000), ['0 s', '2 min', '4 min']);
  });

  it('are few, whatever time a page says it is', () => {
    const all = {start: 0, end: 8.64e15};
    const ticks = ticksOf(createScale(all, 500), 0, 'relative');
    assert.isAtMost(ticks.length, 7);
  });
});

describe('viewport', () => {
  const session = {start: 1_000, end: 31_000};

  it('fits all of the session, and grows in steps', () => {
    const fit = (end: number) =>
      resolveViewport({mode: 'fit'}, {start: 1_000, end});
    const first = fit(31_000);
    assert.isAtMost(first.start, 1_000);
    assert.isAtLeast(first.end, 31_000);
    assert.deepEqual(fit(31_100), first);
    assert.isAbove(lengthOf(fit(62_000)), lengthOf(first));
  });

  it('keeps what is under the pointer there while it zooms', () => {
    fc.assert(
      fc.property(
        span,
        fc.double({min: 0.1, max: 10, noNaN: true}),
        fc.double({min: 0, max: 1, noNaN: true}),
        (each, factor, share) => {
          const anchor = each.start + lengthOf(each) * share;
          const zoomed = zoomSpan(each, factor, anchor);
          const place = (anchor - zoomed.start) / lengthOf(zoomed);
          assert.closeTo(place, share, 1e-6);
        },
      ),
    );
  });

  it('goes on following when it zooms, and stops when it is moved', () => {
    const following = followViewport({mode: 'fit'}, session);
    assert.equal(zoomViewport(following, session, 0.5).mode, 'follow');
    assert.equal(zoomViewport(following, session, 0.5, 2_000).mode, 'free');
    const later = resolveViewport(following, {...session, end: 90_000});
    assert.isAbove(later.end, 90_000);
  });

  it('never lets the session out of sight', () => {
    for (const by of [-1e9, 1e9]) {
      const moved = panSpan({start: 0, end: 1_000}, by, session);
      assert.isBelow(moved.start, session.end);
      assert.isAbove(moved.end, session.start);
    }
  });
});

describe('lanes', () => {
  it('tell waiting and receiving apart', () => {
    assert.deepEqual(told(fetchStretches(only('happy'))), [
      'queued 0.5–4.8',
      'receiving 4.8–11.6',
    ]);
  });

  it('show no byte for a while as a stall', () => {
    const stretches = told(fetchStretches(only('resumed')));
    assert.equal(stretches.length, 3);
    assert.match(stretches[2] ?? '', /^stalled 9–/);
  });

  it('show a stall while it lasts', () => {
    const fetch = only('upload');
    assert.equal(fetchStretches(fetch, fetch.lastAt + 1_000).length, 2);
    const stalled = fetchStretches(fetch, fetch.lastAt + 20_000);
    assert.equal(stalled.at(-1)?.kind, 'stalled');
    assert.equal(stalled.at(-1)?.to, fetch.lastAt + 20_000);
  });

  it('leave open what goes on', () => {
    assert.deepEqual(told(fetchStretches(only('upload'))), [
      'queued 0.7–0.8',
      'sending 0.8–',
    ]);
  });

  it('show the wait for an answer between sending and receiving', () => {
    const {state} = createStoryInspector(
      scenario(`
        0ms  page fetch up /up upload=1MB
        10ms page accepted up
        1s   page progress up 0 up=1MB
        9s   page progress up 2kB result=success`),
    ).store;
    const stretches = [...state.fetches.all.values()].flatMap((fetch) =>
      fetchStretches(fetch),
    );
    assert.deepEqual(told(stretches).slice(1), [
      'sending 0–1',
      'queued 1–9',
      'receiving 9–9',
    ]);
  });

  it('show that the answer is awaited until its first byte', () => {
    assert.deepEqual(told(fetchStretches(only('sent'))), [
      'queued 0.7–0.8',
      'sending 0.8–6',
      'queued 6–',
    ]);
  });

  it('have no bytes when fetch() was rejected', () => {
    assert.deepEqual(told(fetchStretches(only('rejected'))), [
      'queued 0.4–0.4',
    ]);
  });

  it('show attempts with the gap between them', () => {
    const fetch = only('resumed');
    const [record] = fetch.records;
    if (record === undefined) throw new Error('no record');
    assert.deepEqual(told(recordStretches(record, fetch)), [
      'waiting 0.9–1.1',
      'receiving 1.1–9.2',
      'cut 9.2–9.2',
      'gap 9.2–19',
      'waiting 19–19.3',
      'receiving 19.3–31.1',
    ]);
  });

  it('do not claim to know more of a record than the API tells', () => {
    const fetch = only('notFound');
    const stretches = fetch.records.flatMap((record) =>
      recordStretches(record, fetch),
    );
    assert.deepEqual(
      stretches.map(({kind, isGuess}) => [kind, isGuess]),
      [
        ['receiving', true],
        ['failed', true],
      ],
    );
  });
});

describe('curves', () => {
  it('have at most one point for a column of pixels', () => {
    const curve = Array.from({length: 5_000}, (_, index) => ({
      at: index,
      downloaded: index,
      uploaded: 0,
    }));
    const scale = createScale({start: 0, end: 5_000}, 200);
    const points = binCurve(curve, 'downloaded', scale, {
      total: 5_000,
      height: 10,
    });
    assert.isAtMost(points.length, 202);
    assert.closeTo(points.at(-1)?.y ?? -1, 0, 0.1);
  });

  it('lose no bytes when they are summed up in bins', () => {
    const fetches = fetchesOf('twoAtOnce');
    const view = {start: START, end: START + 10_000};
    for (const bins of [7, 100, 1_000]) {
      const rates = binRates(fetches, view, bins);
      const sum = rates.reduce((total, rate) => total + rate, 0);
      assert.closeTo((sum * 10) / bins, 34e6, 34e4);
    }
  });
});

describe('rows', () => {
  it('are a fetch, its records, then its events', () => {
    const rows = buildRows(fetchesOf('happy'), () => true);
    assert.deepEqual(
      rows.map((row) => row.kind),
      ['fetch', 'record', 'record', 'event'],
    );
    assert.equal(new Set(rows.map((row) => row.key)).size, 4);
  });

  it('are one when the fetch is folded', () => {
    assert.equal(buildRows(fetchesOf('happy'), () => false).length, 1);
  });
});
