/** Files of conditions that somebody sent, in what shows them. */
import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import type {Rule} from '../../../inspector-core/protocol/protocol.js';
import '../../../panel/elements/panel/panel.js';
import type {DrawerPlace} from '../../../panel/events/drawer-event.js';
import {scenario} from '../../../stories/support/scenario/scenario.js';
import {
  scenarios,
  type ScenarioName,
} from '../../../stories/support/scenarios.js';
import {createStoryInspector} from '../../../stories/support/story-inspector.js';
import {find, mount, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

async function mountPanel(
  name: ScenarioName,
  drawer: DrawerPlace = {at: 'rules'},
) {
  const inspector = createStoryInspector(scenario(scenarios[name]));
  const panel = await mount(
    'bgf-panel',
    html`<bgf-panel
      .inspector=${inspector}
      .drawer=${drawer}
      .clock=${() => 0}
    ></bgf-panel>`,
    {width: 1_200},
  );
  return {panel, inspector};
}

/** Every element of a tree, those in shadow roots included. */
function all(root: ParentNode): readonly Element[] {
  return [...root.querySelectorAll('*')].flatMap((each) => [
    each,
    ...(each.shadowRoot === null ? [] : all(each.shadowRoot)),
  ]);
}

/** What is shown and read out, without what is in a field to be changed. */
const wordsOf = (panel: Element): string =>
  all(panel.shadowRoot ?? panel)
    .filter(
      ({localName}) => !['style', 'input', 'textarea'].includes(localName),
    )
    .flatMap((each) => [
      ...[...each.childNodes].map((node) =>
        node instanceof Text ? node.data : '',
      ),
      each.getAttribute('title') ?? '',
      each.getAttribute('aria-label') ?? '',
    ])
    .join(' ');

describe('conditions from a hostile file', () => {
  afterEach(unmountAll);

  it('become no markup, and reorder nothing', async () => {
    const {panel, inspector} = await mountPanel('hostileConditions');
    const [rule] = inspector.store.state.session.conditions.rules ?? [];
    assert.exists(rule);
    const places: readonly DrawerPlace[] = [
      {at: 'rules'},
      {at: 'new-rule', rule: rule ?? {effect: {type: 'drop'}}},
      {at: 'network'},
    ];
    for (const place of places) {
      panel.drawer = place;
      await settle(document.body);
      const words = wordsOf(panel);
      assert.notInclude(words, '\u202E', place.at);
      assert.notInclude(words, '\u0007', place.at);
      assert.include(words, String.raw`<script>alert(1)</script>\u202Egnp`);
      const {length} = all(panel.shadowRoot ?? panel).filter((each) =>
        each.matches('script, img, b'),
      );
      assert.equal(length, 0, place.at);
    }
  });

  it('are refused at their field without reordering the sentence', async () => {
    const {panel} = await mountPanel('conditions', {
      at: 'new-rule',
      rule: {effect: {type: 'redirect', to: 'https://podcast.example/'}},
    });
    const editor = find(find(panel, 'bgf-rules-drawer'), 'bgf-rule-editor');
    const field = find(editor, '[name="effect.to"]') as HTMLInputElement;
    field.value = 'no\u202Eurl';
    field.dispatchEvent(new Event('input'));
    await settle(document.body);
    find(editor, '[type=submit]').click();
    await settle(document.body);
    const {textContent} = find(editor, '.problem');
    assert.include(textContent, String.raw`no\u202Eurl`);
    assert.notInclude(textContent, '\u202E');
  });

  it('are a thousand rules, of which none is read again while bytes come', async () => {
    const {panel, inspector} = await mountPanel('manyRules');
    const drawer = find(panel, 'bgf-rules-drawer');
    const {state} = drawer;
    assert.exists(state);
    if (state === undefined) return;
    let reads = 0;
    const {session} = state;
    const rules = (session.conditions.rules ?? []).map((rule): Rule => {
      const {name = '', ...rest} = rule;
      return {
        ...rest,
        get name() {
          reads += 1;
          return name;
        },
      };
    });
    const conditions = {...session.conditions, rules};
    const showNow = async (): Promise<void> => {
      const {fetches} = inspector.store.state;
      drawer.state = {...state, fetches, session: {...session, conditions}};
      await drawer.updateComplete;
    };
    await showNow();
    const items = drawer.shadowRoot?.querySelectorAll('li') ?? [];
    assert.lengthOf(items, 1_000);
    assert.include(items[7]?.textContent, 'fits 1 request');
    assert.isAbove(reads, 0);
    reads = 0;
    inspector.append(scenario('9s page progress ep-4 1MB'));
    await showNow();
    assert.equal(reads, 0);
    // An attempt that was not there before is asked about, and its count shown.
    inspector.append(
      scenario(`
        9.1s worker attempt 1.0.1 /season-7/ep-4.mp3 of=ep-4:0
        9.2s worker attempt 1.0.2 /season-7/ep-4.mp3 of=ep-4:0`),
    );
    await showNow();
    assert.include(items[7]?.textContent, 'fits 2 requests');
  });
});
