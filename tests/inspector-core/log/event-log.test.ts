import {expect} from '@esm-bundle/chai';
import {createEventLog} from '../../../inspector-core/log/log.js';
import type {
  LogEntry,
  RealmEntry,
} from '../../../inspector-core/protocol/protocol.js';
import {source} from '../../support/entries.js';

const page = source('page');

const counting = {
  initial: 0,
  apply: (state: number, entries: readonly LogEntry[]) =>
    state + entries.length,
};

const entries = (from: number, count: number): RealmEntry[] =>
  Array.from({length: count}, (_, offset) => ({
    seq: from + offset,
    at: from + offset,
    fact: {type: 'realm-suspended'},
  }));

describe('EventLog', () => {
  it('numbers entries from 1 and keeps the number of their realm', () => {
    const log = createEventLog({capacity: 10, base: counting});
    log.append(page, entries(7, 2));
    expect(log.first).to.equal(1);
    expect(log.next).to.equal(3);
    expect(log.at(2)).to.include({index: 2, seq: 8, source: page});
    expect(log.at(3)).to.equal(undefined);
    expect(log.at(0)).to.equal(undefined);
  });

  it('folds the oldest entries into the base beyond its capacity', () => {
    const log = createEventLog({capacity: 100, base: counting});
    for (let index = 0; index < 1_000; index += 1) {
      log.append(page, entries(index + 1, 1));
      expect(log.next - log.first).to.be.at.most(100);
      expect(log.base + log.slice(log.first).length).to.equal(index + 1);
    }
    expect(log.base).to.be.at.least(900);
    expect(log.at(log.first)?.seq).to.equal(log.first);
  });

  it('takes a batch larger than its capacity', () => {
    const log = createEventLog({capacity: 10, base: counting});
    log.append(page, entries(1, 95));
    expect(log.next).to.equal(96);
    expect(log.slice(log.first).length).to.be.at.most(10);
    expect(log.base + log.slice(log.first).length).to.equal(95);
  });

  it('keeps fewer entries the longer they are, and the newest always', () => {
    const log = createEventLog({
      capacity: 1_000,
      weight: 100_000,
      base: counting,
    });
    for (let seq = 1; seq <= 500; seq += 1) {
      const realm = 'x'.repeat(seq < 500 ? 8_000 : 200_000);
      const fact = {type: 'realm-closed', realm, reason: 'crashed'} as const;
      log.append(page, [{seq, at: seq, fact}]);
      expect(log.next - log.first).to.be.at.most(12);
      expect(log.base + log.slice(log.first).length).to.equal(seq);
    }
    expect(log.slice(0).map(({seq}) => seq)).to.deep.equal([500]);
  });

  it('slices by index, whatever was folded before', () => {
    const log = createEventLog({capacity: 10, base: counting});
    log.append(page, entries(1, 25));
    const indices = log.slice(1, 22).map(({index}) => index);
    expect(indices[0]).to.equal(log.first);
    expect(indices.at(-1)).to.equal(21);
    expect(log.slice(23, 20)).to.deep.equal([]);
  });

  it('tells its listeners each batch until their signal aborts', () => {
    const log = createEventLog({capacity: 10, base: counting});
    const ended = new AbortController();
    const seen: number[] = [];
    log.subscribe((batch) => seen.push(batch.length), {signal: ended.signal});
    log.append(page, entries(1, 3));
    log.append(page, []);
    log.append(page, entries(4, 2));
    ended.abort();
    log.append(page, entries(6, 1));
    log.subscribe(() => seen.push(99), {signal: AbortSignal.abort()});
    log.append(page, entries(7, 1));
    expect(seen).to.deep.equal([3, 2]);
  });

  it('refuses a capacity that is no whole positive number', () => {
    for (const capacity of [0, -1, 1.5, Number.NaN]) {
      expect(() => createEventLog({capacity, base: counting})).to.throw(
        RangeError,
        'capacity must be a whole number',
      );
    }
  });
});
