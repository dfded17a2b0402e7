import {assert} from '@esm-bundle/chai';
import {
  formatCause,
  formatFetchSentence,
} from '../../../panel/format/format.js';
import {scenario} from '../../../stories/support/scenario/scenario.js';
import {scenarios} from '../../../stories/support/scenarios.js';
import {createStoryInspector} from '../../../stories/support/story-inspector.js';

describe('the sentences about a fetch', () => {
  it('say that it ended because the inspector cleared what it had stored', () => {
    const {store} = createStoryInspector(scenario(scenarios.cleared));
    const [fetch] = store.state.fetches.all.values();
    assert.exists(fetch);
    if (fetch === undefined) return;
    assert.equal(
      formatFetchSentence(fetch, 0),
      'ep-4 was aborted after 12.5 s, at 24.0 / 42.1 MB',
    );
    assert.match(formatCause(fetch, []) ?? '', /^the inspector cleared/);
  });
});
