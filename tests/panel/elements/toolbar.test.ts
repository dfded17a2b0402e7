import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import type {RouteSetting} from '../../../inspector-core/protocol/protocol.js';
import '../../../panel/elements/toolbar/toolbar.js';
import {findViolations} from '../support/axe.js';
import {find, mount, record, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

const mountToolbar = (width = 1_200, route: RouteSetting = 'auto') =>
  mount(
    'bgf-toolbar',
    html`<bgf-toolbar
      recording
      route=${route}
      .wireOffer=${['https://podcast.example']}
    ></bgf-toolbar>`,
    {width},
  );

/** The button whose text or label is so. */
function button(root: Element, name: string): HTMLElement {
  const buttons = root.shadowRoot?.querySelectorAll('button') ?? [];
  const found = [...buttons].find(
    (each) =>
      each.getAttribute('aria-label') === name ||
      each.textContent.trim().startsWith(name),
  );
  if (found === undefined) throw new Error(`No button is named ${name}.`);
  return found;
}

/** As many as the panel keeps. */
const MANY = {
  all: 1_234,
  active: 20,
  succeeded: 1_100,
  failed: 99,
  aborted: 10,
  rejected: 5,
};

describe('<bgf-toolbar>', () => {
  afterEach(unmountAll);

  it('asks for what its buttons say', async () => {
    const toolbar = await mountToolbar();
    const commands = record(toolbar, 'bgf-command');
    button(toolbar, 'Stop recording').click();
    button(toolbar, 'Clear the log').click();
    find(toolbar, '.preserve input').click();
    button(toolbar, 'Show wire facts').click();
    assert.deepEqual(
      commands.map((event) => event.command),
      [
        {type: 'stop-recording'},
        {type: 'clear-log'},
        {type: 'preserve-log', preserve: true},
        {type: 'request-wire-access', origins: ['https://podcast.example']},
      ],
    );
  });

  it('sets outcome, view and times', async () => {
    const toolbar = await mountToolbar();
    const settings = record(toolbar, 'bgf-settings');
    button(toolbar, 'Failed').click();
    button(toolbar, 'Entries').click();
    find(toolbar, '#settings label:last-of-type input').click();
    assert.deepEqual(
      settings.map((event) => event.changes),
      [{outcome: 'failed'}, {view: 'entries'}, {timeFormat: 'absolute'}],
    );
  });

  it('asks for a route, and shows the one that holds', async () => {
    const toolbar = await mountToolbar();
    const commands = record(toolbar, 'bgf-command');
    const select = find(toolbar, '.bar > .route-choice select');
    assert.instanceOf(select, HTMLSelectElement);
    assert.equal(select.value, 'auto');
    select.value = 'emulated';
    select.dispatchEvent(new Event('change', {bubbles: true}));
    assert.deepEqual(
      commands.map((event) => event.command),
      [{type: 'set-route', route: 'emulated'}],
    );
    // Nobody said yet that it holds.
    assert.equal(select.value, 'auto');
    assert.isNull(toolbar.shadowRoot?.querySelector('.sign'));
    toolbar.route = 'emulated';
    await toolbar.updateComplete;
    assert.equal(select.value, 'emulated');
    assert.isAbove(find(toolbar, '.bar > .route-choice .sign').offsetWidth, 0);
  });

  it('lists networks of the user’s own below the presets', async () => {
    const toolbar = await mountToolbar();
    const commands = record(toolbar, 'bgf-command');
    const boat = {name: 'A boat', download: 5_000};
    toolbar.settings = {...toolbar.settings, profiles: [boat]};
    await toolbar.updateComplete;
    const select = find(toolbar, '.network select');
    assert.instanceOf(select, HTMLSelectElement);
    const groups = [...select.querySelectorAll('optgroup')];
    assert.deepEqual(
      groups.map(({label}) => label),
      ['Chrome', 'Firefox', 'Your own'],
    );
    select.value = 'A boat';
    select.dispatchEvent(new Event('change', {bubbles: true}));
    assert.deepEqual(
      commands.map(({command}) => command),
      [{type: 'set-conditions', conditions: {version: 1, profile: boat}}],
    );
  });

  it('asks for a network, and shows the one that holds', async () => {
    const toolbar = await mountToolbar();
    const commands = record(toolbar, 'bgf-command');
    const drawers = record(toolbar, 'bgf-drawer');
    toolbar.conditions = {version: 1, seed: 7};
    await toolbar.updateComplete;
    const select = find(toolbar, '.network select');
    assert.instanceOf(select, HTMLSelectElement);
    assert.equal(select.value, 'No throttling');
    const choose = (value: string): void => {
      select.value = value;
      select.dispatchEvent(new Event('change', {bubbles: true}));
    };
    choose('Slow 4G');
    assert.equal(select.value, 'No throttling');
    choose('…');
    const [option] = [...select.options].filter(
      (each) => each.value === 'Slow 4G',
    );
    assert.equal(option?.title, '180 kB/s down, 84.4 kB/s up, 563 ms');
    find(toolbar, '.bar .switch input').click();
    assert.deepEqual(
      commands.map((event) => event.command),
      [
        {
          type: 'set-conditions',
          conditions: {
            version: 1,
            seed: 7,
            profile: {
              name: 'Slow 4G',
              download: 180_000,
              upload: 84_375,
              latency: 562.5,
            },
          },
        },
        {
          type: 'set-conditions',
          conditions: {version: 1, seed: 7, offline: true},
        },
      ],
    );
    assert.deepEqual(
      drawers.map(({place}) => place),
      [{at: 'network'}],
    );
    toolbar.conditions = {version: 1, profile: '3G', offline: true};
    await toolbar.updateComplete;
    assert.equal(select.value, '3G');
    assert.isNotNull(toolbar.shadowRoot?.querySelector('.network .sign'));
    const box = find(toolbar, '.bar .switch input') as HTMLInputElement;
    assert.isTrue(box.checked);
  });

  it('shows a network of one’s own by its name', async () => {
    const toolbar = await mountToolbar();
    toolbar.conditions = {
      version: 1,
      profile: {name: 'A boat\u202e', download: 9_000},
    };
    await toolbar.updateComplete;
    const select = find(toolbar, '.network select') as HTMLSelectElement;
    assert.include(select.selectedOptions[0]?.text, 'A boat\\u202E, change…');
    assert.include(select.title, '9.00 kB/s down');
  });

  it('warns of a route in every width', async () => {
    for (const width of [1_400, 800, 769, 360]) {
      const toolbar = await mountToolbar(width, 'emulated');
      const signs = [
        find(toolbar, '.bar > .route-choice .sign'),
        find(toolbar, '.bar > .simulated'),
      ].filter(({offsetWidth}) => offsetWidth > 0);
      assert.equal(signs.length, 1, String(width));
      const menu = find(toolbar, '#settings');
      menu.showPopover();
      const isInMenu = find(toolbar, '.only-menu.route').offsetWidth > 0;
      assert.equal(isInMenu, width < 770, String(width));
      unmountAll();
    }
  });

  it('never wraps, and keeps in its menu what does not fit', async () => {
    for (const width of [
      1_400, 1_399, 1_290, 1_289, 800, 770, 769, 600, 599, 480, 479, 360, 350,
      349, 270, 250,
    ]) {
      const toolbar = await mountToolbar(width, 'emulated');
      toolbar.counts = MANY;
      await settle(document.body);
      const bar = find(toolbar, '.bar');
      assert.equal(bar.offsetHeight, 28, String(width));
      assert.isAtMost(bar.scrollWidth, bar.clientWidth, String(width));
      const isInBar = find(toolbar, '.bar > .chips').offsetWidth > 0;
      const menu = find(toolbar, '#settings');
      menu.showPopover();
      const isInMenu = find(toolbar, '.only-menu.outcomes').offsetWidth > 0;
      assert.notEqual(isInBar, isInMenu, String(width));
      const views = find(toolbar, '.bar > .views').offsetWidth > 0;
      const viewsInMenu = find(toolbar, '.views-row').offsetWidth > 0;
      assert.notEqual(views, viewsInMenu, String(width));
      const preserve = find(toolbar, '.bar > .preserve').offsetWidth > 0;
      const inMenu = find(toolbar, '.only-menu.preserve').offsetWidth > 0;
      assert.notEqual(preserve, inMenu, String(width));
      const network = find(toolbar, '.bar > .network').offsetWidth > 0;
      const networkInMenu = find(toolbar, '#settings .network').offsetWidth > 0;
      assert.notEqual(network, networkInMenu, String(width));
      unmountAll();
    }
  });

  it('opens from its menu the rules that have no button in the bar', async () => {
    const toolbar = await mountToolbar(250);
    const drawers = record(toolbar, 'bgf-drawer');
    assert.equal(find(toolbar, '.bar > .rules').offsetWidth, 0);
    const menu = find(toolbar, '#settings');
    menu.showPopover();
    button(toolbar, 'Edit rules').click();
    assert.deepEqual(
      drawers.map(({place}) => place),
      [{at: 'rules'}],
    );
    assert.isFalse(menu.matches(':popover-open'));
  });

  it('shows at its menu that the chips in there hide something', async () => {
    for (const [width, outcome, isShown] of [
      [800, 'all', false],
      [800, 'failed', true],
      [1_400, 'failed', false],
    ] as const) {
      const toolbar = await mountToolbar(width);
      toolbar.settings = {...toolbar.settings, outcome};
      await toolbar.updateComplete;
      const button = find(toolbar, '.settings');
      const {content, display} = getComputedStyle(button, '::after');
      const isDrawn = content !== 'none' && display !== 'none';
      assert.equal(isDrawn, isShown, `${width} ${outcome}`);
      assert.equal(button.title.includes('Only failed'), outcome === 'failed');
      unmountAll();
    }
  });

  it('says inside its own width what is wrong with a filter', async () => {
    for (const width of [800, 360, 250]) {
      const toolbar = await mountToolbar(width);
      toolbar.filter = 'is:failed /ep-(/';
      await settle(document.body);
      const field = find(toolbar, 'bgf-filter-field');
      const {right} = find(field, '.problem').getBoundingClientRect();
      assert.isAtMost(right, toolbar.getBoundingClientRect().right);
      unmountAll();
    }
  });

  it('draws one ring around the field that has the keyboard', async () => {
    const toolbar = await mountToolbar();
    toolbar.focusFilter();
    const field = find(toolbar, 'bgf-filter-field');
    assert.equal(getComputedStyle(find(field, 'input')).outlineStyle, 'none');
    assert.notEqual(getComputedStyle(find(field, '.box')).boxShadow, 'none');
  });

  it('has accessible menus', async () => {
    const toolbar = await mountToolbar(400);
    for (const id of ['settings', 'help']) {
      find(toolbar, `#${id}`).showPopover();
      await settle(document.body);
      assert.deepEqual(await findViolations(toolbar), [], id);
    }
  });
});
