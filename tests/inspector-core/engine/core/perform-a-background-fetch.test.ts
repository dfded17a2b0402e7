import {expect} from '@esm-bundle/chai';
import type {JobEffect} from '../../../../inspector-core/engine/core/effects.js';
import type {JobEvent} from '../../../../inspector-core/engine/core/events.js';
import {
  JobMachine,
  type JobOptions,
} from '../../../../inspector-core/engine/core/perform-a-background-fetch.js';
import {FRUITLESS_ATTEMPTS} from '../../../../inspector-core/engine/core/resuming.js';
import {head} from '../support/responses.js';

const GET = {method: 'GET', isResumable: true};
const POST = {method: 'POST', isResumable: true};

/** A machine whose storage answers at once, and all that it asked for. */
function begin(options: Partial<JobOptions> = {}) {
  const machine = new JobMachine({
    records: [GET],
    downloadTotal: 0,
    partSize: 10,
    ...options,
  });
  const effects: JobEffect[] = [];
  const send = (event: JobEvent, now = 0): void => {
    for (const effect of machine.handle(event, now)) {
      effects.push(effect);
      if (effect.type !== 'commit') continue;
      send({type: 'committed', record: effect.record}, now);
    }
  };
  const of = <T extends JobEffect['type']>(type: T) =>
    effects.filter(
      (effect): effect is Extract<JobEffect, {type: T}> => effect.type === type,
    );
  send({type: 'begin'});
  return {machine, send, of};
}

/** A response, all of its body, and its end. */
const answer = (
  send: (event: JobEvent) => void,
  record: number,
  status: number,
  length: number,
): void => {
  send({type: 'response', record, attempt: 1, head: head(status)});
  if (length > 0) send({type: 'chunk', record, attempt: 1, length});
  send({type: 'body-ended', record, attempt: 1});
};

