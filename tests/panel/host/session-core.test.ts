import {assert} from '@esm-bundle/chai';
import {SessionCore} from '../../../panel/host/session-core.js';
import {readSettings} from '../../../panel/host/settings.js';

const KEY = 'bgf-settings';

const factsOf = ({log}: SessionCore) =>
  log.slice(log.first).map(({fact}) => fact);

describe('what sessions have in common', () => {
  beforeEach(() => localStorage.removeItem(KEY));
  after(() => localStorage.removeItem(KEY));

  it('keeps what is set, and asks for it again the next time', async () => {
    const before = new SessionCore();
    before.restore();
    assert.deepEqual(factsOf(before), []);
    const result = await before.execute({type: 'set-route', route: 'emulated'});
    assert.deepEqual(result, {ok: true});
    assert.equal(readSettings().route, 'emulated');
    const asked: string[] = [];
    const after = new SessionCore({
      onStanding: ({type}) => asked.push(type),
    });
    after.restore();
    assert.deepEqual(asked, ['set-route']);
    assert.equal(after.store.state.session.route, 'emulated');
  });

  it('says that nobody is there to do what is asked of one realm', async () => {
    const core = new SessionCore();
    const result = await core.execute({
      type: 'control-fetch',
      scope: 'https://podcast.example/',
      id: 'ep-1',
      action: 'abort',
    });
    assert.deepEqual(result, {ok: false, message: 'No page answered.'});
  });
});
