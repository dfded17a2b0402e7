import {assert} from '@esm-bundle/chai';
import {EntryIndex, parseFilter} from '../../../panel/filter/filter.js';
import {scenario} from '../../../stories/support/scenario/scenario.js';
import {manyEntries, scenarios} from '../../../stories/support/scenarios.js';
import {createStoryInspector} from '../../../stories/support/story-inspector.js';

function indexOver(log: string, capacity = 200_000) {
  const inspector = createStoryInspector(scenario(log), {capacity});
  const index = new EntryIndex(
    inspector.log,
    () => inspector.store.state.fetches,
  );
  return {inspector, index};
}

const types = ({inspector, index}: ReturnType<typeof indexOver>) =>
  Array.from(
    {length: index.count},
    (_, row) => inspector.log.at(index.indexAt(row) ?? -1)?.fact.type,
  );

describe('entry index', () => {
  it('has every entry when there is no filter', () => {
    const {inspector, index} = indexOver(scenarios.happy);
    index.advance(Infinity);
    assert.equal(index.count, inspector.log.next - 1);
    assert.equal(index.indexAt(0), 1);
    assert.isUndefined(index.indexAt(index.count));
  });

  it('has what matches, and takes up what comes', () => {
    const {inspector, index} = indexOver(scenarios.happy);
    index.filter = parseFilter('type:event-dispatched');
    index.advance(Infinity);
    assert.equal(index.count, 1);
    inspector.append(scenario(scenarios.aborted));
    index.advance(Infinity);
    assert.equal(index.count, 2);
  });

  it('finds entries by the fetch that they are about', () => {
    const all = indexOver(scenarios.busy);
    all.index.filter = parseFilter('is:failed');
    all.index.advance(Infinity);
    const found = types(all);
    assert.include(found, 'call-started');
    assert.include(found, 'call-settled');
    assert.include(found, 'wait-until-settled');
    assert.include(found, 'event-finished');
    assert.notInclude(found, 'realm-opened');
  });

  it('looks for no longer than its budget, and goes on where it was', () => {
    const {inspector, index} = indexOver(manyEntries(5_000));
    let now = 0;
    const slow = new EntryIndex(
      inspector.log,
      () => inspector.store.state.fetches,
      () => (now += 1),
    );
    slow.filter = parseFilter('type:progressed');
    let slices = 1;
    while (slow.advance(2)) slices += 1;
    index.filter = parseFilter('type:progressed');
    index.advance(Infinity);
    assert.isAbove(slices, 5);
    assert.equal(slow.count, index.count);
  });

  it('starts again at the entry that cleared the log', () => {
    const {inspector, index} = indexOver(scenarios.happy);
    index.advance(Infinity);
    inspector.append(scenario('20s panel cleared\n21s page opened'));
    index.advance(Infinity);
    assert.deepEqual(types({inspector, index}), [
      'log-cleared',
      'realm-opened',
    ]);
  });

  it('forgets what leaves the log, and counts it', () => {
    const {inspector, index} = indexOver(manyEntries(3_000), 1_000);
    for (const filter of ['', 'type:progressed']) {
      index.filter = parseFilter(filter);
      index.advance(Infinity);
      const before = index.removed;
      inspector.append(scenario(manyEntries(500)));
      index.advance(Infinity);
      assert.isAtLeast(index.indexAt(0) ?? 0, inspector.log.first);
      assert.isAbove(index.removed, before);
      assert.isAtMost(index.count, 1_000);
    }
  });

  it('finds the row of an entry', () => {
    const {index} = indexOver(scenarios.busy);
    index.filter = parseFilter('source:service-worker');
    index.advance(Infinity);
    const row = Math.floor(index.count / 2);
    assert.equal(index.rowOf(index.indexAt(row) ?? -1), row);
  });
});