describe('JobMachine', () => {
  it('succeeds when all responses are 2xx', () => {
    const {machine, send, of} = begin({records: [GET, POST]});
    answer(send, 1, 204, 0);
    expect(machine.isActive).to.equal(true);
    answer(send, 0, 200, 7);
    expect(of('conclude')).to.deep.equal([
      {type: 'conclude', result: 'success', failureReason: ''},
    ]);
    expect(machine.snapshot).to.include({downloaded: 7, result: 'success'});
    expect(machine.isActive).to.equal(false);
  });

  it('lets siblings finish when one has a bad status', () => {
    const {machine, send, of} = begin({records: [GET, GET]});
    answer(send, 0, 404, 3);
    expect(of('conclude')).to.deep.equal([]);
    answer(send, 1, 200, 5);
    expect(of('conclude')).to.deep.equal([
      {type: 'conclude', result: 'failure', failureReason: 'bad-status'},
    ]);
    expect(machine.records.map(({result}) => result)).to.deep.equal([
      'bad-status',
      'success',
    ]);
    expect(machine.snapshot.downloaded).to.equal(8);
  });

  it('takes exactly downloadTotal, and not one byte more', () => {
    const exact = begin({downloadTotal: 7});
    answer(exact.send, 0, 200, 7);
    expect(exact.machine.outcome?.result).to.equal('success');

    const {machine, send, of} = begin({records: [GET, GET], downloadTotal: 7});
    send({type: 'response', record: 0, attempt: 1, head: head(200)});
    send({type: 'response', record: 1, attempt: 1, head: head(200)});
    send({type: 'chunk', record: 0, attempt: 1, length: 4});
    send({type: 'chunk', record: 1, attempt: 1, length: 4});
    expect(of('cancel').map(({record}) => record)).to.deep.equal([1, 0]);
    expect(machine.records.map(({result}) => result)).to.deep.equal([
      'aborted',
      'download-total-exceeded',
    ]);
    expect(machine.outcome?.failureReason).to.equal('download-total-exceeded');
    // The chunk that was too much is not counted.
    expect(machine.snapshot.downloaded).to.equal(4);
  });

  it('is aborted whatever failed before, and keeps what had finished', () => {
    const {machine, send, of} = begin({records: [GET, GET, GET]});
    answer(send, 0, 404, 3);
    answer(send, 1, 200, 3);
    send({type: 'abort'});
    expect(machine.isActive).to.equal(false);
    expect(machine.records.map(({result}) => result)).to.deep.equal([
      'bad-status',
      'success',
      'aborted',
    ]);
    expect(of('conclude')).to.deep.equal([
      {type: 'conclude', result: 'failure', failureReason: 'aborted'},
    ]);
    send({type: 'abort'});
    expect(of('conclude')).to.have.length(1);
  });

  it('resumes by Range where the connection dropped', () => {
    const {machine, send, of} = begin();
    const etag = {ETag: '"1"'};
    send({type: 'response', record: 0, attempt: 1, head: head(200, etag)});
    send({type: 'chunk', record: 0, attempt: 1, length: 6});
    send({type: 'failed', record: 0, attempt: 1, isOffline: false});
    expect(of('wait')).to.deep.include({
      type: 'wait',
      record: 0,
      attempt: 1,
      forNetwork: false,
      delay: 0,
    });
    expect(of('commit').at(-1)).to.include({from: 0, to: 6});
    send({type: 'wait-over', record: 0, attempt: 1});
    expect(of('start').at(-1)).to.deep.equal({
      type: 'start',
      record: 0,
      attempt: 2,
      rangeStart: 6,
      ifRange: '"1"',
    });
    send({
      type: 'response',
      record: 0,
      attempt: 2,
      head: head(206, {'Content-Range': 'bytes 6-8/9', ...etag}),
    });
    send({type: 'chunk', record: 0, attempt: 2, length: 3});
    send({type: 'body-ended', record: 0, attempt: 2});
    expect(machine.outcome?.result).to.equal('success');
    // The response stays the first one's.
    expect(machine.records[0]?.response?.status).to.equal(200);
  });

  it('starts from zero when the resume is refused', () => {
    const {machine, send} = begin();
    send({type: 'response', record: 0, attempt: 1, head: head(200)});
    send({type: 'chunk', record: 0, attempt: 1, length: 6});
    send({type: 'failed', record: 0, attempt: 1, isOffline: true});
    send({type: 'wait-over', record: 0, attempt: 1});
    send({type: 'response', record: 0, attempt: 2, head: head(200)});
    expect(machine.snapshot.downloaded).to.equal(0);
    expect(machine.records[0]?.generation).to.equal(2);
    send({type: 'chunk', record: 0, attempt: 2, length: 9});
    send({type: 'body-ended', record: 0, attempt: 2});
    expect(machine.snapshot).to.include({downloaded: 9, result: 'success'});
  });

  it('fails at once when there never was a response, or no second try', () => {
    const refused = begin();
    refused.send({type: 'failed', record: 0, attempt: 1, isOffline: false});
    expect(refused.machine.outcome?.failureReason).to.equal('fetch-error');

    const sent = begin({records: [POST]});
    sent.send({type: 'response', record: 0, attempt: 1, head: head(200)});
    sent.send({type: 'failed', record: 0, attempt: 1, isOffline: true});
    expect(sent.machine.outcome?.failureReason).to.equal('fetch-error');
  });

  it('waits for the network as long as it is gone', () => {
    const {machine, send, of} = begin();
    for (let attempt = 1; attempt < 100; attempt += 1) {
      send({type: 'failed', record: 0, attempt, isOffline: true});
      send({type: 'wait-over', record: 0, attempt});
    }
    expect(of('wait').every(({forNetwork}) => forNetwork)).to.equal(true);
    expect(machine.outcome).to.equal(undefined);
  });

  for (const [name, delays, fail] of [
    [
      'drops the connection before any byte',
      [1_000, 2_000, 4_000, 8_000],
      (send: (event: JobEvent) => void, attempt: number) => {
        send({type: 'response', record: 0, attempt, head: head(200)});
        send({type: 'failed', record: 0, attempt, isOffline: false});
        send({type: 'wait-over', record: 0, attempt});
      },
    ],
    [
      'sends 206 after 206 with nothing in it',
      [],
      (send: (event: JobEvent) => void, attempt: number) => {
        const range = {'Content-Range': 'bytes 0-4/5'};
        send({type: 'response', record: 0, attempt, head: head(206, range)});
        send({type: 'body-ended', record: 0, attempt});
      },
    ],
  ] as const) {
    it(`gives up on a server that ${name}`, () => {
      const {machine, send, of} = begin();
      for (let attempt = 1; attempt <= FRUITLESS_ATTEMPTS; attempt += 1) {
        expect(machine.outcome).to.equal(undefined);
        fail(send, attempt);
      }
      expect(machine.outcome?.failureReason).to.equal('fetch-error');
      expect(of('start')).to.have.length(FRUITLESS_ATTEMPTS);
      expect(of('wait').map(({delay}) => delay)).to.deep.equal(delays);
    });
  }

  it('takes a 416 at the very end for the end', () => {
    const {machine, send} = begin();
    const unknown = {'Content-Range': 'bytes 0-4/*'};
    send({type: 'response', record: 0, attempt: 1, head: head(206, unknown)});
    send({type: 'chunk', record: 0, attempt: 1, length: 5});
    send({type: 'body-ended', record: 0, attempt: 1});
    const none = {'Content-Range': 'bytes */5'};
    send({type: 'response', record: 0, attempt: 2, head: head(416, none)});
    expect(machine.outcome?.result).to.equal('success');
    expect(machine.snapshot.downloaded).to.equal(5);
  });

  it('closes the connection in a pause, and resumes where it was', () => {
    const {machine, send, of} = begin();
    send({type: 'response', record: 0, attempt: 1, head: head(200)});
    send({type: 'chunk', record: 0, attempt: 1, length: 4});
    send({type: 'pause'});
    expect(of('cancel')).to.have.length(1);
    expect(of('commit').at(-1)).to.include({from: 0, to: 4});
    expect(machine.records[0]?.phase).to.equal('queued');
    send({type: 'chunk', record: 0, attempt: 1, length: 4});
    expect(machine.snapshot.downloaded).to.equal(4);
    send({type: 'resume'});
    expect(of('start').at(-1)).to.include({attempt: 2, rangeStart: 4});
  });

  it('cannot pause a fetch that sends something', () => {
    const {machine, send, of} = begin({records: [GET, POST]});
    send({type: 'pause'});
    expect(machine.canPause).to.equal(false);
    expect(machine.isPaused).to.equal(false);
    expect(of('cancel')).to.deep.equal([]);
  });

  it('commits by part, and by time', () => {
    const {send, of} = begin({partSize: 10, commitInterval: 500});
    const chunk = (length: number, now: number): void => {
      send({type: 'chunk', record: 0, attempt: 1, length}, now);
    };
    send({type: 'response', record: 0, attempt: 1, head: head(200)}, 1_000);
    chunk(4, 1_100);
    chunk(4, 1_200);
    chunk(4, 1_300);
    chunk(1, 1_799);
    chunk(1, 1_800);
    expect(of('commit').map(({from, to}) => [from, to])).to.deep.equal([
      [0, 12],
      [12, 14],
    ]);
  });

  it('runs no more attempts at once than it may, in order', () => {
    const records = Array.from({length: 100}, () => GET);
    const {send, of, machine} = begin({records, parallel: 3});
    for (let record = 0; record < 100; record += 1) {
      expect(of('start').map((start) => start.record)).to.deep.equal(
        Array.from({length: Math.min(record + 3, 100)}, (_, index) => index),
      );
      answer(send, record, 200, 1);
    }
    expect(machine.outcome?.result).to.equal('success');
  });

  it('says "quota-exceeded" when storage is full, and lets siblings be', () => {
    const machine = new JobMachine({records: [GET, GET], downloadTotal: 0});
    machine.handle({type: 'begin'}, 0);
    for (const record of [0, 1]) {
      machine.handle(
        {type: 'response', record, attempt: 1, head: head(200)},
        0,
      );
      machine.handle({type: 'chunk', record, attempt: 1, length: 5}, 0);
      machine.handle({type: 'body-ended', record, attempt: 1}, 0);
    }
    machine.handle({type: 'commit-failed', record: 1, reason: 'quota'}, 0);
    machine.handle({type: 'commit-failed', record: 1, reason: 'quota'}, 0);
    const effects = machine.handle({type: 'committed', record: 0}, 0);
    expect(machine.records.map(({result}) => result)).to.deep.equal([
      'success',
      'quota-exceeded',
    ]);
    expect(effects.at(-1)).to.deep.equal({
      type: 'conclude',
      result: 'failure',
      failureReason: 'quota-exceeded',
    });
  });

  it('runs nothing when an earlier worker had concluded', () => {
    const {machine, of} = begin({
      outcome: {result: 'failure', failureReason: 'bad-status'},
    });
    expect(of('start')).to.deep.equal([]);
    expect(of('conclude')).to.deep.equal([]);
    expect(machine.isActive).to.equal(false);
    expect(machine.snapshot.failureReason).to.equal('bad-status');
  });
});
