import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import '../../../panel/elements/timeline/timeline.js';
import type {PanelSize} from '../../../panel/elements/timeline/row-heights.js';
import type {Timeline} from '../../../panel/elements/timeline/timeline.js';
import type {ScenarioName} from '../../../stories/support/scenarios.js';
import {playScenario} from '../../../stories/support/story-state.js';
import {find, mount, press, record, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

async function mountTimeline(
  scenario: ScenarioName,
  {
    live = false,
    size = 'wide',
    width = 1_000,
  }: {live?: boolean; size?: PanelSize; width?: number} = {},
) {
  const {state, fetches, context} = playScenario(scenario);
  const timeline = await mount(
    'bgf-timeline',
    html`<bgf-timeline
      style="block-size: 500px"
      .fetches=${fetches}
      .calls=${state.calls}
      .keyOf=${state.fetches.keyOf}
      .session=${{start: context.origin, end: context.now}}
      .simulation=${state.simulation}
      .size=${size}
      ?live=${live}
    ></bgf-timeline>`,
    {width},
  );
  return {timeline, grid: find(timeline, '[role=treegrid]')};
}

/** First words of the rows, top to bottom. */
const names = (timeline: Timeline): readonly string[] =>
  [...(timeline.shadowRoot?.querySelectorAll('.row') ?? [])]
    .toSorted((a, b) => Number(a.id.slice(4)) - Number(b.id.slice(4)))
    .map((row) =>
      (row.querySelector('.name')?.textContent ?? '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );

const isShown = (element: Element): boolean =>
  element.checkVisibility({visibilityProperty: true});

const axisLabels = (timeline: Timeline): string =>
  find(timeline, '.axis svg').textContent.replaceAll(/\s+/g, ' ').trim();

describe('<bgf-timeline>', () => {
  afterEach(unmountAll);

  it('is a tree of fetches, their records and events', async () => {
    const {timeline} = await mountTimeline('happy');
    assert.deepEqual(names(timeline), [
      'ep-4 Episode 4',
      'GET ep-4.mp3',
      'GET ep-4.jpg',
      'success event',
    ]);
    const [fetch, record] = timeline.shadowRoot?.querySelectorAll('.row') ?? [];
    assert.equal(fetch?.getAttribute('aria-expanded'), 'true');
    assert.equal(fetch?.getAttribute('aria-level'), '1');
    assert.equal(record?.getAttribute('aria-level'), '2');
  });

  it('folds and unfolds by keyboard', async () => {
    const {timeline, grid} = await mountTimeline('happy');
    press(grid, 'ArrowLeft');
    await settle(timeline.parentElement ?? document.body);
    assert.deepEqual(names(timeline), ['ep-4 Episode 4']);
    press(grid, 'ArrowRight');
    await settle(document.body);
    assert.equal(names(timeline).length, 4);
    press(grid, 'ArrowDown');
    press(grid, 'ArrowDown');
    await settle(document.body);
    assert.equal(grid.getAttribute('aria-activedescendant'), 'row-2');
    press(grid, 'ArrowLeft');
    await settle(document.body);
    assert.equal(grid.getAttribute('aria-activedescendant'), 'row-0');
  });

  it('selects by Enter and by click, and lets go by Escape', async () => {
    const {timeline, grid} = await mountTimeline('happy');
    const events = record(timeline, 'bgf-select');
    press(grid, 'ArrowDown');
    press(grid, 'Enter');
    find(timeline, '#row-3').click();
    timeline.selection = {kind: 'fetch', fetch: 'fetch-1'};
    press(grid, 'Escape');
    assert.deepEqual(
      events.map((event) => event.selection),
      [
        {kind: 'record', fetch: 'fetch-1', record: 0},
        {kind: 'event', fetch: 'fetch-1', event: 'worker:1'},
        undefined,
      ],
    );
  });

  it('takes the selection along while it is open', async () => {
    const {timeline, grid} = await mountTimeline('happy');
    timeline.selection = {kind: 'fetch', fetch: 'fetch-1'};
    await settle(document.body);
    const events = record(timeline, 'bgf-select');
    press(grid, 'ArrowDown');
    assert.deepEqual(events[0]?.selection, {
      kind: 'record',
      fetch: 'fetch-1',
      record: 0,
    });
  });

  it('zooms, moves and fits by keyboard', async () => {
    const {timeline, grid} = await mountTimeline('happy');
    const whole = axisLabels(timeline);
    press(grid, '+');
    press(grid, '+');
    press(grid, '+');
    await settle(document.body);
    const zoomed = axisLabels(timeline);
    assert.notEqual(zoomed, whole);
    press(grid, 'ArrowRight', {shiftKey: true});
    await settle(document.body);
    assert.notEqual(axisLabels(timeline), zoomed);
    press(grid, '0');
    await settle(document.body);
    assert.equal(axisLabels(timeline), whole);
  });

  it('says that it follows no more, and how to go on', async () => {
    const {timeline, grid} = await mountTimeline('upload', {live: true});
    assert.isNull(timeline.shadowRoot?.querySelector('.pill'));
    press(grid, 'ArrowRight', {shiftKey: true});
    await settle(document.body);
    assert.include(find(timeline, '.pill').textContent, 'Not following');
    find(timeline, '.pill button').click();
    await settle(document.body);
    assert.isNull(timeline.shadowRoot?.querySelector('.pill'));
  });

  it('draws no bytes before the first that was told of', async () => {
    const {timeline} = await mountTimeline('happy');
    const left = (selector: string) =>
      find(timeline, `#row-0 ${selector}`).getBoundingClientRect().left;
    assert.isBelow(left('.bar.queued'), left('.bar.receiving') - 10);
    // A stroke and a pixel: not every browser measures it the same.
    assert.closeTo(left('.bytes .line'), left('.bar.receiving'), 3);
  });

  it('writes what an attempt asked for', async () => {
    const {timeline} = await mountTimeline('resumed');
    const labels = [
      ...(timeline.shadowRoot?.querySelectorAll('.label') ?? []),
    ].map((label) => label.textContent);
    assert.include(labels, '206 from 24.0 MB');
    assert.isAbove(
      timeline.shadowRoot?.querySelectorAll('.gap').length ?? 0,
      0,
    );
  });

  it('counts the bytes of each record that the engine downloads', async () => {
    const {timeline} = await mountTimeline('emulatedResumed');
    const cells = [
      ...(timeline.shadowRoot?.querySelectorAll('[role=gridcell].bytes-cell') ??
        []),
    ].map((cell) => cell.textContent?.trim());
    assert.deepEqual(cells, ['41.2 / 60.0 MB', '41.0 / 59.8 MB', '212 kB']);
    const labels = [
      ...(timeline.shadowRoot?.querySelectorAll('.label') ?? []),
    ].map((label) => label.textContent);
    assert.include(labels, '206 from 24.0 MB');
  });

  it('joins the end of a fetch to its event, and to what that read', async () => {
    const {timeline} = await mountTimeline('happy');
    const joins = find(timeline, '.joins');
    assert.equal(joins.querySelectorAll('.join').length, 1);
    assert.equal(joins.querySelectorAll('.read').length, 2);
  });

  it('draws no more than the mark of a fetch that was over at once', async () => {
    const {timeline} = await mountTimeline('short');
    const lanes = [...(timeline.shadowRoot?.querySelectorAll('.lane') ?? [])];
    const [first] = lanes;
    assert.equal(first?.querySelectorAll('.fetch-lane *').length, 0);
    assert.equal(first?.querySelectorAll('.end.mark-failed').length, 1);
    for (const lane of lanes) {
      const text = lane.querySelector('.label')?.getBoundingClientRect();
      const mark = lane.querySelector('.end')?.getBoundingClientRect();
      if (text === undefined || mark === undefined) continue;
      assert.isTrue(text.left >= mark.right || text.right <= mark.left);
    }
  });

  it('says in plain words what became of an event, and how long it took', async () => {
    const {timeline} = await mountTimeline('happy');
    const cells = find(timeline, '#row-3 .cells').textContent;
    assert.match(cells, /handled\s+waitUntil 222 ms/);
  });

  it('says that all is sent', async () => {
    const {timeline} = await mountTimeline('sent', {live: true});
    assert.match(
      find(timeline, '#row-0 .cells').textContent,
      /sent\s+↑ 12.0 MB/,
    );
  });

  it('leaves lanes alone that are over, while time goes on', async () => {
    const {timeline} = await mountTimeline('busy', {live: true});
    const changed = new Set<string>();
    const observer = new MutationObserver((mutations) => {
      for (const {target} of mutations) {
        const element =
          target instanceof Element ? target : target.parentElement;
        changed.add(element?.closest('.row')?.id ?? '');
      }
    });
    observer.observe(find(timeline, '.rows'), {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
    const names = [...(timeline.shadowRoot?.querySelectorAll('.row') ?? [])];
    const over = names.find((row) => row.textContent.includes('Episode 4'));
    const open = names.find((row) => row.textContent.includes('Language'));
    const {start, end} = timeline.session;
    timeline.session = {start, end: end + 100};
    await settle(document.body);
    observer.disconnect();
    assert.include([...changed], open?.id);
    assert.notInclude([...changed], over?.id);
  });

  it('shows of the route a letter where the id needs the room', async () => {
    for (const [size, width, isLetter] of [
      ['wide', 1_400, false],
      ['medium', 800, true],
      ['narrow', 600, false],
      ['narrow', 360, true],
      ['narrow', 250, true],
    ] as const) {
      const {timeline} = await mountTimeline('bothRoutes', {size, width});
      const badge = find(timeline, '.badge');
      const name = find(timeline, '.fetch-row .name .clip');
      assert.isTrue(badge.checkVisibility(), String(width));
      assert.equal(badge.offsetWidth < 20, isLetter, String(width));
      assert.isAtLeast(name.offsetWidth, 60, String(width));
      unmountAll();
    }
  });

  it('lets no cell lie over another, in any width', async () => {
    for (const [size, width] of [
      ['wide', 1_400],
      ['medium', 720],
      ['narrow', 360],
      ['narrow', 250],
    ] as const) {
      for (const name of ['busy', 'bothRoutes', 'emulatedResumed'] as const) {
        const {timeline} = await mountTimeline(name, {size, width});
        const cells = timeline.shadowRoot?.querySelectorAll<HTMLElement>(
          '.row :is(.name, .state, .bytes-cell)',
        );
        assert.isAbove(cells?.length ?? 0, 0);
        for (const cell of cells ?? []) {
          const where = `${name} ${width} ${cell.textContent.trim()}`;
          assert.isAtMost(cell.scrollWidth, cell.clientWidth + 1, where);
        }
        unmountAll();
      }
    }
  });

  it('tells in a tooltip what an ellipsis cuts off', async () => {
    const {timeline} = await mountTimeline('bothRoutes', {
      size: 'narrow',
      width: 250,
    });
    const titles = [
      ...(timeline.shadowRoot?.querySelectorAll('.name .clip') ?? []),
    ].map((each) => each.getAttribute('title'));
    assert.include(titles, 'ep-1 Episode 1');
    assert.include(titles, 'https://podcast.example/ep-1.mp3');
    assert.equal(find(timeline, '.fetch-row .state').title, 'success');
  });

  it('cuts off the end of an id, whichever way it runs', async () => {
    const {timeline} = await mountTimeline('hostile', {
      size: 'narrow',
      width: 250,
    });
    const ids = [...(timeline.shadowRoot?.querySelectorAll('.id') ?? [])];
    const id = ids.find(({textContent}) => textContent.includes('شريط'));
    const text = [...(id?.childNodes ?? [])].find(
      (node): node is Text => node instanceof Text,
    );
    const clip = id?.parentElement?.getBoundingClientRect();
    if (text === undefined || clip === undefined) throw new Error('no id');
    const range = new Range();
    const start = text.data.indexOf('ش');
    range.setStart(text, start);
    range.setEnd(text, start + 1);
    const first = range.getBoundingClientRect();
    assert.isAtLeast(first.left, clip.left);
    assert.isAtMost(first.right, clip.right + 1);
  });

  it('has what can be done to a row above its name, not beside it', async () => {
    const {timeline} = await mountTimeline('happy', {
      size: 'narrow',
      width: 360,
    });
    const width = (): number =>
      find(timeline, '#row-0 .name .clip').getBoundingClientRect().width;
    const before = width();
    assert.isFalse(isShown(find(timeline, '#row-0 .more')));
    timeline.selection = {kind: 'fetch', fetch: 'fetch-1'};
    await settle(document.body);
    assert.isTrue(isShown(find(timeline, '#row-0 .more')));
    assert.equal(width(), before);
  });

  it('keeps the words of quick changes apart, as they are drawn', async () => {
    for (const width of [360, 700, 1_400]) {
      const {timeline} = await mountTimeline('quickChanges', {
        size: width === 360 ? 'narrow' : 'wide',
        width,
      });
      const texts = timeline.shadowRoot?.querySelectorAll('.change text') ?? [];
      const boxes = [...texts]
        .filter(({textContent}) => textContent !== '')
        .map((each) => each.getBoundingClientRect());
      assert.isAtLeast(boxes.length, 2, String(width));
      for (const [index, box] of boxes.slice(1).entries()) {
        const before = boxes[index];
        assert.isAtMost(before?.right ?? Infinity, box.left, String(width));
      }
    }
  });

  it('tells every lane in words too', async () => {
    const {timeline} = await mountTimeline('notFound');
    const lane = find(timeline, '#row-0 .lane .visually-hidden');
    assert.include(lane.textContent, 'failed after 31.4 s');
    assert.include(lane.textContent, 'backgroundfetchfail');
  });

  it('has a tree as wide as the user wants it, beside lanes that stay', async () => {
    const {timeline} = await mountTimeline('happy');
    const width = () =>
      Math.round(find(timeline, '#row-0 .cells').getBoundingClientRect().width);
    assert.equal(width(), 360);
    const events = record(timeline, 'bgf-settings');
    press(find(find(timeline, 'bgf-splitter'), 'div'), 'ArrowRight');
    assert.deepEqual(events[0]?.changes, {treeWidth: 376});
    for (const [chosen, shown] of [
      [340, 340],
      [5_000, 840],
      [10, 260],
    ] as const) {
      timeline.treeWidth = chosen;
      await settle(document.body);
      assert.equal(width(), shown);
      const {left} = find(timeline, '#row-0 .lane').getBoundingClientRect();
      const axis = find(timeline, '.axis').getBoundingClientRect();
      assert.equal(left, axis.left);
    }
  });

  it('puts the lane below the name where it is narrow', async () => {
    const {timeline} = await mountTimeline('happy', {size: 'narrow'});
    const row = find(timeline, '#row-0').getBoundingClientRect();
    const lane = find(timeline, '#row-0 .lane').getBoundingClientRect();
    assert.equal(row.height, 48);
    assert.isAtLeast(lane.top, row.top + 20);
    assert.closeTo(lane.width, row.width, 1);
  });
});
