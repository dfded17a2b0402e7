/**
 * A network of one's own, room and permission, set in the drawer; and all of it
 * after the browser was ended and started again.
 */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {
  inspectDemo,
  openPage,
  runSituation,
  type Inspection,
} from './support/inspection.js';
import {Inspector} from './support/inspector.js';
import {PanelHand} from './support/panel-hand.js';
import {shownFetch} from './support/route.js';

let inspection: Inspection;
let hand: PanelHand;

before(async () => {
  inspection = await inspectDemo();
  hand = await PanelHand.of(inspection.inspector);
});

after(() => inspection.close());

const BAR = 'bgf-conditions-bar';
const DRAWER = 'bgf-rules-drawer';
const FORM = `${DRAWER} >>> bgf-conditions-form`;
const NETWORK = 'bgf-toolbar >>> .bar .network select';

async function inDrawer(act: () => Promise<void>): Promise<void> {
  await hand.click('bgf-toolbar >>> .bar .rules');
  await act();
  await hand.click(`${DRAWER} >>> .close`);
}

/** What the app's next fetch is refused with, or why it fails; empty: it succeeds. */
async function tryOut(): Promise<string> {
  const {ends, seen} = await runSituation(inspection, 'many-records');
  const refused = seen.find(
    (each) => each.type === 'call' && each.outcome === 'rejected',
  );
  return refused?.type === 'call'
    ? (refused.error?.name ?? '')
    : (ends[0]?.final.failureReason ?? 'no end');
}

test('a permission that is denied refuses the call', async () => {
  await inDrawer(() => hand.choose(`${FORM} >>> [name=permission]`, 'denied'));
  await hand.shows(`${BAR} >>> .parts`, /permission/i);
  assert.equal(await tryOut(), 'NotAllowedError');
  await inDrawer(() => hand.choose(`${FORM} >>> [name=permission]`, ''));
  await hand.hides(`${BAR} >>> .parts`);
  assert.equal(await tryOut(), '');
});

test('a quota ends what has no room', async () => {
  await inDrawer(() => hand.write(`${FORM} >>> [name=quota]`, '300000'));
  await hand.shows(`${BAR} >>> .parts`, /300/);
  assert.equal(await tryOut(), 'quota-exceeded');
  await inDrawer(() => hand.write(`${FORM} >>> [name=quota]`, ''));
  await hand.hides(`${BAR} >>> .parts`);
});

test('all of it is there when the browser was ended and started again', async () => {
  await inDrawer(async () => {
    await hand.write(`${FORM} >>> [name=name]`, 'A boat');
    await hand.write(`${FORM} >>> [name=download]`, '900000');
    await hand.click(`${FORM} >>> .link-form [type=submit]`);
    await hand.click(`${DRAWER} >>> .add`);
    await hand.click(`${DRAWER} >>> bgf-rule-editor >>> [type=submit]`);
    await hand.shows(`${DRAWER} >>> li`, /status 503/);
  });
  await hand.shows(`${BAR} >>> .parts`, /A boat .*1 rule/);
  const browser = await inspection.restart();
  const page = await openPage({browser}, inspection.server.url);
  const inspector = await Inspector.open(page);
  inspection = {...inspection, browser, page, inspector};
  hand = await PanelHand.of(inspector);
  await inspector.attachment();
  await hand.shows(`${BAR} >>> .parts`, /A boat .*1 rule/);
  assert.equal(await tryOut(), 'bad-status');
  await hand.click(`${BAR} >>> .normal`);
  await hand.hides(`${BAR} >>> .parts`);
  // The network is kept, by its name, until it is forgotten.
  await hand.choose(NETWORK, 'A boat');
  await hand.shows(`${BAR} >>> .parts`, /A boat/);
  const {ids} = await runSituation(inspection, 'many-records');
  const fetch = await shownFetch(
    inspector,
    ids[0] ?? '',
    ({phase}) => phase === 'succeeded',
  );
  assert.equal(fetch.route, 'emulated');
});
