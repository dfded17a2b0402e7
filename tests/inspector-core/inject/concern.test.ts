import {expect} from '@esm-bundle/chai';
import {
  joinConcerns,
  readConcern,
} from '../../../inspector-core/inject/concern.js';

const CALL = ['film-1', ['/media/1.mp4', new Request('/media/2.mp4')]] as const;

const withMatch = (match: object) => ({
  version: 1,
  rules: [{match, effect: {type: 'drop'}}],
});

describe('readConcern', () => {
  it('is nothing for what changes nothing', () => {
    for (const file of [
      undefined,
      'conditions',
      {version: 1},
      {version: 1, seed: 3, links: 'per-fetch', offline: false, rules: []},
      {version: 1, profile: 'No throttling'},
      {version: 1, profile: {name: 'Free', latency: 0}},
      {version: 1, rules: [{enabled: false, effect: {type: 'drop'}}]},
    ]) {
      expect(readConcern(file), JSON.stringify(file)).to.equal(undefined);
    }
  });

  it('is of all calls, where the network is another', () => {
    for (const part of [
      {profile: '3G'},
      {profile: {name: 'Mine', download: 1_000}},
      {offline: true},
      {schedule: {name: 'Tunnel', phases: []}},
      {permission: 'granted'},
      {quota: 10},
    ]) {
      const concern = readConcern({version: 1, ...part});
      expect(concern?.isOf(CALL), JSON.stringify(part)).to.equal(true);
      expect(concern?.mayReject).to.equal(false);
    }
    expect(readConcern({permission: 'denied'})?.mayReject).to.equal(true);
  });

  it('is of calls that a rule may fit, by what can be known of them', () => {
    for (const [match, isOf] of [
      [{}, true],
      [{fetchId: 'film-*'}, true],
      [{fetchId: 'song-*'}, false],
      [{url: '/media/2.*'}, true],
      [{url: '/other/*'}, false],
      [{method: 'get'}, true],
      [{method: 'POST'}, false],
      // One of the attempts may be it.
      [{record: 7, attempt: {every: 9}, probability: 0}, true],
      // Not readable: it counts.
      [{url: '/media/('}, true],
    ] as const) {
      const concern = readConcern(withMatch(match));
      expect(concern?.isOf(CALL), JSON.stringify(match)).to.equal(isOf);
      expect(concern?.mayReject).to.equal(true);
    }
  });

  it('is of what any of several files wants', () => {
    const none = readConcern({version: 1});
    expect(joinConcerns([none, none])).to.equal(undefined);
    const films = readConcern(withMatch({fetchId: 'film-*'}));
    const songs = readConcern(withMatch({fetchId: 'song-*'}));
    expect(joinConcerns([none, songs])?.isOf(CALL)).to.equal(false);
    expect(joinConcerns([songs, films])?.isOf(CALL)).to.equal(true);
    const slow = readConcern({version: 1, profile: '3G'});
    expect(joinConcerns([none, slow])?.mayReject).to.equal(false);
    expect(joinConcerns([slow, songs])?.mayReject).to.equal(true);
  });

  it('is of calls that cannot be read without being changed', () => {
    const concern = readConcern(withMatch({fetchId: 'song-*'}));
    function* generate() {
      yield '/a';
    }
    const id = {toString: () => expect.fail('It was read.')};
    expect(concern?.isOf([id, '/a'])).to.equal(true);
    expect(concern?.isOf(['film', generate()])).to.equal(true);
    expect(concern?.isOf([])).to.equal(true);
  });
});
