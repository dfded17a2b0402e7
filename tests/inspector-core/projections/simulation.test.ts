import {expect} from '@esm-bundle/chai';
import type {
  ConditionsFile,
  Fact,
} from '../../../inspector-core/protocol/protocol.js';
import {Recorder, request, SCOPE, source} from '../../support/entries.js';

const panel = source('panel');
const page = source('page');
const worker = source('service-worker', 'worker-1');
const other = source('service-worker', 'worker-2');

const set = (conditions: Omit<ConditionsFile, 'version'> = {}): Fact => ({
  type: 'conditions-set',
  conditions: {version: 1, ...conditions},
});

const changed = (profile: string, isOnline = true): Fact => ({
  type: 'conditions-changed',
  isActive: true,
  isOnline,
  profile,
  rules: 0,
});

const DROP = {effect: {type: 'drop'}} as const;

const fired = (id: string, rule = 0, scope = SCOPE): Fact => ({
  type: 'rule-fired',
  rule,
  effect: 'status',
  trigger: 'request',
  id,
  scope,
  record: 0,
  attempt: 1,
});

describe('the simulation projection', () => {
  it('knows since when anything is simulated, until nothing is', () => {
    const log = new Recorder().add(panel, set());
    expect(log.state.simulation.since).to.equal(undefined);
    log.add(panel, set({profile: '3G'}));
    const since = log.state.simulation.since;
    expect(since).to.equal(1_020);
    log.add(panel, set({profile: '3G', offline: true}));
    expect(log.state.simulation.since).to.equal(since);
    log.add(panel, set({profile: 'No throttling'}));
    expect(log.state.simulation.since).to.equal(undefined);
  });

  it('hears from a worker what its page set by itself', () => {
    const log = new Recorder().add(worker, changed('3G'));
    expect(log.state.simulation.since).to.equal(1_010);
    expect(log.state.simulation.isSet).to.equal(false);
    log.add(worker, {
      type: 'realm-closed',
      realm: 'worker-1',
      reason: 'stopped',
    });
    expect(log.state.simulation.since).to.equal(undefined);
  });

  it('takes one change that several workers tell for one', () => {
    const {changes} = new Recorder()
      .add(panel, set({profile: '3G'}))
      .add(worker, changed('3G'))
      .add(other, changed('3G'))
      .add(worker, changed('Wi-Fi'))
      .add(panel, set()).state.simulation;
    expect(changes.map(({profile, isActive}) => [profile, isActive])).to.eql([
      ['3G', true],
      ['Wi-Fi', true],
      ['', false],
    ]);
  });

  it('joins the times in which any worker is offline', () => {
    const online = (isOnline: boolean): Fact => ({
      type: 'online-changed',
      isOnline,
    });
    const {outages} = new Recorder()
      .add(worker, online(false))
      .add(other, online(false))
      .add(worker, online(true))
      .add(other, online(true))
      .add(other, changed('3G', false)).state.simulation;
    expect(outages).to.eql([{from: 1_010, to: 1_040}, {from: 1_050}]);
  });

  it('counts how often each rule fired since rules were set', () => {
    const log = new Recorder()
      .add(panel, set({rules: [DROP, DROP]}))
      .add(worker, fired('a', 1))
      .add(other, fired('b', 1))
      .add(worker, fired('a', 1_000_000));
    expect([...log.state.simulation.fired]).to.eql([[1, 2]]);
    // The same rules go on counting, whatever else is set.
    log.add(panel, set({rules: [{...DROP}, DROP], offline: true}));
    expect([...log.state.simulation.fired]).to.eql([[1, 2]]);
    log.add(panel, set({rules: [DROP]}));
    expect(log.state.simulation.fired.size).to.equal(0);
    log.add(worker, fired('a')).add(panel, set());
    expect(log.state.simulation.fired.size).to.equal(0);
  });
});

describe('what the inspector did to a fetch', () => {
  const start = (id: string, scope = SCOPE, call = 1): Fact => ({
    type: 'call-started',
    call,
    invocation: {method: 'fetch', scope, id, requests: [request('/a')]},
  });

  it('is noted at the one that goes on', () => {
    const [fetch] = new Recorder()
      .add(page, start('ep-1'))
      .add(worker, fired('ep-1'))
      .add(worker, fired('nobody'))
      .add(panel, {
        type: 'fetch-controlled',
        scope: SCOPE,
        id: 'ep-1',
        action: 'pause',
      })
      .add(panel, {
        type: 'fetch-controlled',
        scope: 'https://elsewhere.example/',
        id: 'ep-1',
        action: 'abort',
      })
      .state.fetches.all.values();
    expect(fetch?.faults).to.eql([
      {
        at: 1_020,
        rule: 0,
        effect: 'status',
        trigger: 'request',
        record: 0,
        attempt: 1,
      },
    ]);
    expect(fetch?.controls).to.eql([{at: 1_040, action: 'pause'}]);
  });

  it('is noted at the one of its scope, where another worker has one of its id', () => {
    const elsewhere = 'https://elsewhere.example/';
    const fetches = new Recorder()
      .add(page, start('same'), start('same', elsewhere, 2))
      .add(worker, fired('same', 1))
      .add(other, fired('same', 2, elsewhere)).fetches;
    const rules = fetches.map(({scope, faults}) => [
      scope,
      ...faults.map(({rule}) => rule),
    ]);
    expect(rules).to.eql([
      [SCOPE, 1],
      [elsewhere, 2],
    ]);
  });
});
