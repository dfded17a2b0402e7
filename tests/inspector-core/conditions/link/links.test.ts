import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {createLinks} from '../../../../inspector-core/conditions/link/link.js';
import {send} from '../support/streams.js';

const profile = {name: 'Slow', download: 1_000};

describe('Links', () => {
  it('are one for all, unless each fetch is to have its own', async () => {
    const clock = createManualClock();
    const links = createLinks(clock, profile);
    expect(links.of('a')).to.equal(links.of('b'));
    links.share(false);
    expect(links.of('a')).not.to.equal(links.of('b'));
    expect(links.of('a')).to.equal(links.of('a'));
    const sent = ['a', 'b'].map((id) =>
      send(clock, links.of(id).download.join(), 1_000),
    );
    const all = await clock.run(Promise.all(sent));
    const ends = all.map(({times}) => Math.round(times.at(-1) ?? 0));
    expect(ends).to.deep.equal([1_000, 1_000]);
  });

  it('all get the rates of another profile', async () => {
    const clock = createManualClock();
    const links = createLinks(clock, profile);
    links.share(false);
    const link = links.of('a');
    links.shape({name: 'Faster', download: 10_000});
    const {times} = await clock.run(send(clock, link.download.join(), 10_000));
    expect(times.at(-1)).to.be.closeTo(1_000, 1e-6);
  });
});
