import {expect} from '@esm-bundle/chai';
import {inspectorProjection} from '../../../inspector-core/projections/projections.js';
import {Recorder, source} from '../../support/entries.js';
import {
  ABORTED,
  SUCCESS,
  called,
  dispatched,
  progressed,
  resolved,
  seen,
} from '../../support/facts.js';

const page = source('page');
const other = source('frame');
const worker = source('service-worker');

describe('the projection of the whole log', () => {
  it('gives the same state for any way of cutting a log into batches', () => {
    const {entries, log, state} = new Recorder()
      .add(page, called(1, 'x', 'a'), resolved(1, 'x', 1))
      .add(other, seen('x', 'get', {downloaded: 3}))
      .add(page, progressed('x', 1, ABORTED), called(2, 'x', 'a'))
      .add(worker, dispatched(1, 'x', 1, ABORTED))
      .add(page, resolved(2, 'x', 2), progressed('x', 2, SUCCESS));
    for (const size of [1, 2, 3, entries.length]) {
      let folded = log.base;
      for (let from = 0; from < entries.length; from += size) {
        folded = inspectorProjection.apply(
          folded,
          entries.slice(from, from + size),
        );
      }
      expect(folded).to.deep.equal(state);
    }
  });

  it('does not touch the state it started from', () => {
    const recorder = new Recorder().add(page, called(1, 'x', 'a'));
    const before = recorder.state;
    const copy = structuredClone(before);
    inspectorProjection.apply(
      before,
      new Recorder().add(page, called(1, 'y', 'b'), resolved(1, 'y', 1))
        .entries,
    );
    expect(before).to.deep.equal(copy);
  });
});
