import {expect} from '@esm-bundle/chai';
import {Recorder, source} from '../../support/entries.js';

const panel = source('panel');
const browser = source('browser');

describe('the session projection', () => {
  it('starts detached, because nobody has asked yet', () => {
    expect(new Recorder().state.session).to.deep.equal({
      attachment: {state: 'detached', reason: 'not-wanted'},
      recording: false,
      route: 'auto',
      conditions: {version: 1},
      wireOrigins: [],
      navigations: [],
    });
  });

  it('follows recording, attachment, wire access and navigation', () => {
    const {session} = new Recorder()
      .add(panel, {type: 'recording-changed', recording: true})
      .add(browser, {type: 'attachment-changed', state: 'attached'})
      .add(panel, {
        type: 'wire-access-changed',
        origins: ['https://podcast.example'],
      })
      .add(browser, {type: 'page-navigated', url: 'https://podcast.example/a'})
      .add(browser, {
        type: 'attachment-changed',
        state: 'detached',
        reason: 'canceled-by-user',
      }).state;
    expect(session).to.deep.equal({
      attachment: {state: 'detached', reason: 'canceled-by-user'},
      recording: true,
      route: 'auto',
      conditions: {version: 1},
      wireOrigins: ['https://podcast.example'],
      navigations: [{at: 1_040, url: 'https://podcast.example/a'}],
    });
  });

  it('knows the conditions that were set last', () => {
    const {session} = new Recorder()
      .add(panel, {
        type: 'conditions-set',
        conditions: {version: 1, profile: '3G', offline: true},
      })
      .add(panel, {
        type: 'conditions-set',
        conditions: {version: 1, quota: 4_096},
      }).state;
    expect(session.conditions).to.deep.equal({version: 1, quota: 4_096});
  });

  it('remembers where the page is when the log is cleared', () => {
    const {session} = new Recorder()
      .add(browser, {type: 'page-navigated', url: 'https://a.example/'})
      .add(browser, {type: 'page-navigated', url: 'https://b.example/'})
      .add(panel, {type: 'log-cleared'}).state;
    expect(session.navigations.map(({url}) => url)).to.deep.equal([
      'https://b.example/',
    ]);
  });
});

describe('the health projection', () => {
  it('counts what was refused, lost or broken, and says the newest', () => {
    const recorder = new Recorder()
      .add(panel, {
        type: 'entries-rejected',
        realm: 'page',
        count: 3,
        message: 'entry.at: Invalid type',
      })
      .add(panel, {type: 'entries-missed', realm: 'page', count: 40})
      .add(source('page'), {
        type: 'hook-faulted',
        where: 'call',
        error: {name: 'TypeError', message: 'x is not a function'},
      });
    expect(recorder.state.health).to.deep.equal({
      rejected: 3,
      missed: 40,
      faults: 1,
      message: 'call: x is not a function',
    });
    recorder.add(panel, {type: 'log-cleared'});
    expect(recorder.state.health).to.deep.equal({
      rejected: 0,
      missed: 0,
      faults: 0,
    });
  });
});
