import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import '../../../panel/elements/toolbar/toolbar.js';
import {findViolations} from '../support/axe.js';
import {find, mount, record, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

const mountToolbar = (width = 1_200) =>
  mount(
    'bgf-toolbar',
    html`<bgf-toolbar
      recording
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

  it('never wraps, and keeps in its menu what does not fit', async () => {
    for (const width of [1_400, 1_000, 800, 500, 360]) {
      const toolbar = await mountToolbar(width);
      const bar = find(toolbar, '.bar');
      assert.equal(bar.offsetHeight, 28, String(width));
      assert.isAtMost(bar.scrollWidth, bar.clientWidth, String(width));
      const isInBar = find(toolbar, '.bar > .chips').offsetWidth > 0;
      const menu = find(toolbar, '#settings');
      menu.showPopover();
      const isInMenu = find(toolbar, '.only-menu.outcomes').offsetWidth > 0;
      assert.notEqual(isInBar, isInMenu, String(width));
      unmountAll();
    }
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
