/** What a lane's own menu does, in real DevTools. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {FetchState} from '../../inspector-core/projections/projections.js';
import {eventually} from './support/eventually.js';
import {inspectDemo, type Inspection} from './support/inspection.js';
import {PanelHand} from './support/panel-hand.js';
import {chooseRoute, shownFetch} from './support/route.js';

let inspection: Inspection;
let hand: PanelHand;

before(async () => {
  inspection = await inspectDemo();
  hand = await PanelHand.of(inspection.inspector);
  await chooseRoute(inspection.inspector, 'emulated');
});

after(() => inspection.close());

const BAR = 'bgf-conditions-bar';

/** Has the app fetch a file by an id. */
const begin = (id: string, query: string): Promise<unknown> =>
  inspection.page.evaluate(
    `navigator.serviceWorker.ready.then(({backgroundFetch}) =>
      backgroundFetch.fetch('${id}', '/resource?id=${id}&${query}')).then(() => {})`,
  );

/** The same; what the panel has of it when it is over. */
async function fetchAs(id: string): Promise<FetchState> {
  const {inspector} = inspection;
  const from = (await inspector.entries()).length;
  await begin(id, 'size=40k');
  await inspector.entry('event-finished', (_fact, {index}) => index >= from);
  return shownFetch(inspector, id, ({events}) => events.length > 0);
}

/** What the app's own handlers had of a fetch, once there were so many events. */
const handled = (id: string, count: number): Promise<readonly Handled[]> =>
  eventually(
    () =>
      inspection.page.evaluate(
        (wanted) =>
          window.demo.seen.flatMap((each) =>
            each.type === 'worker-event' && each.id === wanted
              ? [{event: each.event, bytes: each.records[0]?.bytes}]
              : [],
          ),
        id,
      ),
    ({length}) => length === count,
    {what: `${count} events in the app`, within: 60_000},
  );

interface Handled {
  readonly event: string;
  readonly bytes: number | undefined;
}

test('"Fail this one…" fails it the next time, and no other', async () => {
  assert.equal((await fetchAs('film')).phase, 'succeeded');
  await hand.menu('film', 'fail-this');
  // The form is filled in, and says which past request it fits.
  const editor = 'bgf-rules-drawer >>> bgf-rule-editor';
  await hand.shows(`${editor} >>> .past`, /fits 1 /);
  await hand.click(`${editor} >>> [type=submit]`);
  await hand.shows('bgf-rules-drawer >>> li', /film/);
  await hand.click('bgf-rules-drawer >>> .close');
  assert.equal((await fetchAs('film')).failureReason, 'bad-status');
  assert.equal((await fetchAs('other')).phase, 'succeeded');
  await hand.click(`${BAR} >>> .normal`);
  await hand.hides(`${BAR} >>> .parts`);
  assert.equal((await fetchAs('film')).phase, 'succeeded');
});

test('"Go offline now" cuts what is under way, and gives it back', async () => {
  const {inspector, server} = inspection;
  await begin('cut', 'size=4M&rate=400k');
  await shownFetch(inspector, 'cut', ({downloaded}) => downloaded > 0);
  await hand.menu('cut', 'go-offline');
  await hand.shows(`${BAR} >>> .parts`, /[Oo]ffline/);
  const asked = () =>
    server.requests.entries.filter(({url}) => url.includes('id=cut'));
  await eventually(
    () => Promise.resolve(asked().map(({ending}) => ending)),
    (endings) => endings.length === 1 && endings[0] === 'aborted',
    {what: 'the connection to be closed'},
  );
  assert.equal((await shownFetch(inspector, 'cut')).phase, 'active');
  await hand.menu('cut', 'go-offline');
  assert.deepEqual(await handled('cut', 1), [
    {event: 'backgroundfetchsuccess', bytes: 4_000_000},
  ]);
  const online = await inspector.entriesOf('online-changed');
  assert.deepEqual(
    online.map(({fact}) => fact.isOnline),
    [false, true],
  );
  await hand.hides(`${BAR} >>> .parts`);
});

test('its events are fired again, for the app', async () => {
  const {inspector} = inspection;
  // In a pause: once it is over, handlers could read no records.
  await begin('again', 'size=2M&rate=400k');
  await shownFetch(inspector, 'again', ({downloaded}) => downloaded > 0);
  await hand.menu('again', 'pause');
  await inspector.entry('fetch-controlled', ({action}) => action === 'pause');
  const again = ['success', 'fail', 'abort'];
  for (const event of again) {
    const from = (await inspector.entries()).length;
    await hand.menu('again', `dispatch-${event}`);
    const {fact} = await inspector.entry(
      'event-dispatched',
      (_fact, {index}) => index >= from,
    );
    assert.equal(fact.name, `backgroundfetch${event}`);
    assert.equal(fact.registration.id, 'again');
  }
  await hand.menu('again', 'resume');
  const events = (await handled('again', 4)).map(({event}) => event);
  assert.deepEqual(
    new Set(events),
    new Set(again.map((event) => `backgroundfetch${event}`)),
  );
  // The fetch itself is none the wiser.
  const {phase} = await shownFetch(
    inspector,
    'again',
    (fetch) => fetch.phase !== 'active',
  );
  assert.equal(phase, 'succeeded');
});
