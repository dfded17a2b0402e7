/** The panel in real DevTools by real keys, which DevTools has uses for, too. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Frame, KeyInput} from 'puppeteer-core';
import {eventually} from './support/eventually.js';
import {inspectDemo, type Inspection} from './support/inspection.js';

let inspection: Inspection;
let panel: Frame;

before(async () => {
  inspection = await inspectDemo();
  panel = await inspection.inspector.showPanel();
  await inspection.page.evaluate(() => window.demo.run('download'));
});

after(() => inspection.close());

/** What has the keyboard: its name, or its tag and classes. */
const focused = (): Promise<string> =>
  panel.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) {
      active = active.shadowRoot.activeElement;
    }
    const name = active?.getAttribute('aria-label');
    return name ?? `${active?.localName} ${active?.className}`.trim();
  });

async function press(key: KeyInput, then: string): Promise<void> {
  await inspection.inspector.devtools.keyboard.press(key);
  await eventually(focused, (name) => name === then, {
    what: `focus on ${then} after ${key}`,
  });
}

const exists = async (path: string): Promise<boolean> =>
  (await panel.$(`bgf-panel >>> ${path}`)) !== null;

test('has every character in its fields, whatever DevTools does with the key', async () => {
  const {keyboard} = inspection.inspector.devtools;
  const input = await panel.waitForSelector(
    'bgf-panel >>> bgf-filter-field >>> input',
  );
  assert.ok(input);
  await input.focus();
  const text = ` ${Array.from({length: 94}, (_, index) => String.fromCharCode(33 + index)).join('')}`;
  await keyboard.type(text);
  const typed = (): Promise<string> => input.evaluate(({value}) => value);
  await eventually(typed, (value) => value === text, {what: 'all of it'});
  await keyboard.press('Escape');
  await eventually(typed, (value) => value === '', {what: 'none of it'});
});

test('goes from the filter to the tree, the pane, the rules and back', async () => {
  const {keyboard} = inspection.inspector.devtools;
  await panel.focus('bgf-panel >>> bgf-filter-field >>> input');
  await keyboard.type('download');
  await press('ArrowDown', 'Timeline');
  await keyboard.press('Enter');
  await panel.waitForSelector('bgf-panel >>> bgf-detail');
  await press('Escape', 'Timeline');
  assert.equal(await exists('bgf-detail'), false);
  await panel.focus('bgf-panel >>> bgf-toolbar >>> .bar > .rules');
  await press('Enter', 'div body');
  await panel.focus('bgf-panel >>> bgf-rules-drawer >>> .add');
  await keyboard.press('Enter');
  await panel.waitForSelector('bgf-panel >>> bgf-rule-editor');
  await press('Escape', 'Timeline');
  assert.equal(await exists('bgf-rules-drawer'), false);
});

test('says what its keys are, and has nothing else answer to them', async () => {
  const {keyboard} = inspection.inspector.devtools;
  await panel.focus('bgf-panel >>> bgf-timeline >>> .scroller');
  await keyboard.press('?');
  await panel.waitForSelector(
    'bgf-panel >>> bgf-toolbar >>> #help:popover-open',
  );
  await press('Escape', 'Timeline');
  await panel.waitForSelector(
    'bgf-panel >>> bgf-toolbar >>> #help:not(:popover-open)',
  );
});
