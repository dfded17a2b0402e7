import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import '../../../panel/elements/conditions-bar/conditions-bar.js';
import {playScenario} from '../../../stories/support/story-state.js';
import type {ScenarioName} from '../../../stories/support/scenarios.js';
import {find, mount, record, unmountAll} from '../support/mount.js';

const mountBar = (log: ScenarioName, {width = 1_200, route = 'auto'} = {}) => {
  const {state, context} = playScenario(log);
  return mount(
    'bgf-conditions-bar',
    html`<bgf-conditions-bar
      .conditions=${state.session.conditions}
      .simulation=${state.simulation}
      .now=${context.now}
      route=${route}
    ></bgf-conditions-bar>`,
    {width},
  );
};

const textOf = (bar: Element): string => find(bar, '.parts').textContent.trim();

describe('<bgf-conditions-bar>', () => {
  afterEach(unmountAll);

  it('says what acts, since when, and how often it fired', async () => {
    const bar = await mountBar('conditions');
    const text = textOf(bar);
    assert.include(text, 'Slow 4G (180 kB/s down, 84.4 kB/s up, 563 ms)');
    assert.include(text, '2 rules');
    assert.include(text, 'rules fired 3×');
    assert.match(text, /for \d+\.\d s$/);
    assert.equal(find(bar, '.parts').title, text);
  });

  it('says that there is no network now, before all else', async () => {
    const text = textOf(await mountBar('tunnel'));
    assert.match(text, /^Offline now · Train tunnel/);
  });

  it('says what the page has set by itself', async () => {
    const text = textOf(await mountBar('pageConditions'));
    assert.include(text, '3G, 2 rules, set by the page or another panel');
  });

  it('says that something else is in force than what is set here', async () => {
    assert.include(textOf(await mountBar('overruled')), 'not in force');
    for (const log of ['conditions', 'tunnel', 'pageConditions'] as const) {
      assert.notInclude(textOf(await mountBar(log)), 'not in force', log);
    }
  });

  it('brings all back to normal, and opens the rules', async () => {
    const bar = await mountBar('conditions');
    const commands = record(bar, 'bgf-command');
    const drawers = record(bar, 'bgf-drawer');
    find(bar, '.normal').click();
    find(bar, '.edit').click();
    assert.deepEqual(
      commands.map(({command}) => command),
      [{type: 'set-conditions', conditions: {version: 1}}],
    );
    assert.deepEqual(
      drawers.map(({place}) => place),
      [{at: 'rules'}],
    );
  });

  it('offers another route where most of it cannot act', async () => {
    const there = await mountBar('conditions', {route: 'emulated'});
    assert.isNull(there.shadowRoot?.querySelector('.route'));
    const bar = await mountBar('conditions', {route: 'native'});
    const commands = record(bar, 'bgf-command');
    find(bar, '.route').click();
    assert.deepEqual(
      commands.map(({command}) => command),
      [{type: 'set-route', route: 'emulated'}],
    );
  });

  it('has the way back at the same place in every width', async () => {
    for (const width of [1_400, 700, 360, 270]) {
      const bar = await mountBar('conditions', {width});
      const button = find(bar, '.normal').getBoundingClientRect();
      const {right} = bar.getBoundingClientRect();
      assert.isAbove(button.width, 60, String(width));
      assert.approximately(right - button.right, 8, 1, String(width));
      assert.isAtMost(bar.offsetHeight, 26, String(width));
      unmountAll();
    }
  });
});
