import {expect} from '@esm-bundle/chai';
import type {BodyCache} from '../../../../inspector-core/engine/storage/body-cache.js';
import {Commits} from '../../../../inspector-core/engine/storage/commits.js';
import {
  Database,
  whenSucceeded,
} from '../../../../inspector-core/engine/storage/database.js';
import {SCHEMA_STEPS} from '../../../../inspector-core/engine/storage/schema.js';
import {rejection} from '../support/scripted.js';

const COMMIT = {
  record: 0,
  generation: 1,
  head: undefined,
  from: 0,
  to: 10,
  result: '',
  order: 0,
  hasStarted: false,
} as const;

/** A place for bodies that takes none. */
const FULL: BodyCache = {
  put: () => Promise.reject(new DOMException('', 'QuotaExceededError')),
  get: async () => undefined,
  names: async () => [],
  remove: async () => {},
  keys: async () => [],
  isWhole: async () => true,
  begin: () => {},
  delete: async () => {},
};

describe('Commits', () => {
  it('forgets a commit whose bytes could not be kept', async () => {
    const name = `commits-${Date.now()}`;
    const database = new Database({name, steps: SCHEMA_STEPS});
    const commits = new Commits({
      database,
      bodies: FULL,
      owner: 'worker',
      smallestCached: 1,
    });
    const committing = commits.commit(1, COMMIT, new Uint8Array(10));
    expect(commits.size).to.equal(1);
    expect(await rejection(committing)).to.match(/^QuotaExceededError/);
    expect(commits.size).to.equal(0);
    await database.close();
    await whenSucceeded(indexedDB.deleteDatabase(name));
  });
});
