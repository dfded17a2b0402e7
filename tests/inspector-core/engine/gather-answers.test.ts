import {expect} from '@esm-bundle/chai';
import {gatherAnswers} from '../../../inspector-core/engine/gather-answers.js';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';
import {rejection, until} from './support/scripted.js';

const silent = new Promise<never>(() => {});

describe('gatherAnswers', () => {
  it('gives all answers, as soon as there are no more', async () => {
    const clock = createManualClock();
    const asked = [Promise.resolve(1), Promise.resolve(2)];
    expect(await gatherAnswers(asked, clock)).to.deep.equal([1, 2]);
    expect(await gatherAnswers([], clock)).to.deep.equal([]);
    expect(clock.due).to.have.length(0);
  });

  it('waits two seconds for the others when one has answered', async () => {
    const clock = createManualClock();
    const gathering = gatherAnswers([silent, Promise.resolve(1)], clock);
    await until(() => clock.due.length > 0);
    await clock.advance(2_000);
    expect(await gathering).to.deep.equal([1]);
  });

  it('waits twenty seconds for any at all', async () => {
    const clock = createManualClock();
    let gathered: readonly never[] | undefined;
    const gathering = gatherAnswers([silent, silent], clock).then((answers) => {
      gathered = answers;
    });
    await clock.advance(19_999);
    expect(gathered).to.equal(undefined);
    await clock.advance(1);
    await gathering;
    expect(gathered).to.deep.equal([]);
    expect(clock.due).to.have.length(0);
  });

  it('fails as the first one does, whoever else is silent', async () => {
    const clock = createManualClock();
    const refusing = Promise.reject(new TypeError('No.'));
    expect(await rejection(gatherAnswers([silent, refusing], clock))).to.equal(
      'TypeError: No.',
    );
  });
});
