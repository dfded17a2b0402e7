import {expect} from '@esm-bundle/chai';
import {inspectorProjection} from '../../../inspector-core/projections/projections.js';
import {BOUNDS} from '../../../inspector-core/projections/bounds.js';
import type {
  Fact,
  RegistrationSnapshot,
} from '../../../inspector-core/protocol/protocol.js';
import {
  Recorder,
  registration,
  request,
  SCOPE,
  snapshot,
  source,
} from '../../support/entries.js';

const page = source('page');
const other = source('frame');
const worker = source('service-worker');
const wire = source('wire');

const called = (call: number, id: string, ...paths: string[]): Fact => ({
  type: 'call-started',
  call,
  invocation: {
    method: 'fetch',
    scope: SCOPE,
    id,
    requests: paths.map((path) => request(path)),
  },
});

const resolved = (
  call: number,
  id: string,
  instance = call,
  changes: Partial<RegistrationSnapshot> = {},
): Fact => ({
  type: 'call-settled',
  call,
  duration: 5,
  outcome: {
    status: 'fulfilled',
    value: {
      kind: 'registration',
      registration: registration(id, instance),
      snapshot: snapshot(changes),
    },
  },
});

const progressed = (
  id: string,
  instance: number,
  changes: Partial<RegistrationSnapshot>,
): Fact => ({
  type: 'registration-progressed',
  registration: registration(id, instance),
  snapshot: snapshot(changes),
});

const dispatched = (
  event: number,
  id: string,
  instance: number,
  changes: Partial<RegistrationSnapshot>,
): Fact => ({
  type: 'event-dispatched',
  event,
  name:
    changes.failureReason === 'aborted'
      ? 'backgroundfetchabort'
      : changes.result === 'success'
        ? 'backgroundfetchsuccess'
        : 'backgroundfetchfail',
  registration: registration(id, instance),
  snapshot: snapshot(changes),
  handlers: 1,
});

const emulated = (call: number, id: string, ...paths: string[]): Fact => ({
  type: 'call-started',
  call,
  invocation: {
    method: 'fetch',
    scope: SCOPE,
    id,
    requests: paths.map((path) => request(path)),
    routed: {route: 'emulated', why: 'setting'},
  },
});

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

const SUCCESS = {result: 'success', downloaded: 100} as const;
const ABORTED = {result: 'failure', failureReason: 'aborted'} as const;

