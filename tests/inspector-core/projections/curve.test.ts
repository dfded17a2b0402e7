import {expect} from '@esm-bundle/chai';
import {BOUNDS} from '../../../inspector-core/projections/bounds.js';
import {Recorder, source} from '../../support/entries.js';
import {called, progressed, resolved} from '../../support/facts.js';

const page = source('page');

describe('the fetches projection, of the curve of bytes', () => {
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
});
