/**
 * Conditions whose user does something else in the middle: in real DevTools, by
 * the panel's own controls.
 */
import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import type {SituationRun} from '../../demo/app/situations/run.js';
import type {Rule} from '../../inspector-core/protocol/protocol.js';
import {
  inspectDemo,
  runSituation,
  type Inspection,
} from './support/inspection.js';
import {Inspector} from './support/inspector.js';
import {PanelHand} from './support/panel-hand.js';
import {chooseRoute, shownFetch} from './support/route.js';

let inspection: Inspection;
let hand: PanelHand;
let folder: string;

before(async () => {
  inspection = await inspectDemo();
  hand = await PanelHand.of(inspection.inspector);
  folder = await mkdtemp(join(tmpdir(), 'bgf-conditions-test-'));
});

after(async () => {
  await inspection.close();
  await rm(folder, {recursive: true});
});

const BAR = 'bgf-conditions-bar';
const DRAWER = 'bgf-rules-drawer';

/** Holds every attempt for good. */
const STALL: Rule = {
  name: 'For good',
  trigger: {at: 'byte', byte: 100_000},
  effect: {type: 'stall'},
};

const run = (name: string): Promise<SituationRun> =>
  runSituation(inspection, name);

/** Takes rules from a file, as its user does. */
async function importRules(rules: unknown): Promise<void> {
  const file = join(folder, 'rules.json');
  await writeFile(file, JSON.stringify({version: 1, rules}));
  await hand.click('bgf-toolbar >>> .bar .rules');
  await hand.upload(`${DRAWER} >>> input[type=file]`, file);
}

const closeDrawer = (): Promise<void> => hand.click(`${DRAWER} >>> .close`);

/** Has every attempt held, from now on. */
async function stall(): Promise<void> {
  await importRules([STALL]);
  await hand.shows(`${BAR} >>> .parts`, /1 rule/);
  await closeDrawer();
}

const held = (from: number) =>
  inspection.inspector.entry(
    'rule-fired',
    ({effect}, {index}) => effect === 'stall' && index >= from,
  );

const logged = async (): Promise<number> =>
  (await inspection.inspector.entries()).length;

test('a file is taken while no worker runs, and the next one is under it', async () => {
  const {page, inspector} = inspection;
  await inspector.entry(
    'realm-opened',
    (_fact, {source}) => source.kind === 'service-worker',
  );
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  await inspector.entry('realm-closed', ({reason}) => reason === 'stopped');
  await importRules([{effect: {type: 'status', status: 503}, when: 1}]);
  await hand.shows(`${DRAWER} >>> .import`, /rules\[0\]\.when/);
  await hand.hides(`${BAR} >>> .parts`);
  await closeDrawer();
  await importRules([{effect: {type: 'status', status: 503}}]);
  await hand.shows(`${BAR} >>> .parts`, /1 rule/);
  await hand.shows(`${DRAWER} >>> bgf-conditions-form >>> p`, /None runs now/);
  await closeDrawer();
  const {ids} = await run('download');
  const fetch = await shownFetch(
    inspector,
    ids[0] ?? '',
    ({phase}) => phase === 'failed',
  );
  assert.equal(fetch.failureReason, 'bad-status');
  await hand.click(`${BAR} >>> .normal`);
  await hand.hides(`${BAR} >>> .parts`);
});

test('back to normal lets go of what a rule holds', async () => {
  const from = await logged();
  await stall();
  const done = run('download');
  await held(from);
  await hand.shows(`${BAR} >>> .parts`, /fired \d×/);
  await hand.click(`${BAR} >>> .normal`);
  const {ends} = await done;
  assert.equal(ends[0]?.final.result, 'success');
  await hand.hides(`${BAR} >>> .parts`);
});

test('another route is for new fetches; what a rule holds stays held', async () => {
  const {inspector} = inspection;
  const from = await logged();
  await stall();
  const done = run('download');
  const {
    fact: {id},
  } = await held(from);
  await chooseRoute(inspector, 'native');
  const {ids} = await run('download');
  const other = await shownFetch(
    inspector,
    ids[0] ?? '',
    ({phase}) => phase === 'succeeded',
  );
  assert.equal(other.route, 'native');
  const fetch = await shownFetch(inspector, id);
  assert.deepEqual([fetch.route, fetch.phase], ['emulated', 'active']);
  await chooseRoute(inspector, 'auto');
  await hand.click(`${BAR} >>> .normal`);
  const {ends} = await done;
  assert.equal(ends[0]?.final.result, 'success');
  await hand.hides(`${BAR} >>> .parts`);
});

test('DevTools that is closed in the middle finds all as it was', async () => {
  const {page} = inspection;
  const from = await logged();
  await stall();
  const done = run('download');
  const {
    fact: {id},
  } = await held(from);
  await inspection.inspector.close();
  const inspector = await Inspector.open(page);
  inspection = {...inspection, inspector};
  hand = await PanelHand.of(inspector);
  await inspector.attachment();
  await hand.shows(`${BAR} >>> .parts`, /1 rule/);
  const fetch = await shownFetch(inspector, id);
  assert.equal(fetch.phase, 'active');
  await hand.click(`${BAR} >>> .normal`);
  const {ends} = await done;
  assert.equal(ends[0]?.final.result, 'success');
  await hand.hides(`${BAR} >>> .parts`);
});
