import {expect} from '@esm-bundle/chai';
import {BOUNDS} from '../../../inspector-core/projections/bounds.js';
import {
  Recorder,
  registration,
  SCOPE,
  snapshot,
  source,
} from '../../support/entries.js';
import {
  ABORTED,
  SUCCESS,
  called,
  dispatched,
  emulated,
  progressed,
  resolved,
  seen,
} from '../../support/facts.js';

const page = source('page');
const other = source('frame');
const worker = source('service-worker');

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
      .add(other, seen('x', 'get', {downloaded: 3}))
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
    const {fetches} = new Recorder().add(
      page,
      seen('old', 'attach', {downloaded: 50, downloadTotal: 80}),
    );
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
    recorder.add(other, seen('x', 'get', {downloaded: 10}));
    expect(recorder.fetches[0]?.downloaded).to.equal(90);
  });

  it('lets a sight without a result not undo one with it', () => {
    const ended = {...SUCCESS, downloaded: 100, recordsAvailable: false};
    const recorder = new Recorder()
      .add(page, called(1, 'x'), resolved(1, 'x', 1))
      .add(worker, dispatched(1, 'x', 1, ended))
      .add(page, progressed('x', 1, {downloaded: 90}));
    expect(recorder.fetches[0]).to.include({
      phase: 'succeeded',
      downloaded: 100,
      recordsAvailable: false,
    });
  });

  it('takes a result, though its sight is older than one without', () => {
    const recorder = new Recorder()
      .add(page, called(1, 'x'), resolved(1, 'x', 1))
      .add(page, progressed('x', 1, {downloaded: 90}));
    recorder.now = 1_000;
    recorder.add(worker, dispatched(1, 'x', 1, {...SUCCESS, downloaded: 100}));
    const [fetch] = recorder.fetches;
    expect(fetch).to.include({phase: 'succeeded', downloaded: 100});
    const times = fetch?.curve.map(({at}) => at) ?? [];
    expect(times).to.deep.equal(times.toSorted((one, other) => one - other));
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

  it('knows by which route a fetch goes, and why', () => {
    const recorder = new Recorder().add(
      page,
      emulated(1, 'x', 'a'),
      resolved(1, 'x', 1),
      {...seen('x', 'fetch'), route: 'emulated'},
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
        ...seen('x', via),
        route: 'emulated',
      }).fetches;
      expect(fetch?.route).to.equal('emulated');
      expect(fetch?.routedBecause).to.equal(undefined);
    }
    const [ended] = new Recorder().add(worker, dispatched(1, 'x', 1, SUCCESS), {
      ...seen('x', 'event', SUCCESS),
      route: 'emulated',
    }).fetches;
    expect(ended?.route).to.equal('emulated');
  });
});
