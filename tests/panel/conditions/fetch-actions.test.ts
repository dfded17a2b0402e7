import {assert} from '@esm-bundle/chai';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import {
  dispatchActions,
  userActions,
  workerActions,
} from '../../../panel/conditions/fetch-actions.js';
import {playScenario} from '../../../stories/support/story-state.js';

const [native] = playScenario('twoAtOnce').fetches.slice(-1);
const [emulated] = playScenario('tunnel').fetches;
if (native === undefined || emulated === undefined) throw new Error('no fetch');

/** What cannot be done, with the reason. */
const refusals = (fetch: FetchState) =>
  Object.fromEntries(
    userActions(fetch).map(({name, whyNot}) => [name, whyNot]),
  );

describe('what can be done to a fetch', () => {
  it('is all that a user can, while the engine has it', () => {
    const [pause, abort, click] = userActions(emulated);
    for (const action of [pause, abort, click]) {
      assert.isUndefined(action?.whyNot);
    }
    assert.deepEqual(pause?.command, {
      type: 'control-fetch',
      scope: 'https://podcast.example/',
      id: 'ep-4',
      action: 'pause',
    });
  });

  it('is to resume, once it was paused', () => {
    const controls = [{at: 1, action: 'pause'}] as const;
    assert.equal(userActions({...emulated, controls})[0]?.name, 'resume');
    const on = [...controls, {at: 2, action: 'resume'}] as const;
    assert.equal(userActions({...emulated, controls: on})[0]?.name, 'pause');
  });

  it('is to abort alone, while the browser has it', () => {
    const {pause, abort, click} = refusals(native);
    assert.match(pause ?? '', /^The browser carries this fetch out/);
    assert.isUndefined(abort);
    assert.match(click ?? '', /Route new fetches to the engine/);
  });

  it('is nothing once it is over, or before it has begun', () => {
    const over = refusals({...emulated, phase: 'succeeded'});
    assert.deepEqual(Object.values(over), Array(3).fill('It is over.'));
    const asked = refusals({...emulated, phase: 'requested'});
    assert.deepEqual(
      Object.values(asked),
      Array(3).fill('fetch() has not settled yet.'),
    );
  });

  it('is no pause for an upload', () => {
    const records = emulated.records.map((record) => ({
      ...record,
      request: {...record.request, method: 'POST'},
    }));
    const {pause, abort} = refusals({...emulated, records});
    assert.match(pause ?? '', /all GET/);
    assert.isUndefined(abort);
  });

  it('is its events again, also when it is over', () => {
    const over: FetchState = {...emulated, phase: 'succeeded'};
    for (const {whyNot} of dispatchActions(over)) assert.isUndefined(whyNot);
    for (const {whyNot} of dispatchActions({...over, phase: 'rejected'})) {
      assert.match(whyNot ?? '', /rejected/);
    }
  });

  it('needs a service worker that is known', () => {
    for (const {whyNot} of workerActions('https://podcast.example/')) {
      assert.isUndefined(whyNot);
    }
    const {scope: _, ...unknown} = emulated;
    for (const action of [
      ...workerActions(undefined),
      ...userActions(unknown),
    ]) {
      assert.match(action.whyNot ?? '', /service worker is not known/);
    }
  });
});