describe('the fetches projection', () => {
  it('follows a fetch from its call to its worker event', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'ep-1', 'ep-1.mp3'), resolved(1, 'ep-1'))
      .add(page, progressed('ep-1', 1, {downloaded: 40}))
      .add(page, progressed('ep-1', 1, SUCCESS))
      .add(worker, dispatched(1, 'ep-1', 1, SUCCESS))
      .add(worker, {type: 'wait-until-called', event: 1, wait: 1})
      .add(worker, {
        type: 'wait-until-settled',
        event: 1,
        wait: 1,
        duration: 10,
        outcome: {status: 'fulfilled'},
      })
      .add(worker, {
        type: 'event-finished',
        event: 1,
        duration: 20,
        waits: 1,
        outcome: {status: 'fulfilled'},
      });
    expect(fetches).to.have.length(1);
    const [fetch] = fetches;
    expect(fetch).to.include({
      id: 'ep-1',
      scope: SCOPE,
      phase: 'succeeded',
      startedBy: 'page:1',
      openedAt: 1_010,
      acceptedAt: 1_020,
      firstByteAt: 1_030,
      settledAt: 1_040,
      downloaded: 100,
    });
    expect(fetch?.curve.map(({downloaded}) => downloaded)).to.deep.equal([
      0, 40, 100,
    ]);
    expect(fetch?.events).to.have.length(1);
    expect(fetch?.events[0]).to.deep.include({
      name: 'backgroundfetchsuccess',
      at: 1_050,
      finishedAt: 1_080,
      waits: [
        {
          wait: 1,
          at: 1_060,
          settledAt: 1_070,
          outcome: {status: 'fulfilled'},
        },
      ],
    });
  });

  it('keeps a rejected call, which never became a fetch', () => {
    const error = {name: 'TypeError', message: 'There already is …'};
    const {fetches} = new Recorder()
      .add(page, called(1, 'ep-1'), resolved(1, 'ep-1'), called(2, 'ep-1'))
      .add(page, {
        type: 'call-settled',
        call: 2,
        duration: 1,
        outcome: {status: 'rejected', error},
      })
      .add(page, progressed('ep-1', 1, {downloaded: 7}));
    expect(fetches.map(({phase}) => phase)).to.deep.equal([
      'active',
      'rejected',
    ]);
    expect(fetches[1]?.error).to.deep.equal(error);
    expect(fetches[0]?.downloaded).to.equal(7);
  });

  it('tells two fetches of one id apart', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'x'), resolved(1, 'x', 1))
      .add(page, progressed('x', 1, {...ABORTED, downloaded: 5}))
      .add(page, called(2, 'x'), resolved(2, 'x', 2))
      .add(worker, dispatched(1, 'x', 1, {...ABORTED, downloaded: 5}))
      .add(page, progressed('x', 2, SUCCESS))
      .add(worker, dispatched(2, 'x', 2, SUCCESS));
    expect(fetches.map(({phase}) => phase)).to.deep.equal([
      'aborted',
      'succeeded',
    ]);
    expect(
      fetches.map(({events}) => events.map(({name}) => name)),
    ).to.deep.equal([['backgroundfetchabort'], ['backgroundfetchsuccess']]);
  });

  it('joins what several realms see of one fetch', () => {
    const recorder = new Recorder()
      .add(page, called(1, 'x', 'a'), resolved(1, 'x', 1))
      .add(other, {
        type: 'registration-seen',
        registration: registration('x', 1),
        snapshot: snapshot({downloaded: 3}),
        via: 'get',
      })
      .add(other, progressed('x', 1, {downloaded: 9}));
    expect(recorder.fetches).to.have.length(1);
    expect(recorder.fetches[0]?.downloaded).to.equal(9);
  });

  it('is one fetch even if the worker was read before the page', () => {
    const recorder = new Recorder({start: 2_000});
    recorder.add(worker, dispatched(1, 'x', 1, SUCCESS));
    recorder.now = 1_000;
    recorder.add(page, called(1, 'x', 'a'), resolved(1, 'x', 7));
    expect(recorder.fetches).to.have.length(1);
    expect(recorder.fetches[0]).to.include({
      phase: 'succeeded',
      startedBy: 'page:1',
      openedAt: 1_010,
    });
    expect(recorder.fetches[0]?.events).to.have.length(1);
  });

  it('knows a fetch that was there before the recording', () => {
    const {fetches} = new Recorder().add(page, {
      type: 'registration-seen',
      registration: registration('old', 1),
      snapshot: snapshot({downloaded: 50, downloadTotal: 80}),
      via: 'attach',
    });
    expect(fetches[0]).to.include({
      phase: 'active',
      downloaded: 50,
      downloadTotal: 80,
    });
    expect(fetches[0]).to.not.have.any.keys('startedBy', 'acceptedAt');
  });

  it('keeps ids of other scopes apart', () => {
    const elsewhere = {...registration('x', 2), scope: 'https://b.example/'};
    const {fetches} = new Recorder()
      .add(page, called(1, 'x'), resolved(1, 'x', 1))
      .add(page, {
        type: 'registration-seen',
        registration: elsewhere,
        snapshot: snapshot(),
        via: 'get',
      });
    expect(fetches.map(({scope}) => scope)).to.deep.equal([
      SCOPE,
      'https://b.example/',
    ]);
  });

  it('lets an older sight, read later, not undo a newer one', () => {
    const recorder = new Recorder()
      .add(page, called(1, 'x'), resolved(1, 'x', 1))
      .add(page, progressed('x', 1, {downloaded: 90}));
    recorder.now = 1_000;
    recorder.add(other, {
      type: 'registration-seen',
      registration: registration('x', 1),
      snapshot: snapshot({downloaded: 10}),
      via: 'get',
    });
    expect(recorder.fetches[0]?.downloaded).to.equal(90);
  });

  it('shows bytes going down when a download starts over', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'x'), resolved(1, 'x', 1))
      .add(page, progressed('x', 1, {downloaded: 90}))
      .add(page, progressed('x', 1, {downloaded: 0}))
      .add(page, progressed('x', 1, {downloaded: 20}));
    expect(fetches[0]?.curve.map(({downloaded}) => downloaded)).to.deep.equal([
      0, 90, 0, 20,
    ]);
  });

  it('names records by their place in the call, duplicates too', () => {
    const twins = [1, 2].map((record) => ({record, request: request('same')}));
    const response = (status: number) => ({
      url: `${SCOPE}same`,
      status,
      statusText: '',
      responseType: 'default',
      redirected: false,
      headers: [],
    });
    const settled = (record: number, status: number): Fact => ({
      type: 'response-settled',
      registration: registration('x', 1),
      record,
      outcome: {status: 'fulfilled', response: response(status)},
    });
    const {fetches} = new Recorder()
      .add(page, called(1, 'x', 'same', 'same'), resolved(1, 'x', 1))
      .add(page, {
        type: 'records-listed',
        registration: registration('x', 1),
        records: twins,
      })
      .add(page, settled(2, 404), settled(1, 200));
    expect(
      fetches[0]?.records.map(({response}) => response?.status),
    ).to.deep.equal([200, 404]);
  });

  it('does not rely on the order in which matchAll() answers', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'x', 'good', 'missing'), resolved(1, 'x', 1))
      .add(page, {
        type: 'records-listed',
        registration: registration('x', 1),
        records: [
          {record: 1, request: request('missing')},
          {record: 2, request: request('good')},
        ],
      })
      .add(page, {
        type: 'response-settled',
        registration: registration('x', 1),
        record: 1,
        outcome: {
          status: 'fulfilled',
          response: {
            url: `${SCOPE}missing`,
            status: 404,
            statusText: '',
            responseType: 'default',
            redirected: false,
            headers: [],
          },
        },
      });
    expect(
      fetches[0]?.records.map(({request: {url}, response}) => [
        url,
        response?.status,
      ]),
    ).to.deep.equal([
      [`${SCOPE}good`, undefined],
      [`${SCOPE}missing`, 404],
    ]);
  });

  it('takes the places from the list where the call was not seen', () => {
    const {fetches} = new Recorder()
      .add(page, {
        type: 'registration-seen',
        registration: registration('old', 1),
        snapshot: snapshot(),
        via: 'attach',
      })
      .add(page, {
        type: 'records-listed',
        registration: registration('old', 1),
        records: [{record: 1, request: request('a')}],
      });
    expect(fetches[0]?.records.map(({request: {url}}) => url)).to.deep.equal([
      `${SCOPE}a`,
    ]);
  });

  it('gives records that the page matched their place too', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'x', 'a', 'b'), resolved(1, 'x', 1))
      .add(page, {
        type: 'call-started',
        call: 2,
        invocation: {
          method: 'match',
          registration: registration('x', 1),
          request: request('b'),
        },
      })
      .add(page, {
        type: 'call-settled',
        call: 2,
        duration: 1,
        outcome: {
          status: 'fulfilled',
          value: {
            kind: 'records',
            records: [{record: 9, request: request('b')}],
          },
        },
      })
      .add(page, {
        type: 'response-settled',
        registration: registration('x', 1),
        record: 9,
        outcome: {status: 'rejected', error: {name: 'AbortError', message: ''}},
      });
    expect(fetches[0]?.records.map(({error}) => error?.name)).to.deep.equal([
      undefined,
      'AbortError',
    ]);
    expect(fetches[0]?.calls).to.deep.equal(['page:1', 'page:2']);
  });

  it('gives the wire’s attempts to the record that asked for them', () => {
    const started = (attempt: string, path: string): Fact => ({
      type: 'attempt-started',
      attempt,
      url: new URL(path, SCOPE).href,
      method: 'GET',
      initiator: 'https://podcast.example',
    });
    const {fetches, state} = new Recorder()
      .add(wire, started('0', 'a'))
      .add(page, called(1, 'x', 'a', 'b', 'b'), resolved(1, 'x', 1))
      .add(wire, started('1', 'b'), started('2', 'b'), started('3', 'b'))
      .add(wire, {
        type: 'attempt-responded',
        attempt: '2',
        status: 206,
        statusLine: 'HTTP/1.1 206 Partial Content',
        headers: [],
        fromCache: false,
      })
      .add(wire, {type: 'attempt-finished', attempt: '3', error: 'net::ERR'})
      .add(wire, started('4', 'unknown'));
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
    recorder.add(wire, {
      type: 'attempt-started',
      attempt: '1',
      url: `${SCOPE}a`,
      method: 'GET',
      initiator: 'https://podcast.example',
    });
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
      .add(wire, {
        type: 'attempt-started',
        attempt: '7.1.1',
        url: `${SCOPE}a`,
        method: 'GET',
      });
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
      .add(worker, {
        type: 'registration-seen',
        registration: registration('x'),
        snapshot: snapshot(),
        route: 'emulated',
        via: 'attach',
      })
      .add(worker, {
        type: 'records-listed',
        registration: registration('x'),
        records: [{record: 1, request: request('a')}],
      });
    expect(recorder.fetches[0]?.records[0]?.attempts).to.have.length(1);
    recorder.now = 1_500;
    recorder.add(page, emulated(1, 'x', 'a'));
    expect(recorder.fetches).to.have.length(1);
    expect(recorder.fetches[0]?.records[0]?.attempts).to.have.length(1);
  });

  it('keeps active fetches when the log is cleared', () => {
    const {fetches} = new Recorder()
      .add(page, called(1, 'done'), resolved(1, 'done', 1))
      .add(page, progressed('done', 1, SUCCESS))
      .add(page, called(2, 'running'), resolved(2, 'running', 2))
      .add(source('panel'), {type: 'log-cleared'})
      .add(page, progressed('running', 2, {downloaded: 5}));
    expect(fetches.map(({id, downloaded}) => [id, downloaded])).to.deep.equal([
      ['running', 5],
    ]);
  });

  it('stays bounded, and forgets only what has ended', () => {
    const recorder = new Recorder();
    recorder.add(page, called(1, 'kept'), resolved(1, 'kept', 1));
    for (let call = 2; call <= BOUNDS.fetches + 500; call += 1) {
      recorder.add(
        page,
        called(call, `${call}`),
        resolved(call, `${call}`, call, SUCCESS),
      );
    }
    const {fetches} = recorder.state;
    expect(fetches.all.size).to.be.at.most(BOUNDS.fetches);
    expect(fetches.all.size + fetches.forgotten).to.equal(BOUNDS.fetches + 500);
    expect(fetches.all.get('fetch-1')).to.include({
      id: 'kept',
      phase: 'active',
    });
  });

  it('thins a long curve and keeps its ends', () => {
    const recorder = new Recorder({step: 1});
    recorder.add(page, called(1, 'x'), resolved(1, 'x', 1));
    const facts = Array.from({length: 20_000}, (_, index) =>
      progressed('x', 1, {downloaded: index + 1}),
    );
    recorder.add(page, ...facts);
    const curve = recorder.fetches[0]?.curve ?? [];
    expect(curve.length).to.be.within(BOUNDS.curve / 4, BOUNDS.curve);
    expect(curve[0]?.downloaded).to.equal(0);
    expect(curve.at(-1)?.downloaded).to.equal(20_000);
    const steps = curve
      .slice(1)
      .map((point, index) => point.at - (curve[index]?.at ?? 0));
    expect(Math.max(...steps)).to.be.at.most(20_000 / (BOUNDS.curve / 8));
  });

  it('keeps the place at which a long download started over', () => {
    const recorder = new Recorder({step: 1});
    recorder.add(page, called(1, 'x'), resolved(1, 'x', 1));
    const facts = Array.from({length: 20_000}, (_, index) =>
      progressed('x', 1, {downloaded: (index % 9_000) + 1}),
    );
    recorder.add(page, ...facts);
    const curve = recorder.fetches[0]?.curve ?? [];
    expect(curve.map(({downloaded}) => downloaded)).to.include.members([
      1, 9_000,
    ]);
    expect(curve.length).to.be.at.most(BOUNDS.curve);
  });

  it('knows by which route a fetch goes, and why', () => {
    const [call] = [called(1, 'x', 'a')];
    if (call?.type !== 'call-started' || call.invocation.method !== 'fetch') {
      throw new Error('No call.');
    }
    const recorder = new Recorder().add(
      page,
      {
        ...call,
        invocation: {
          ...call.invocation,
          routed: {route: 'emulated', why: 'setting'},
        },
      },
      resolved(1, 'x', 1),
      {
        type: 'registration-seen',
        registration: registration('x', 1),
        snapshot: snapshot(),
        route: 'emulated',
        via: 'fetch',
      },
      called(2, 'y', 'a'),
      resolved(2, 'y', 2),
    );
    expect(
      recorder.fetches.map(({route, routedBecause}) => [route, routedBecause]),
    ).to.deep.equal([
      ['emulated', 'setting'],
      ['native', undefined],
    ]);
  });

  it('knows the route of a fetch whose call was not seen', () => {
    for (const via of ['attach', 'get'] as const) {
      const [fetch] = new Recorder().add(page, {
        type: 'registration-seen',
        registration: registration('x', 1),
        snapshot: snapshot(),
        route: 'emulated',
        via,
      }).fetches;
      expect(fetch?.route).to.equal('emulated');
      expect(fetch?.routedBecause).to.equal(undefined);
    }
    const [ended] = new Recorder().add(worker, dispatched(1, 'x', 1, SUCCESS), {
      type: 'registration-seen',
      registration: registration('x', 1),
      snapshot: snapshot(SUCCESS),
      route: 'emulated',
      via: 'event',
    }).fetches;
    expect(ended?.route).to.equal('emulated');
  });

  it('gives the same state for any way of cutting a log into batches', () => {
    const {entries, log, state} = new Recorder()
      .add(page, called(1, 'x', 'a'), resolved(1, 'x', 1))
      .add(other, {
        type: 'registration-seen',
        registration: registration('x', 1),
        snapshot: snapshot({downloaded: 3}),
        via: 'get',
      })
      .add(page, progressed('x', 1, ABORTED), called(2, 'x', 'a'))
      .add(worker, dispatched(1, 'x', 1, ABORTED))
      .add(page, resolved(2, 'x', 2), progressed('x', 2, SUCCESS));
    for (const size of [1, 2, 3, entries.length]) {
      let folded = log.base;
      for (let from = 0; from < entries.length; from += size) {
        folded = inspectorProjection.apply(
          folded,
          entries.slice(from, from + size),
        );
      }
      expect(folded).to.deep.equal(state);
    }
  });

  it('does not touch the state it started from', () => {
    const recorder = new Recorder().add(page, called(1, 'x', 'a'));
    const before = recorder.state;
    const copy = structuredClone(before);
    inspectorProjection.apply(
      before,
      new Recorder().add(page, called(1, 'y', 'b'), resolved(1, 'y', 1))
        .entries,
    );
    expect(before).to.deep.equal(copy);
  });
});
