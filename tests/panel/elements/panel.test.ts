import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import {noticesOf} from '../../../panel/elements/panel/notices.js';
import '../../../panel/elements/panel/panel.js';
import {SettingsEvent} from '../../../panel/events/settings-event.js';
import {scenario, START} from '../../../stories/support/scenario/scenario.js';
import {
  scenarios,
  type ScenarioName,
} from '../../../stories/support/scenarios.js';
import {
  createStoryInspector,
  type StoryOptions,
} from '../../../stories/support/story-inspector.js';
import {find, mount, press, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

async function mountPanel(
  name: ScenarioName,
  {width = 1_200, ...options}: StoryOptions & {width?: number} = {},
) {
  const inspector = createStoryInspector(scenario(scenarios[name]), options);
  const clock = () => inspector.log.at(inspector.log.next - 1)?.at ?? START;
  const panel = await mount(
    'bgf-panel',
    html`<bgf-panel .inspector=${inspector} .clock=${clock}></bgf-panel>`,
    {width},
  );
  return {panel, inspector};
}

/** All text in view, shadow roots included. */
function textOf(node: Node): string {
  if (node instanceof Element && node.localName === 'style') return '';
  if (node instanceof Text) return node.data;
  const children =
    node instanceof Element && node.shadowRoot !== null
      ? node.shadowRoot.childNodes
      : node.childNodes;
  return [...children].map(textOf).join(' ').replaceAll(/\s+/g, ' ');
}

describe('<bgf-panel>', () => {
  afterEach(unmountAll);

  it('shows what the log says, and what is appended', async () => {
    const {panel, inspector} = await mountPanel('happy');
    assert.include(textOf(panel), 'ep-4');
    assert.include(textOf(panel), '42.1 MB');
    inspector.append(
      scenario('20s page2 fetch ep-99 /ep-99.mp3\n20.1s page2 accepted ep-99'),
    );
    await settle(document.body);
    assert.include(textOf(panel), 'ep-99');
    assert.include(textOf(find(panel, 'footer')), '2 fetches');
  });

  it('sends commands, and shows what comes back', async () => {
    const {panel, inspector} = await mountPanel('happy');
    const record = find(find(panel, 'bgf-toolbar'), '[aria-pressed]');
    record.click();
    await settle(document.body);
    assert.deepEqual(inspector.commands, [{type: 'stop-recording'}]);
    assert.equal(record.getAttribute('aria-pressed'), 'false');
    press(panel, 'e', {ctrlKey: true});
    press(panel, 'l', {ctrlKey: true});
    await settle(document.body);
    assert.deepEqual(inspector.commands.slice(1), [
      {type: 'start-recording'},
      {type: 'clear-log'},
    ]);
    assert.include(textOf(panel), 'Waiting for a background fetch');
  });

  it('shows its keys on a question mark, but not while one is typed', async () => {
    const {panel} = await mountPanel('happy');
    const toolbar = find(panel, 'bgf-toolbar');
    const help = find(toolbar, '#help');
    const field = find(find(toolbar, 'bgf-filter-field'), 'input');
    press(field, '?');
    assert.isFalse(help.matches(':popover-open'));
    press(panel, '?');
    assert.isTrue(help.matches(':popover-open'));
  });

  it('goes by keyboard from the filter to the tree, the pane and back', async () => {
    const {panel} = await mountPanel('happy');
    const focused = (): string | undefined => {
      let {activeElement} = document;
      while (activeElement?.shadowRoot?.activeElement) {
        ({activeElement} = activeElement.shadowRoot);
      }
      return activeElement?.getAttribute('aria-label') ?? undefined;
    };
    press(panel, 'f', {ctrlKey: true});
    assert.equal(focused(), 'Filter');
    const input = find(
      find(find(panel, 'bgf-toolbar'), 'bgf-filter-field'),
      'input',
    );
    press(input, 'ArrowDown');
    await settle(document.body);
    assert.equal(focused(), 'Timeline');
    press(find(find(panel, 'bgf-timeline'), '.scroller'), 'Enter');
    await settle(document.body);
    assert.isNotNull(panel.shadowRoot?.querySelector('bgf-detail'));
    press(find(find(panel, 'bgf-detail'), '[role=tab]'), 'Escape');
    await settle(document.body);
    assert.isNull(panel.shadowRoot?.querySelector('bgf-detail'));
    assert.equal(focused(), 'Timeline');
  });

  it('lets the host hear of a key only where it was of no use', async () => {
    const {panel} = await mountPanel('happy');
    const heard: string[] = [];
    const hear = ({key}: KeyboardEvent): unknown => heard.push(key);
    document.addEventListener('keydown', hear);
    const timeline = find(find(panel, 'bgf-timeline'), '.scroller');
    panel.selection = {kind: 'fetch', fetch: 'fetch-1'};
    await settle(document.body);
    press(panel, '?');
    press(timeline, 'ArrowDown');
    assert.isDefined(panel.selection);
    // The help is open, and what lies below it stays.
    press(panel, 'Escape');
    assert.isDefined(panel.selection);
    find(find(panel, 'bgf-toolbar'), '#help').hidePopover();
    press(timeline, 'Escape');
    assert.isUndefined(panel.selection);
    await settle(document.body);
    const field = find(find(panel, 'bgf-toolbar'), 'bgf-filter-field');
    press(find(field, 'input'), 'a');
    assert.deepEqual(heard, []);
    press(timeline, 'Escape');
    press(timeline, 'F1');
    assert.deepEqual(heard, ['Escape', 'F1']);
    document.removeEventListener('keydown', hear);
  });

  it('keeps the selected row in view when the detail pane opens over it', async () => {
    const {panel} = await mountPanel('busy');
    const timeline = find(panel, 'bgf-timeline');
    const rows = [...(timeline.shadowRoot?.querySelectorAll('.row') ?? [])];
    const last = rows.at(-1);
    if (!(last instanceof HTMLElement)) throw new Error('no row');
    last.click();
    await settle(document.body);
    const row = find(timeline, '.row[aria-selected=true]');
    const scroller = find(timeline, '.scroller').getBoundingClientRect();
    assert.isAtMost(row.getBoundingClientRect().bottom, scroller.bottom + 1);
    assert.isAtLeast(row.getBoundingClientRect().top, scroller.top + 22);
  });

  it('tells why a command failed', async () => {
    const {panel} = await mountPanel('canceledLater', {
      refusal: 'Another debugger is attached <b>.',
    });
    find(panel, '.notice button').click();
    await settle(document.body);
    const alert = find(panel, '[role=alert]');
    assert.include(alert.textContent, 'Another debugger is attached <b>.');
    assert.isNull(alert.querySelector('b'));
  });

  it('opens with a sentence about what is selected', async () => {
    const {panel} = await mountPanel('notFound');
    find(find(panel, 'bgf-timeline'), '#row-0').click();
    await settle(document.body);
    const text = textOf(find(panel, 'bgf-detail'));
    assert.include(text, 'ep-5 failed after 31.4 s: bad-status');
    assert.include(text, 'record 2 of 2, ep-5-artwork.jpg, answered 404');
    assert.include(text, 'app.js:41 download()');
    press(panel, 'Escape');
    await settle(document.body);
    assert.isNull(panel.shadowRoot?.querySelector('bgf-detail'));
    const {activeElement} = find(panel, 'bgf-timeline').shadowRoot ?? {};
    assert.equal(activeElement?.getAttribute('role'), 'treegrid');
  });

  it('keeps what is selected while entries come', async () => {
    const {panel, inspector} = await mountPanel('upload');
    panel.selection = {kind: 'fetch', fetch: 'fetch-1'};
    await settle(document.body);
    inspector.append(
      scenario('10s page2 fetch ep-1 /ep-1.mp3\n11s page2 accepted ep-1'),
    );
    await settle(document.body);
    assert.deepEqual(panel.selection, {kind: 'fetch', fetch: 'fetch-1'});
    assert.isNotNull(panel.shadowRoot?.querySelector('bgf-detail'));
  });

  it('filters by text and by outcome, and counts', async () => {
    const {panel} = await mountPanel('busy');
    const {fetches} = find(panel, 'bgf-timeline');
    assert.equal(fetches.length, 6);
    panel.filter = 'ep-';
    panel.dispatchEvent(new SettingsEvent({outcome: 'failed'}));
    await settle(document.body);
    const timeline = find(panel, 'bgf-timeline');
    assert.deepEqual(
      timeline.fetches.map((fetch) => fetch.id),
      ['ep-5'],
    );
    assert.include(textOf(find(panel, 'bgf-toolbar')), 'Failed 1');
    assert.include(textOf(find(panel, 'footer')), '4 of 6 fetches');
  });

  it('shows entries, and one of them as JSON', async () => {
    const {panel} = await mountPanel('happy');
    panel.dispatchEvent(new SettingsEvent({view: 'entries'}));
    panel.selection = {kind: 'entry', index: 1};
    await settle(document.body);
    const detail = find(panel, 'bgf-detail');
    assert.include(
      find(detail, 'pre').textContent,
      '"type": "attachment-changed"',
    );
  });

  it('says what stands in the way, and what to do', async () => {
    const situations: readonly (readonly [ScenarioName, string])[] = [
      ['empty', 'Waiting for a background fetch'],
      ['noWorker', 'No service worker yet'],
      ['notRecording', 'Not recording'],
      ['canceled', 'Debugging was canceled'],
      ['restricted', 'This page cannot be inspected'],
      ['failed', 'Another debugger is already attached'],
      ['unsupported', 'This browser has no Background Fetch'],
      ['insecure', 'This page is not secure'],
      ['opaque', 'This page has no origin'],
    ];
    for (const [name, text] of situations) {
      const {panel} = await mountPanel(name);
      assert.include(textOf(panel), text, name);
      unmountAll();
    }
  });

  it('attaches again from its button', async () => {
    const {panel, inspector} = await mountPanel('canceled');
    find(find(panel, 'bgf-empty-state'), 'button').click();
    await settle(document.body);
    assert.deepEqual(inspector.commands, [{type: 'start-recording'}]);
    assert.include(textOf(panel), 'Waiting for a background fetch');
  });

  it('counts what went missing', async () => {
    const {panel} = await mountPanel('missed');
    const text = textOf(find(panel, 'footer'));
    assert.include(text, '1,200 entries missed');
    assert.include(text, '3 entries rejected');
    assert.include(text, '1 hook fault');
  });

  it('makes no markup out of what a page chose', async () => {
    const {panel} = await mountPanel('hostile');
    panel.selection = {kind: 'fetch', fetch: 'fetch-1'};
    await settle(document.body);
    const text = textOf(panel);
    assert.include(text, '<img src=x onerror=alert(1)>');
    assert.include(text, 'gpj.\\u202Eexe.innocent');
    assert.include(text, 'nul\\0byte and bell\\u0007');
    assert.include(text, 'lone\\uD83Dsurrogate');
    const timeline = find(panel, 'bgf-timeline').shadowRoot;
    assert.isNull(timeline?.querySelector('img, script, a') ?? null);
  });

  it('has a shape for each width', async () => {
    for (const [width, size] of [
      [250, 'narrow'],
      [360, 'narrow'],
      [800, 'medium'],
      [1_200, 'wide'],
    ] as const) {
      const {panel} = await mountPanel('busy', {width});
      assert.equal(panel.size, size);
      const {scrollWidth, clientWidth} = panel;
      assert.isAtMost(scrollWidth, clientWidth);
      unmountAll();
    }
  });

  it('says in every width that something went missing', async () => {
    for (const width of [1_200, 360, 250]) {
      const {panel} = await mountPanel('missed', {width});
      const line = find(panel, 'footer').getBoundingClientRect();
      const trouble = find(panel, '.trouble');
      assert.isAtLeast(trouble.offsetWidth, 60, String(width));
      assert.include(trouble.title, '1,200 entries missed');
      for (const part of find(panel, 'footer').children) {
        if (!part.checkVisibility()) continue;
        const {left, right} = part.getBoundingClientRect();
        assert.isAtLeast(left, line.left, String(width));
        assert.isAtMost(right, line.right, String(width));
      }
      unmountAll();
    }
  });

  it('has room for words in all that opens at 250 pixels', async () => {
    const {panel} = await mountPanel('conditions', {width: 250});
    panel.drawer = {at: 'rules'};
    await settle(document.body);
    const drawer = find(panel, 'bgf-rules-drawer');
    assert.isAtLeast(find(drawer, '.words').offsetWidth, 180);
    panel.drawer = undefined;
    panel.selection = {kind: 'fetch', fetch: 'fetch-1'};
    await settle(document.body);
    const detail = find(panel, 'bgf-detail');
    assert.isAtLeast(find(detail, 'dd').offsetWidth, 180);
    for (const tab of ['records', 'events', 'calls']) {
      find(detail, `[data-tab=${tab}]`).click();
      await settle(document.body);
      const grid = find(detail, 'bgf-data-grid');
      for (const cell of grid.shadowRoot?.querySelectorAll('.cells > *') ??
        []) {
        const {width, right} = cell.getBoundingClientRect();
        assert.isAtLeast(width, 40, `${tab} ${cell.textContent}`);
        assert.isAtMost(right, grid.getBoundingClientRect().right + 1, tab);
      }
      const shown = find(detail, `[data-tab=${tab}]`).getBoundingClientRect();
      assert.isAtMost(shown.right, detail.getBoundingClientRect().right, tab);
    }
  });

  it('has the form that it opens in view, below many rules', async () => {
    for (const width of [1_200, 360]) {
      const {panel, inspector} = await mountPanel('happy', {width});
      const rules = Array.from({length: 20}, (_, index) => ({
        name: `Rule ${index + 1}, of which it takes more than a line to tell`,
        match: {url: `/season-${index}/*`},
        effect: {type: 'status', status: 503} as const,
      }));
      await inspector.execute({
        type: 'set-conditions',
        conditions: {version: 1, rules},
      });
      panel.drawer = {at: 'network'};
      await settle(document.body);
      const drawer = find(panel, 'bgf-rules-drawer');
      const form = find(drawer, 'bgf-conditions-form');
      const field = form.shadowRoot?.activeElement?.getBoundingClientRect();
      const body = find(drawer, '.body').getBoundingClientRect();
      assert.isAtLeast(field?.top ?? 0, body.top, String(width));
      assert.isAtMost(field?.bottom ?? Infinity, body.bottom, String(width));
      unmountAll();
    }
  });

  it('keeps what is selected from the start in view, in a low window', async () => {
    const inspector = createStoryInspector(scenario(scenarios.busy));
    const panel = await mount(
      'bgf-panel',
      html`<bgf-panel
        .inspector=${inspector}
        .clock=${() => inspector.log.at(inspector.log.next - 1)?.at ?? START}
        .selection=${{kind: 'fetch', fetch: 'fetch-4'}}
      ></bgf-panel>`,
      {width: 700, height: 360},
    );
    const timeline = find(panel, 'bgf-timeline');
    const row = find(timeline, '.row[aria-selected=true]');
    const scroller = find(timeline, '.scroller').getBoundingClientRect();
    assert.isAtLeast(scroller.height, 22 + 3 * 20);
    assert.isAtMost(row.getBoundingClientRect().bottom, scroller.bottom + 1);
    assert.isAtLeast(row.getBoundingClientRect().top, scroller.top + 21);
  });

  it('slides the detail pane over the tree where it is narrow', async () => {
    const {panel} = await mountPanel('happy', {width: 400});
    panel.selection = {kind: 'fetch', fetch: 'fetch-1'};
    await settle(document.body);
    const detail = find(panel, 'bgf-detail');
    assert.isTrue(detail.over);
    find(detail, '[aria-label=Back]').click();
    await settle(document.body);
    assert.isUndefined(panel.selection);
  });

  it('warns of conditions whatever is open, and in every width', async () => {
    for (const width of [1_400, 700, 360]) {
      const {panel} = await mountPanel('conditions', {width});
      const isWarned = (): boolean => {
        const bar = find(panel, 'bgf-conditions-bar');
        const {top, bottom} = bar.getBoundingClientRect();
        const middle = panel.getBoundingClientRect().left + width / 2;
        const seen = panel.shadowRoot?.elementFromPoint(
          middle,
          (top + bottom) / 2,
        );
        return seen === bar && find(bar, '.normal').offsetWidth > 0;
      };
      assert.isTrue(isWarned(), `${width}`);
      panel.selection = {kind: 'fetch', fetch: 'fetch-1'};
      await settle(document.body);
      assert.isTrue(isWarned(), `${width}, detail`);
      panel.drawer = {at: 'rules'};
      await settle(document.body);
      assert.isTrue(isWarned(), `${width}, drawer`);
      panel.drawer = undefined;
      panel.selection = undefined;
      panel.settings = {...panel.settings, view: 'entries'};
      await settle(document.body);
      assert.isTrue(isWarned(), `${width}, entries`);
      unmountAll();
    }
  });

  it('offers in a row’s menu what can be done, and says why not', async () => {
    const {panel, inspector} = await mountPanel('conditions');
    const timeline = find(panel, 'bgf-timeline');
    find(timeline, '#row-0 .more').click();
    await settle(document.body);
    const menu = find(panel, 'bgf-action-menu');
    assert.isTrue(find(menu, '[popover]').matches(':popover-open'));
    const pause = find(menu, '[data-action=pause]');
    assert.include(pause.textContent, 'It is over.');
    // All three are for the same reason, which is read once.
    const reasons = find(menu, '[role=group]').querySelectorAll('small');
    assert.deepEqual(
      [...reasons].map(({offsetHeight}) => offsetHeight > 1),
      [false, false, true],
    );
    pause.click();
    find(menu, '[data-action=dispatch-fail]').click();
    await settle(document.body);
    assert.deepEqual(inspector.commands, [
      {
        type: 'control-fetch',
        scope: 'https://podcast.example/',
        id: 'ep-4',
        action: 'dispatch-fail',
      },
    ]);
    assert.isFalse(find(menu, '[popover]').matches(':popover-open'));
    find(timeline, '#row-1 .more, #row-0 .more').click();
    await settle(document.body);
    find(menu, '[data-action=fail-this]').click();
    await settle(document.body);
    const drawer = find(panel, 'bgf-rules-drawer');
    const id = find(find(drawer, 'bgf-rule-editor'), '[name="match.fetchId"]');
    assert.equal((id as HTMLInputElement).value, 'ep-4');
    // The menu gave the keyboard back to its row, but not from the form.
    assert.isTrue(panel.shadowRoot?.activeElement === drawer);
    press(panel, 'Escape');
    await settle(document.body);
    assert.isUndefined(panel.drawer);
  });

  it('draws what conditions did: to one fetch, and to all', async () => {
    const {panel} = await mountPanel('conditions');
    const timeline = find(panel, 'bgf-timeline');
    const count = (selector: string): number =>
      timeline.shadowRoot?.querySelectorAll(selector).length ?? 0;
    // Two on the fetch and on its record, one on the other's.
    assert.equal(count('.fault'), 6);
    assert.equal(count('.grid .outage'), 1);
    assert.equal(count('.grid .change'), 1);
    assert.equal(count('.bar.paused'), 1);
  });

  it('renders once a frame, however many batches come', async () => {
    const {panel, inspector} = await mountPanel('upload');
    let renders = 0;
    const requestUpdate = panel.requestUpdate.bind(panel);
    panel.requestUpdate = (...parameters) => {
      renders += 1;
      requestUpdate(...parameters);
    };
    const source = inspector.log.at(1)?.source;
    if (source === undefined) throw new Error('The log is empty.');
    for (let index = 0; index < 500; index += 1) {
      inspector.log.append(source, [
        {
          seq: 1_000 + index,
          at: START + 60_000,
          fact: {type: 'page-navigated', url: `https://a.example/${index}`},
        },
      ]);
    }
    assert.equal(renders, 0);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    assert.isAtMost(renders, 2);
    await settle(document.body);
    const entries = inspector.log.next - inspector.log.first;
    assert.include(textOf(find(panel, 'footer')), `${entries} entries`);
    // One for the tick and one for the batches, each with its size.
    assert.isAtMost(renders, 4);
  });

  it('says what to do where nobody carries emulated fetches out', () => {
    const texts = (log: string): string =>
      noticesOf(createStoryInspector(scenario(log)).store.state)
        .map(({text}) => text)
        .join(' ');
    assert.match(texts(scenarios.engineMissing), /Load worker\.js/);
    assert.notMatch(texts(scenarios.bothRoutes), /worker\.js/);
  });
});
