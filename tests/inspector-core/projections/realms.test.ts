import {expect} from '@esm-bundle/chai';
import {BOUNDS} from '../../../inspector-core/projections/bounds.js';
import type {Fact} from '../../../inspector-core/protocol/protocol.js';
import {Recorder, SCOPE, source} from '../../support/entries.js';

const page = source('page');
const worker = source('service-worker');
const browser = source('browser');

const opened: Fact = {
  type: 'realm-opened',
  timing: 'before-scripts',
  backgroundFetch: true,
  secureContext: true,
  origin: 'https://podcast.example',
};

const closed = (
  realm: string,
  reason: 'unloaded' | 'stopped' | 'crashed' | 'uninstalled',
): Fact => ({type: 'realm-closed', realm, reason});

describe('the realms projection', () => {
  it('follows a page into the back-forward cache, out of it, to its end', () => {
    const recorder = new Recorder().add(page, opened);
    const phase = () => recorder.state.realms.get('page')?.phase;
    expect(phase()).to.equal('open');
    recorder.add(page, {type: 'realm-suspended'});
    expect(phase()).to.equal('suspended');
    recorder.add(page, {type: 'realm-resumed'});
    expect(phase()).to.equal('open');
    recorder.add(page, closed('page', 'unloaded'));
    expect(phase()).to.equal('closed');
    recorder.add(page, {type: 'realm-resumed'});
    expect(phase()).to.equal('open');
    expect(recorder.state.realms.get('page')).to.not.have.property('closedAt');
  });

  it('believes the first who tells of an end', () => {
    const {realms} = new Recorder()
      .add(page, opened, closed('page', 'unloaded'))
      .add(browser, closed('page', 'crashed')).state;
    expect(realms.get('page')?.closedBecause).to.equal('unloaded');
  });

  it('knows what the browser tells of a worker that cannot', () => {
    const {realms} = new Recorder()
      .add(worker, {...opened, scope: SCOPE})
      .add(browser, closed('service-worker', 'stopped')).state;
    expect(realms.get('service-worker')).to.include({
      phase: 'closed',
      closedBecause: 'stopped',
      scope: SCOPE,
    });
  });

  it('counts the handlers of each worker event', () => {
    const changed = (change: 'added' | 'removed'): Fact => ({
      type: 'handler-changed',
      event: 'backgroundfetchsuccess',
      via: 'addEventListener',
      change,
      name: 'onSuccess',
    });
    const {realms} = new Recorder().add(
      worker,
      opened,
      changed('added'),
      changed('added'),
      changed('removed'),
    ).state;
    expect(realms.get('service-worker')?.handlers).to.deep.equal({
      backgroundfetchsuccess: 1,
    });
  });

  it('takes a worker’s state from the worker itself', () => {
    const changed: Fact = {
      type: 'worker-state-changed',
      scope: SCOPE,
      scriptUrl: `${SCOPE}sw.js`,
      state: 'activated',
    };
    const {realms} = new Recorder()
      .add(page, opened, changed)
      .add(worker, opened, changed).state;
    expect(realms.get('page')?.workerState).to.equal(undefined);
    expect(realms.get('service-worker')?.workerState).to.equal('activated');
  });

  it('keeps the living when the log is cleared, and a bounded number of dead', () => {
    const recorder = new Recorder();
    for (let index = 0; index < BOUNDS.closedRealms + 50; index += 1) {
      const dead = source('service-worker', `w${index}`);
      recorder.add(dead, opened, closed(dead.realm, 'stopped'));
    }
    recorder.add(page, opened);
    expect(recorder.state.realms.size).to.equal(BOUNDS.closedRealms + 1);
    recorder.add(source('panel'), {type: 'log-cleared'});
    expect([...recorder.state.realms.keys()]).to.deep.equal(['page']);
  });
});
