import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {decideTheOutcome} from '../../../../inspector-core/engine/algorithms/decide-the-outcome.js';
import {
  isExposed,
  type RecordResult,
} from '../../../../inspector-core/engine/algorithms/record-result.js';
import {
  updateAnInstance,
  type Snapshot,
} from '../../../../inspector-core/engine/algorithms/update-an-instance.js';

const RESULTS = [
  'success',
  'aborted',
  'bad-status',
  'fetch-error',
  'quota-exceeded',
  'download-total-exceeded',
] as const satisfies readonly RecordResult[];

describe('decideTheOutcome', () => {
  const success = fc.constant('success' as const);
  const failure = fc.constantFrom(...RESULTS.slice(1));
  const any = fc.constantFrom(...RESULTS);

  it('succeeds if, and only if, every record did', () => {
    fc.assert(
      fc.property(fc.array(success), (settled) => {
        expect(decideTheOutcome(settled, false)).to.deep.equal({
          result: 'success',
          failureReason: '',
        });
      }),
    );
  });

  it('keeps the first failure, whatever fails later', () => {
    fc.assert(
      fc.property(
        fc.array(success),
        failure,
        fc.array(any),
        (before, first, after) => {
          expect(
            decideTheOutcome([...before, first, ...after], false),
          ).to.deep.equal({result: 'failure', failureReason: first});
        },
      ),
    );
  });

  it('says "aborted" of all that was aborted', () => {
    fc.assert(
      fc.property(fc.array(any), (settled) => {
        expect(decideTheOutcome(settled, true)).to.deep.equal({
          result: 'failure',
          failureReason: 'aborted',
        });
      }),
    );
  });
});

describe('isExposed', () => {
  it('lets be read what runs, succeeded, or had a bad status', () => {
    expect(
      (['', ...RESULTS] as const).filter((result) => isExposed(result)),
    ).to.deep.equal(['', 'success', 'bad-status']);
  });
});

describe('updateAnInstance', () => {
  const running: Snapshot = {
    downloaded: 0,
    uploaded: 0,
    result: '',
    failureReason: '',
    recordsAvailable: true,
  };

  it('fires for each change, and once for the result', () => {
    const later: Snapshot = {...running, downloaded: 10};
    const ended: Snapshot = {...later, result: 'success'};
    expect(updateAnInstance(running, running).firesProgress).to.equal(false);
    expect(updateAnInstance(running, later)).to.deep.equal({
      instance: later,
      firesProgress: true,
    });
    // What is stored may shrink: a refused resume starts from zero.
    expect(updateAnInstance(later, running).firesProgress).to.equal(true);
    expect(updateAnInstance(later, ended).firesProgress).to.equal(true);
    expect(updateAnInstance(ended, ended).firesProgress).to.equal(false);
  });

  it('changes nothing more once there is a result, but the availability', () => {
    const ended: Snapshot = {...running, result: 'success', downloaded: 10};
    expect(
      updateAnInstance(ended, {
        ...ended,
        downloaded: 20,
        recordsAvailable: false,
      }),
    ).to.deep.equal({
      instance: {...ended, recordsAvailable: false},
      firesProgress: false,
    });
  });

  it('never makes records available again', () => {
    const gone: Snapshot = {...running, recordsAvailable: false};
    expect(
      updateAnInstance(gone, {...running, downloaded: 5}).instance,
    ).to.deep.equal({...gone, downloaded: 5});
  });

  it('fires exactly once for a result, in any sequence of snapshots', () => {
    const snapshot = fc.record({
      downloaded: fc.nat(3),
      uploaded: fc.nat(2),
      result: fc.constantFrom('', 'success', 'failure'),
      failureReason: fc.constantFrom('', 'aborted'),
      recordsAvailable: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(snapshot), (snapshots) => {
        let instance = running;
        let results = 0;
        for (const next of snapshots) {
          const update = updateAnInstance(instance, next);
          ({instance} = update);
          if (update.firesProgress && instance.result !== '') results += 1;
        }
        const hasEnded = snapshots.some(({result}) => result !== '');
        expect(results).to.equal(hasEnded ? 1 : 0);
      }),
    );
  });
});
