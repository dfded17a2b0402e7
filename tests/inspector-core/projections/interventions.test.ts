import {expect} from '@esm-bundle/chai';
import type {
  Fact,
  FetchRoute,
  WorkerAction,
} from '../../../inspector-core/protocol/protocol.js';
import {Recorder, request, SCOPE, source} from '../../support/entries.js';

const page = source('page');
const panel = source('panel');

const start = (call: number, id: string, route: FetchRoute): Fact => ({
  type: 'call-started',
  call,
  invocation: {
    method: 'fetch',
    scope: SCOPE,
    id,
    requests: [request('/a')],
    routed: {route, why: 'setting'},
  },
});

const done = (action: WorkerAction, scope = SCOPE): Fact => ({
  type: 'worker-controlled',
  scope,
  action,
});

describe('what the inspector did to a worker', () => {
  it('is noted at the fetches that the engine has in it', () => {
    const fetches = new Recorder()
      .add(page, start(1, 'ours', 'emulated'), start(2, 'theirs', 'native'))
      .add(panel, done('kill-worker'))
      .add(
        panel,
        done('restart-browser', 'https://elsewhere.example/'),
      ).fetches;
    expect(fetches.map(({id, controls}) => [id, ...controls])).to.eql([
      ['ours', {at: 1_030, action: 'kill-worker'}],
      ['theirs'],
    ]);
  });

  it('ends those that go on, where it cleared what they had stored', () => {
    const log = new Recorder()
      .add(page, start(1, 'ours', 'emulated'), start(2, 'theirs', 'native'))
      .add(panel, done('clear-storage'), done('kill-worker'));
    expect(
      log.fetches.map(({id, phase, settledAt, failureReason}) => ({
        id,
        phase,
        settledAt,
        failureReason,
      })),
    ).to.eql([
      {
        id: 'ours',
        phase: 'aborted',
        settledAt: 1_030,
        failureReason: undefined,
      },
      {
        id: 'theirs',
        phase: 'requested',
        settledAt: undefined,
        failureReason: undefined,
      },
    ]);
    // The id is free again.
    log.add(page, start(3, 'ours', 'emulated'));
    expect(log.fetches.map(({id, phase}) => [id, phase])).to.eql([
      ['ours', 'aborted'],
      ['theirs', 'requested'],
      ['ours', 'requested'],
    ]);
  });
});
