import {expect} from '@esm-bundle/chai';
import {RealmLog} from '../../../inspector-core/log/log.js';
import {request} from '../../support/entries.js';

const filled = (count: number, capacity?: number): RealmLog => {
  let now = 0;
  const log = new RealmLog({
    now: () => (now += 0.25),
    ...(capacity === undefined ? {} : {capacity}),
  });
  for (let index = 0; index < count; index += 1) {
    log.append({type: 'realm-suspended'});
  }
  return log;
};

const seqs = (log: RealmLog, after: number, budget: number) => {
  const {entries, missed} = log.read(after, budget);
  return {seqs: entries.map(({seq}) => seq), missed};
};

describe('RealmLog', () => {
  it('reads on from any number, again and again', () => {
    const log = filled(5);
    expect(seqs(log, 0, 100)).to.deep.equal({seqs: [1, 2, 3, 4, 5], missed: 0});
    expect(seqs(log, 3, 100)).to.deep.equal({seqs: [4, 5], missed: 0});
    expect(seqs(log, 3, 100)).to.deep.equal({seqs: [4, 5], missed: 0});
    expect(seqs(log, 5, 100)).to.deep.equal({seqs: [], missed: 0});
  });

  it('tells how many entries were lost before the first one it gives', () => {
    const log = filled(1_000, 100);
    const {seqs: numbers, missed} = seqs(log, 10, 10_000);
    expect(numbers.at(-1)).to.equal(1_000);
    expect(numbers.length).to.be.within(90, 100);
    expect(missed).to.equal((numbers[0] ?? 0) - 11);
  });

  it('gives less of what is large, but always at least one entry', () => {
    const log = new RealmLog({now: () => 0});
    const requests = Array.from({length: 500}, (_, index) =>
      request(`${index}`),
    );
    for (let index = 0; index < 3; index += 1) {
      log.append({
        type: 'call-started',
        call: index + 1,
        invocation: {method: 'fetch', id: 'many', requests},
      });
    }
    expect(seqs(log, 0, 600).seqs).to.deep.equal([1, 2]);
    expect(seqs(log, 0, 1).seqs).to.deep.equal([1]);
    expect(seqs(log, 0, 0).seqs).to.deep.equal([]);
  });

  it('calls back once there is something new, and only the latest asker', () => {
    const log = filled(1);
    const called: string[] = [];
    log.whenPast(0, () => called.push('there already'));
    log.whenPast(1, () => called.push('replaced'));
    log.whenPast(1, () => called.push('waiting'));
    expect(called).to.deep.equal(['there already']);
    log.append({type: 'realm-resumed'});
    log.append({type: 'realm-resumed'});
    expect(called).to.deep.equal(['there already', 'waiting']);
  });

  it('stamps each entry with the clock it was given, or the time told', () => {
    const log = filled(2);
    log.append({type: 'realm-resumed'}, 17.5);
    expect(log.read(0, 10).entries.map(({at}) => at)).to.deep.equal([
      0.25, 0.5, 17.5,
    ]);
  });
});
