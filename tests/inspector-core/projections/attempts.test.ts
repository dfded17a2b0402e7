import {expect} from '@esm-bundle/chai';
import type {Fact} from '../../../inspector-core/protocol/protocol.js';
import {Recorder, SCOPE, source} from '../../support/entries.js';
import {
  SUCCESS,
  called,
  emulated,
  listed,
  progressed,
  resolved,
  seen,
} from '../../support/facts.js';

const page = source('page');
const worker = source('service-worker');
const wire = source('wire');

/** The network observer's: it knows no more than the URL. */
const sighted = (attempt: string, path: string): Fact => ({
  type: 'attempt-started',
  attempt,
  url: new URL(path, SCOPE).href,
  method: 'GET',
  initiator: 'https://podcast.example',
});

/** The engine's. */
const attempted = (
  attempt: string,
  id: string,
  fetch: number,
  index: number,
): Fact => ({
  type: 'attempt-started',
  attempt,
  url: `${SCOPE}a`,
  method: 'GET',
  of: {id, scope: SCOPE, fetch, index},
});

const answered = (attempt: string, status: number): Fact => ({
  type: 'attempt-responded',
  attempt,
  status,
  statusLine: String(status),
  headers: [],
});

describe('the fetches projection, of attempts', () => {
  it('gives the wire’s attempts to the record that asked for them', () => {
    const {fetches, state} = new Recorder()
      .add(wire, sighted('0', 'a'))
      .add(page, called(1, 'x', 'a', 'b', 'b'), resolved(1, 'x', 1))
      .add(wire, sighted('1', 'b'), sighted('2', 'b'), sighted('3', 'b'))
      .add(wire, {
        type: 'attempt-responded',
        attempt: '2',
        status: 206,
        statusLine: 'HTTP/1.1 206 Partial Content',
        headers: [],
        fromCache: false,
      })
      .add(wire, {type: 'attempt-finished', attempt: '3', error: 'net::ERR'})
      .add(wire, sighted('4', 'unknown'));
    expect(
      fetches[0]?.records.map(({attempts}) => attempts.map(({key}) => key)),
    ).to.deep.equal([[], ['wire:1', 'wire:3'], ['wire:2']]);
    expect(fetches[0]?.records[2]?.attempts[0]?.status).to.equal(206);
    expect(fetches[0]?.records[1]?.attempts[1]?.error).to.equal('net::ERR');
    expect(state.fetches.strays.map(({key}) => key)).to.deep.equal([
      'wire:0',
      'wire:4',
    ]);
  });

  it('adopts attempts that were seen before their call was read', () => {
    const recorder = new Recorder();
    recorder.now = 2_000;
    recorder.add(wire, sighted('1', 'a'));
    recorder.now = 1_500;
    recorder.add(page, called(1, 'x', 'a'));
    expect(recorder.fetches[0]?.records[0]?.attempts).to.have.length(1);
    expect(recorder.state.fetches.strays).to.deep.equal([]);
  });

  it('gives the engine’s attempts to just the record that they are of', () => {
    const {fetches} = new Recorder()
      .add(page, emulated(1, 'x', 'a', 'a'), resolved(1, 'x'))
      .add(
        worker,
        attempted('7.1.1', 'x', 7, 1),
        answered('7.1.1', 206),
        {type: 'attempt-progressed', attempt: '7.1.1', received: 10},
        {
          type: 'attempt-finished',
          attempt: '7.1.1',
          received: 25,
          error: 'dropped',
        },
        attempted('7.1.2', 'x', 7, 1),
      )
      .add(source('service-worker', 'worker2'), attempted('7.1.1', 'x', 7, 1))
      .add(wire, sighted('7.1.1', 'a'));
    const [first, second] = fetches[0]?.records ?? [];
    expect(first?.attempts).to.deep.equal([]);
    expect(second?.attempts.map(({key}) => key)).to.deep.equal([
      'service-worker:7.1.1',
      'service-worker:7.1.2',
      'worker2:7.1.1',
    ]);
    expect(second?.attempts[0]).to.include({
      status: 206,
      received: 25,
      error: 'dropped',
    });
    expect(second?.attempts[2]?.status).to.equal(undefined);
  });

  it('tells the engine’s fetches of one id apart', () => {
    const {fetches} = new Recorder()
      .add(page, emulated(1, 'x', 'a'), resolved(1, 'x'))
      .add(worker, attempted('1.0.1', 'x', 1, 0))
      .add(page, progressed('x', 1, SUCCESS))
      .add(page, emulated(2, 'x', 'a'), resolved(2, 'x'))
      .add(worker, attempted('2.0.1', 'x', 2, 0))
      .add(worker, attempted('1.0.2', 'x', 1, 0));
    expect(
      fetches.map(({records}) => records[0]?.attempts.map(({key}) => key)),
    ).to.deep.equal([
      ['service-worker:1.0.1', 'service-worker:1.0.2'],
      ['service-worker:2.0.1'],
    ]);
  });

  it('gives a fetch the attempts that were read before its call, or after its end', () => {
    const recorder = new Recorder();
    recorder.now = 2_000;
    recorder.add(worker, attempted('1.0.1', 'x', 1, 0), answered('1.0.1', 200));
    recorder.now = 1_500;
    recorder.add(page, emulated(1, 'x', 'a', 'b'), resolved(1, 'x'));
    recorder.now = 2_500;
    recorder.add(page, progressed('x', 1, SUCCESS));
    recorder.now = 2_100;
    recorder.add(worker, attempted('1.1.1', 'x', 1, 1));
    const [first, second] = recorder.fetches[0]?.records ?? [];
    expect(first?.attempts[0]?.status).to.equal(200);
    expect(second?.attempts).to.have.length(1);
    expect(recorder.state.fetches.strays).to.deep.equal([]);
  });

  it('keeps the engine’s attempts of a fetch whose call is read last', () => {
    const recorder = new Recorder();
    recorder.now = 2_000;
    recorder
      .add(worker, attempted('1.0.1', 'x', 1, 0))
      .add(worker, {...seen('x', 'attach'), route: 'emulated'})
      .add(worker, listed('x', 'a'));
    expect(recorder.fetches[0]?.records[0]?.attempts).to.have.length(1);
    recorder.now = 1_500;
    recorder.add(page, emulated(1, 'x', 'a'));
    expect(recorder.fetches).to.have.length(1);
    expect(recorder.fetches[0]?.records[0]?.attempts).to.have.length(1);
  });
});
