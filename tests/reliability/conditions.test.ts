/** Conditions of a worker that is stopped: the next goes on counting. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ConditionsFile} from '../../inspector-core/conditions/conditions.js';
import {eventually} from '../extension/support/eventually.js';
import {stopWorkers} from './support/chromium.js';
import {MEBIBYTE} from './support/files.js';
import {assertDelivered, onSite} from './support/on-site.js';
import {readRemembered, startFetch, wakeWorker} from './support/site-page.js';

/** To a worker that counted from 1, each of its attempts would be the first. */
const STALLS = 2;

const conditions: ConditionsFile = {
  version: 1,
  rules: [
    {
      match: {attempt: {first: STALLS}},
      trigger: {at: 'byte', byte: MEBIBYTE, of: 'attempt'},
      effect: {type: 'stall'},
    },
  ],
};

void test('a rule of the first attempts knows those of stopped workers', () =>
  onSite(
    async ({site, page}) => {
      const id = 'counted';
      const file = {id, record: 0, size: 4 * MEBIBYTE + 77};
      const plan = {id, files: [file]};
      assert.equal(await startFetch(page, plan), undefined);
      for (let stalls = 1; stalls <= STALLS; stalls += 1) {
        await eventually(
          () => readRemembered(page),
          (remembered) => remembered?.fired[0] === stalls,
          {what: `stall ${stalls}`, within: 120_000},
        );
        await stopWorkers(page);
        await wakeWorker(page);
      }
      await assertDelivered({site, page}, plan);
      const remembered = await readRemembered(page);
      assert.deepEqual(remembered?.fired, [STALLS]);
      assert.deepEqual(remembered.calls, [[id, 1]]);
      assert.equal(site.ledger.lives, 1 + STALLS);
    },
    {conditions},
  ));
