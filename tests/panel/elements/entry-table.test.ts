import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import '../../../panel/elements/entry-table/entry-table.js';
import {parseFilter} from '../../../panel/filter/filter.js';
import {scenario} from '../../../stories/support/scenario/scenario.js';
import {manyEntries} from '../../../stories/support/scenarios.js';
import {createStoryInspector} from '../../../stories/support/story-inspector.js';
import {find, mount, record, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

async function mountTable(log: string, filter = '') {
  const inspector = createStoryInspector(scenario(log));
  const table = await mount(
    'bgf-entry-table',
    html`<bgf-entry-table
      style="block-size: 300px"
      .log=${inspector.log}
      .fetches=${inspector.store.state.fetches}
      .filter=${parseFilter(filter)}
    ></bgf-entry-table>`,
  );
  const count = () => find(table, 'bgf-data-grid').rows.count;
  return {inspector, table, count};
}

const STARTED = `
  0ms    page fetch ep-1 /ep-1.mp3
  10ms   page accepted ep-1
  100ms  page progress ep-1 1MB`;

describe('<bgf-entry-table>', () => {
  afterEach(unmountAll);

  it('takes a hundred thousand entries, and what comes then', async () => {
    const {inspector, table, count} = await mountTable(manyEntries(100_000));
    assert.equal(count(), inspector.log.next - 1);
    const before = count();
    inspector.append(scenario('700s page2 opened'));
    await settle(document.body);
    assert.equal(count(), before + 1);
    const rows =
      find(table, 'bgf-data-grid').shadowRoot?.querySelectorAll('.row') ?? [];
    assert.isBelow(rows.length, 60);
  });

  it('selects the entry of a row', async () => {
    const {table} = await mountTable(STARTED, 'type:progressed');
    const events = record(table, 'bgf-select');
    find(find(table, 'bgf-data-grid'), '#row-0').click();
    assert.equal(events[0]?.selection?.kind, 'entry');
  });

  it('looks at old entries again when their fetch has come to an end', async () => {
    const {inspector, table, count} = await mountTable(STARTED, 'is:failed');
    assert.equal(count(), 0);
    const source = inspector.log.at(1)?.source;
    const progressed = inspector.log.at(inspector.log.next - 1);
    if (
      source === undefined ||
      progressed?.fact.type !== 'registration-progressed'
    ) {
      throw new Error('The log is not as expected.');
    }
    const {snapshot} = progressed.fact;
    const fact = {
      ...progressed.fact,
      snapshot: {
        ...snapshot,
        result: 'failure' as const,
        failureReason: 'bad-status' as const,
      },
    };
    inspector.log.append(source, [{seq: 99, at: progressed.at + 1, fact}]);
    table.fetches = inspector.store.state.fetches;
    await settle(document.body);
    assert.equal(count(), inspector.log.next - 1);
  });

  it('says that nothing matches', async () => {
    const {table} = await mountTable(STARTED, 'nothing-like-this');
    assert.include(find(table, '.none').textContent, 'No entry matches');
  });
});
