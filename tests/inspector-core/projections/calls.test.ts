import {expect} from '@esm-bundle/chai';
import {BOUNDS} from '../../../inspector-core/projections/bounds.js';
import type {Fact} from '../../../inspector-core/protocol/protocol.js';
import {Recorder, SCOPE, source} from '../../support/entries.js';

const page = source('page');
const frame = source('frame');

const started = (call: number): Fact => ({
  type: 'call-started',
  call,
  invocation: {method: 'getIds', scope: SCOPE},
  stack: `at line ${call}`,
});

const settled = (call: number): Fact => ({
  type: 'call-settled',
  call,
  duration: 2.5,
  outcome: {status: 'fulfilled', value: {kind: 'ids', ids: ['a']}},
});

describe('the calls projection', () => {
  it('joins a call with its outcome', () => {
    const {calls} = new Recorder().add(page, started(1), settled(1)).state;
    expect([...calls.values()]).to.deep.equal([
      {
        key: 'page:1',
        realm: 'page',
        at: 1_010,
        invocation: {method: 'getIds', scope: SCOPE},
        stack: 'at line 1',
        settledAt: 1_020,
        duration: 2.5,
        outcome: {status: 'fulfilled', value: {kind: 'ids', ids: ['a']}},
      },
    ]);
  });

  it('keeps calls of the same number in two realms apart', () => {
    const {calls} = new Recorder()
      .add(page, started(1))
      .add(frame, started(1), settled(1)).state;
    expect(calls.get('page:1')?.outcome).to.equal(undefined);
    expect(calls.get('frame:1')?.outcome?.status).to.equal('fulfilled');
  });

  it('ignores the outcome of a call that it never saw', () => {
    expect(new Recorder().add(page, settled(7)).state.calls.size).to.equal(0);
  });

  it('keeps what is under way when the log is cleared', () => {
    const {calls} = new Recorder()
      .add(page, started(1), settled(1), started(2))
      .add(source('panel'), {type: 'log-cleared'}).state;
    expect([...calls.keys()]).to.deep.equal(['page:2']);
  });

  it('stays bounded, newest kept', () => {
    const recorder = new Recorder();
    const count = BOUNDS.calls + 10;
    recorder.add(
      page,
      ...Array.from({length: count}, (_, index) => started(index + 1)),
    );
    const {calls} = recorder.state;
    expect(calls.size).to.equal(BOUNDS.calls);
    expect([...calls.keys()].at(-1)).to.equal(`page:${count}`);
  });
});
