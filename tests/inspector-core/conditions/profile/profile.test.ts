import {expect} from '@esm-bundle/chai';
import {parseProfile} from '../../../../inspector-core/conditions/profile/parse-profile.js';
import {PRESETS} from '../../../../inspector-core/conditions/profile/presets.js';
import {
  isNeutral,
  type NetworkProfile,
} from '../../../../inspector-core/conditions/profile/profile.js';
import {refusal} from '../support/refusal.js';

describe('Presets', () => {
  it('have the numbers of the browsers whose names they have', () => {
    const numbers = PRESETS.map(
      ({name, download, upload, latency}: NetworkProfile) =>
        `${name}: ${download} ${upload} ${latency}`,
    );
    // Bytes per second, bytes per second, milliseconds.
    expect(numbers).to.deep.equal([
      'No throttling: undefined undefined undefined',
      'Fast 4G: 1012500 168750 165',
      'Slow 4G: 180000 84375 562.5',
      '3G: 50000 50000 2000',
      'Offline: undefined undefined undefined',
      'GPRS: 6250 2500 500',
      'Regular 2G: 31250 6250 300',
      'Good 2G: 56250 18750 150',
      'Regular 3G: 93750 31250 100',
      'Good 3G: 187500 93750 40',
      'Regular 4G / LTE: 500000 375000 20',
      'DSL: 250000 125000 5',
      'Wi-Fi: 3750000 1875000 2',
    ]);
  });

  it('are found by their names, each by one', () => {
    for (const preset of PRESETS) {
      expect(parseProfile(preset.name)).to.equal(preset);
      expect(parseProfile(preset)).to.deep.equal(preset);
    }
    expect(PRESETS.filter(isNeutral).map(({name}) => name)).to.deep.equal([
      'No throttling',
    ]);
  });
});

describe('parseProfile', () => {
  const full: NetworkProfile = {
    name: 'Mine',
    download: 1,
    upload: 1e11,
    latency: 10,
    jitter: 10,
    loss: {rate: 0.01, stall: 300},
    offline: false,
  };

  it('keeps what is right', () => {
    expect(parseProfile(full)).to.deep.equal(full);
    expect(parseProfile({name: 'Least'})).to.deep.equal({name: 'Least'});
  });

  const bad: readonly (readonly [fields: object, ...words: string[]])[] = [
    [{download: 0}, 'profile.download:', 'got 0.', 'set offline to true'],
    [{upload: -5}, 'profile.upload:', 'got -5.', 'leave the field out'],
    [{download: Number.NaN}, 'profile.download:', 'got NaN.'],
    [{download: Infinity}, 'profile.download:', 'got Infinity.'],
    [
      {download: 1e12},
      'profile.download:',
      'bytes per second',
      'to 100000000000',
    ],
    [{download: '50'}, 'profile.download:', 'got "50".'],
    [{latency: -1}, 'profile.latency:', 'milliseconds from 0 to 600000'],
    [{latency: 1e9}, 'profile.latency:', 'milliseconds from 0 to 600000'],
    [{jitter: 11}, 'profile.jitter:', 'Raise the latency.'],
    [{loss: 0.1}, 'profile.loss:', 'expected an object, got 0.1.'],
    [{loss: {rate: 1}}, 'profile.loss.rate:', 'from 0 to 0.99'],
    [{loss: {rate: 0.1, stall: 0}}, 'profile.loss.stall:', 'got 0.'],
    [{offline: 1}, 'profile.offline:', 'true or false, got 1.'],
    [{speed: 1}, 'profile.speed:', 'no such field', 'download'],
    [{name: ''}, 'profile.name:', '1 to 1000 characters'],
  ];
  for (const [fields, ...words] of bad) {
    it(`refuses ${JSON.stringify(fields)}, naming the field`, () => {
      const sentence = refusal(() => parseProfile({...full, ...fields}));
      for (const word of words) expect(sentence).to.contain(word);
    });
  }

  it('names the presets when there is none of a name', () => {
    expect(refusal(() => parseProfile('5G')))
      .to.contain('"5G"')
      .and.contain('Slow 4G');
    expect(refusal(() => parseProfile(undefined))).to.contain(
      'expected an object',
    );
  });
});
