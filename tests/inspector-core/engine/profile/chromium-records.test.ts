/** How records complete by the profile `chromium`: without its 100 seconds. */
import {expect} from '@esm-bundle/chai';
import type {JobEvent} from '../../../../inspector-core/engine/core/events.js';
import {JobMachine} from '../../../../inspector-core/engine/core/perform-a-background-fetch.js';
import {CHROMIUM} from '../../../../inspector-core/engine/profile/chromium.js';
import {head} from '../support/responses.js';

/** What a server does with one request. */
type Answer =
  | {readonly status: number; readonly bytes: number}
  | {readonly dropAfter: number}
  | {readonly stopAfter: number}
  | 'refused';

/** A fetch whose every wait is over at once; its records answered in turn. */
function complete(...records: readonly (readonly Answer[])[]) {
  const machine = new JobMachine({
    records: records.map(() => ({method: 'GET', isResumable: true})),
    downloadTotal: 0,
    rules: CHROMIUM.records,
  });
  const requests = records.map(() => 0);
  const waits: number[] = [];
  const queue: JobEvent[] = [{type: 'begin'}];
  const reply = (record: number, attempt: number, rangeStart: number): void => {
    const count = requests[record] ?? 0;
    requests[record] = count + 1;
    const answers = records[record] ?? [];
    const answer = answers[Math.min(count, answers.length - 1)] ?? 'refused';
    const place = {record, attempt};
    const failed = {type: 'failed', isOffline: false, ...place} as const;
    if (answer === 'refused') {
      queue.push({...failed, isRefused: true});
    } else if ('status' in answer) {
      queue.push(
        {type: 'response', head: head(answer.status), ...place},
        {type: 'chunk', length: answer.bytes, ...place},
        {type: 'body-ended', ...place},
      );
    } else {
      const range = {'Content-Range': `bytes ${rangeStart}-999/1000`};
      const part = rangeStart > 0 ? head(206, range) : head(200);
      queue.push({type: 'response', head: part, ...place});
      if ('stopAfter' in answer) {
        queue.push({type: 'chunk', length: answer.stopAfter, ...place});
        queue.push({type: 'stopped-short', ...place});
        return;
      }
      if (rangeStart === 0) {
        queue.push({type: 'chunk', length: answer.dropAfter, ...place});
      }
      queue.push(failed);
    }
  };
  for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
    for (const effect of machine.handle(event, 0)) {
      if (effect.type === 'commit') {
        queue.push({type: 'committed', record: effect.record});
      } else if (effect.type === 'start') {
        reply(effect.record, effect.attempt, effect.rangeStart);
      } else if (effect.type === 'wait') {
        waits.push(effect.delay);
        const {record, attempt} = effect;
        queue.push({type: 'wait-over', record, attempt});
      }
    }
  }
  return {machine, requests, waits, snapshot: machine.snapshot};
}

const FIVE_WAITS = Array.from({length: 5}, () => 20_000);

describe('a record of the profile chromium', () => {
  it('takes some bad statuses for an answer, without their body', () => {
    const {snapshot, requests, waits, machine} = complete([
      {status: 404, bytes: 9},
    ]);
    expect(snapshot).to.include({failureReason: 'bad-status', downloaded: 0});
    expect(requests).to.deep.equal([1]);
    expect(waits).to.deep.equal([]);
    expect(machine.records[0]?.response?.status).to.equal(404);
  });

  it('asks again for others, five times', () => {
    const {snapshot, requests, waits} = complete([{status: 500, bytes: 9}]);
    expect(snapshot).to.include({failureReason: 'bad-status', downloaded: 0});
    expect(requests).to.deep.equal([5]);
    expect(waits).to.deep.equal(FIVE_WAITS);
  });

  it('keeps the first status, though the body is of the second', () => {
    const {snapshot, waits, machine} = complete([
      {status: 503, bytes: 9},
      {status: 200, bytes: 7},
    ]);
    expect(snapshot).to.include({failureReason: 'bad-status', downloaded: 7});
    expect(waits).to.deep.equal([20_000]);
    expect(machine.records[0]?.response?.status).to.equal(503);
  });

  it('succeeds with nothing after thirty connections that broke', () => {
    const {snapshot, requests, waits} = complete([{dropAfter: 10}]);
    expect(snapshot).to.include({result: 'success', downloaded: 0});
    expect(requests).to.deep.equal([30]);
    expect(waits).to.deep.equal(FIVE_WAITS);
  });

  it('takes no connection for broken that the engine let go', () => {
    const {snapshot, requests, waits} = complete([
      ...Array.from({length: 7}, () => ({stopAfter: 100})),
      ...Array.from({length: 5}, () => ({dropAfter: 0})),
      {status: 200, bytes: 9},
    ]);
    expect(snapshot).to.include({result: 'success', downloaded: 9});
    expect(requests).to.deep.equal([13]);
    expect(waits).to.deep.equal([]);
  });

  it('does not ask again for what is refused', () => {
    const {snapshot, requests, waits} = complete(['refused']);
    expect(snapshot).to.include({failureReason: 'fetch-error'});
    expect(requests).to.deep.equal([1]);
    expect(waits).to.deep.equal([]);
  });

  it('fails for the first of the list, not for the first in time', () => {
    const {snapshot} = complete(
      [{status: 500, bytes: 1}],
      ['refused'],
      [{status: 200, bytes: 7}],
    );
    expect(snapshot).to.include({failureReason: 'bad-status', downloaded: 7});
  });
});
