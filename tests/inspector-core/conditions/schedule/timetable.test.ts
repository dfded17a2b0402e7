import {expect} from '@esm-bundle/chai';
import {flakyCafe} from '../../../../inspector-core/conditions/schedule/presets.js';
import {Timetable} from '../../../../inspector-core/conditions/schedule/timetable.js';

describe('A timetable', () => {
  it('goes forward with the numbers of a real clock', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const timetable = new Timetable(flakyCafe());
      const begin = 1.79e12 + 0.3;
      timetable.begin(begin);
      const stretches: boolean[] = [];
      for (let now = begin; now < begin + 400_000;) {
        const {offline, until} = timetable.evaluate(now, seed);
        // Or whoever waits for the next change is woken at once, for ever.
        expect(until).to.be.above(now);
        if (stretches.at(-1) !== offline) stretches.push(offline);
        now = until;
      }
      expect(stretches.filter((offline) => offline)).to.have.length(20);
    }
  });
});
