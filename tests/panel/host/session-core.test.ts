import {assert} from '@esm-bundle/chai';
import {expose} from 'comlink';
import type {Rule} from '../../../inspector-core/protocol/protocol.js';
import {SessionCore} from '../../../panel/host/session-core.js';
import {readSettings} from '../../../panel/host/settings.js';

const KEYS = ['bgf-settings', 'bgf-conditions'];

const forget = (): void => {
  for (const key of KEYS) localStorage.removeItem(key);
};

const RULE: Rule = {
  match: {attempt: {first: 1}},
  effect: {type: 'status', status: 503},
};

const factsOf = ({log}: SessionCore) =>
  log.slice(log.first).map(({fact}) => fact);

describe('what sessions have in common', () => {
  beforeEach(forget);
  after(forget);

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

  it('keeps conditions, whole, until they are back to normal', async () => {
    const before = new SessionCore();
    await before.execute({
      type: 'set-conditions',
      conditions: {version: 1, profile: '3G', rules: [RULE]},
    });
    const {conditions} = before.store.state.session;
    assert.deepInclude(conditions.profile, {name: '3G', download: 50_000});
    const after = new SessionCore();
    after.restore();
    assert.deepEqual(after.store.state.session.conditions, conditions);
    await after.execute({type: 'set-conditions', conditions: {version: 1}});
    const later = new SessionCore();
    later.restore();
    assert.deepEqual(factsOf(later), []);
  });

  it('takes nothing of conditions that are wrong, and names the place', async () => {
    const core = new SessionCore();
    const set = (rules: unknown): ReturnType<SessionCore['execute']> =>
      core.execute({
        type: 'set-conditions',
        conditions: {version: 1, offline: true, rules: rules as Rule[]},
      });
    const wrong = await set([RULE, {effect: {type: 'status', status: 99}}]);
    assert.isFalse(wrong.ok);
    assert.match(
      wrong.ok ? '' : wrong.message,
      /^conditions\.rules\[1\]\.effect\.status: expected a whole number/,
    );
    const many = await set(Array.from({length: 10_000}, () => RULE));
    assert.match(
      many.ok ? '' : many.message,
      /10000 entries, and 1000 are the most/,
    );
    assert.deepEqual(factsOf(core), []);
    assert.isNull(localStorage.getItem('bgf-conditions'));
  });

  it('says that there is no room to keep them, and those of before are gone', async () => {
    const core = new SessionCore();
    const set = (rules: readonly Rule[]): ReturnType<SessionCore['execute']> =>
      core.execute({type: 'set-conditions', conditions: {version: 1, rules}});
    await set([RULE]);
    const original = Object.getOwnPropertyDescriptor(
      Storage.prototype,
      'setItem',
    );
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.');
    };
    try {
      assert.deepEqual(await set([RULE, RULE]), {ok: true});
    } finally {
      Object.defineProperty(Storage.prototype, 'setItem', {...original});
    }
    assert.lengthOf(core.store.state.session.conditions.rules ?? [], 2);
    assert.include(core.store.state.health.message, 'no room to keep them');
    assert.isNull(localStorage.getItem('bgf-conditions'));
  });

  it('believes no realm that answers with nonsense, and waits for none', async () => {
    const answers: readonly unknown[] = [
      undefined,
      'ok',
      {ok: 'yes', message: 7},
      {ok: false, message: `\u202E${'x'.repeat(1_000_000)}`},
      new Promise(() => {}),
    ];
    for (const answer of answers) {
      const core = new SessionCore();
      const {port1, port2} = new MessageChannel();
      const ended = new AbortController();
      expose({read: () => new Promise(() => {}), execute: () => answer}, port2);
      port1.start();
      core.collector.connect({
        endpoint: port1,
        signal: ended.signal,
        place: 'tab',
        kinds: ['page'],
      });
      const result = await core.execute({
        type: 'set-conditions',
        conditions: {version: 1, offline: true},
      });
      if (!result.ok) assert.isAtMost(result.message.length, 10_000);
      // What holds is what was set here, whatever a page says to it.
      assert.isTrue(core.store.state.session.conditions.offline);
      ended.abort();
      port1.close();
    }
  });

  it('tells of kept conditions that it cannot read, and drops them', () => {
    for (const stored of ['{', '{"version": 2}', '{"version":1,"quota":-4}']) {
      localStorage.setItem('bgf-conditions', stored);
      const core = new SessionCore();
      core.restore();
      const [fact, ...more] = factsOf(core);
      assert.equal(fact?.type, 'hook-faulted', stored);
      assert.include(core.store.state.health.message, 'are dropped');
      assert.deepEqual(more, []);
      assert.isNull(localStorage.getItem('bgf-conditions'));
    }
  });
});
