import {expect} from '@esm-bundle/chai';
import {
  createConditions,
  createManualClock,
  type Rule,
} from '../../../../inspector-core/conditions/conditions.js';
import {attempt, contextOf} from '../support/download.js';
import {makeFile, makeServer} from '../support/made-up-server.js';
import {commitOf, makeStorage} from '../support/made-up-storage.js';

const KEY = 7;

const nameOf = (storing: Promise<void>): Promise<string> =>
  storing.then(
    () => 'stored',
    (error: unknown) => (error as Error).name,
  );

/** Storage under a rule, which a request of each of these records has met. */
async function underRule(rule: Rule, records: readonly number[]) {
  const clock = createManualClock();
  const conditions = createConditions({clock, rules: [rule]});
  const network = conditions.shapeNetwork(makeServer(makeFile(10)));
  for (const record of records) {
    await attempt(clock, network, contextOf({key: KEY, record}));
  }
  return conditions.shapeStorage(makeStorage());
}

describe('Storage under a rule', () => {
  const rule: Rule = {
    effect: {type: 'quota-exceeded'},
    match: {record: 1},
    trigger: {at: 'byte', byte: 5},
  };

  it('fails the next commit that the rule chose, and no other', async () => {
    const storage = await underRule(rule, [0, 1]);
    const first = commitOf({record: 0, to: 1});
    const second = commitOf({record: 1, to: 2});
    expect(await nameOf(storage.commit(KEY, first))).to.equal('stored');
    expect(await nameOf(storage.commit(KEY, second))).to.equal(
      'QuotaExceededError',
    );
    expect(await nameOf(storage.commit(KEY, second))).to.equal('stored');
    expect(storage.count()).to.equal(2);
  });

  it('fails no commit of another fetch, nor of a later one of the id', async () => {
    const storage = await underRule(rule, [1]);
    const commit = commitOf({record: 1, to: 2});
    expect(await nameOf(storage.commit(KEY + 1, commit))).to.equal('stored');
    await storage.delete(KEY);
    expect(await nameOf(storage.commit(KEY, commit))).to.equal('stored');
  });
});

describe('A quota', () => {
  const limit = (quota: number) => {
    const clock = createManualClock();
    const conditions = createConditions({clock, quota});
    const storage = conditions.shapeStorage(makeStorage());
    const commit = (parts: Parameters<typeof commitOf>[0], key = KEY) =>
      nameOf(storage.commit(key, commitOf(parts)));
    return {conditions, storage, commit};
  };

  it('is of all that is stored, requests’ bodies too', async () => {
    const {conditions, storage, commit} = limit(10);
    await storage.appendToBody(KEY, 0, 0, {length: 3});
    expect(await commit({to: 4})).to.equal('stored');
    expect(await commit({from: 4, to: 8})).to.equal('QuotaExceededError');
    expect(await commit({record: 1, to: 3}, KEY + 1)).to.equal('stored');
    await storage.delete(KEY + 1);
    expect(await commit({from: 4, to: 7})).to.equal('stored');
    expect(await nameOf(storage.appendToBody(KEY, 1, 0, {length: 1}))).to.equal(
      'QuotaExceededError',
    );
    expect(await commit({from: 7, to: 7})).to.equal('stored');
    await storage.delete(KEY);
    expect(conditions.state.quota).to.equal(10);
    expect(await commit({to: 10}, KEY + 2)).to.equal('stored');
  });

  it('has room again when a response begins anew', async () => {
    const {storage, commit} = limit(10);
    await storage.appendToBody(KEY, 0, 0, {length: 2});
    for (const generation of [1, 2, 3]) {
      expect(await commit({generation, to: 6})).to.equal('stored');
    }
    expect(await commit({generation: 3, from: 6, to: 9})).to.equal(
      'QuotaExceededError',
    );
  });

  it('counts from when it is set', async () => {
    const {conditions, commit} = limit(10);
    expect(await commit({to: 10})).to.equal('stored');
    conditions.apply({version: 1, quota: 9});
    expect(await commit({from: 10, to: 19})).to.equal('stored');
    expect(await commit({from: 19, to: 20})).to.equal('QuotaExceededError');
  });
});
