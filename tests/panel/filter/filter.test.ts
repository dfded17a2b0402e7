import {assert} from '@esm-bundle/chai';
import {
  fetchSubject,
  matchesFilter,
  parseFilter,
} from '../../../panel/filter/filter.js';
import {scenario} from '../../../stories/support/scenario/scenario.js';
import {scenarios} from '../../../stories/support/scenarios.js';
import {createStoryInspector} from '../../../stories/support/story-inspector.js';

const {all} = createStoryInspector(scenario(scenarios.busy)).store.state
  .fetches;

/** Ids of the fetches that a filter leaves, in order. */
const shown = (text: string): string =>
  [...all.values()]
    .filter((fetch) => matchesFilter(parseFilter(text), fetchSubject(fetch)))
    .map((fetch) => fetch.id)
    .join(' ');

describe('filter', () => {
  it('shows everything when it is empty', () => {
    assert.equal(shown(''), 'ep-8 ep-4 ep-9 ep-5 model clip-9');
    assert.equal(shown('   '), shown(''));
  });

  it('finds text in id, title and URL, in any case', () => {
    assert.equal(shown('MODEL-2'), 'model');
    assert.equal(shown('interesting'), 'ep-5');
  });

  it('wants all of its words', () => {
    assert.equal(shown('ep-4 ep-5'), '');
    assert.equal(shown('ep- is:failed'), 'ep-5');
  });

  it('negates with a minus', () => {
    assert.equal(shown('-ep -clip'), 'model');
    assert.equal(shown('-is:failed -is:active'), 'ep-8 ep-4 ep-9');
  });

  it('knows the states', () => {
    assert.equal(shown('is:active'), 'model clip-9');
    assert.equal(shown('is:succeeded'), 'ep-4');
    assert.equal(shown('is:aborted'), 'ep-9');
    assert.equal(shown('is:rejected'), 'ep-8');
    assert.equal(shown('is:uploading'), 'clip-9');
  });

  it('knows statuses with placeholders', () => {
    assert.equal(shown('status:404'), 'ep-5');
    assert.equal(shown('status:4xx'), 'ep-5');
    assert.equal(shown('status:2*'), 'ep-4 ep-5');
    assert.equal(shown('status:40'), '');
  });

  it('knows the routes', () => {
    const {fetches} = createStoryInspector(scenario(scenarios.bothRoutes)).store
      .state;
    const ids = (text: string): string =>
      [...fetches.all.values()]
        .filter((each) => matchesFilter(parseFilter(text), fetchSubject(each)))
        .map(({id}) => id)
        .join(' ');
    assert.equal(ids('route:native'), 'ep-1');
    assert.equal(ids('route:emulated'), 'ep-2 gone ep-3');
    assert.equal(ids('-route:emulated'), 'ep-1');
    assert.match(
      parseFilter('route:both').problem ?? '',
      /^route:both is unknown/,
    );
  });

  it('knows method, reason, scope and size', () => {
    assert.equal(shown('method:post'), 'clip-9');
    assert.equal(shown('reason:bad'), 'ep-5');
    assert.equal(shown('scope:podcast.example is:active'), 'model clip-9');
    assert.equal(shown('larger-than:50M'), 'ep-5 model');
    assert.equal(shown('larger-than:100m'), 'model');
  });

  it('takes patterns', () => {
    assert.equal(shown('/ep-[45]\\.mp3$/'), 'ep-4 ep-5');
    assert.equal(shown('-/^(ep|clip)-/'), 'model');
  });

  it('keeps quoted words together', () => {
    assert.equal(shown('"language model"'), 'model');
    assert.equal(shown('"language nothing"'), '');
  });

  it('takes a URL for text, though it has a colon', () => {
    assert.equal(shown('https://podcast.example/ep-4.mp3'), 'ep-4');
  });

  it('says what is wrong, and still filters by the rest', () => {
    for (const text of ['/(/', 'is:fine', 'larger-than:big', 'status:ok']) {
      const filter = parseFilter(`ep-5 ${text}`);
      assert.isString(filter.problem, text);
      assert.equal(shown(`ep-5 ${text}`), 'ep-5', text);
    }
  });

  it('ignores a word that is only half typed', () => {
    assert.equal(shown('ep-5 is:'), 'ep-5');
    assert.isUndefined(parseFilter('is: -').problem);
  });

  it('leaves fetches alone where a key is about entries', () => {
    assert.equal(shown('type:call-started'), shown(''));
    assert.equal(shown('-source:page'), shown(''));
  });

  it('gives back every character for colouring', () => {
    for (const text of [
      '  is:failed  -id:"a b" /x y/ -z "unended',
      'larger-than:x ::: -/(/ /',
    ]) {
      const tokens = parseFilter(text).tokens.map((token) => token.text);
      assert.equal(tokens.join(''), text);
    }
  });
});
