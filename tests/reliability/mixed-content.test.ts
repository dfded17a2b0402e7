/** What a page of https must not load by http, and neither may its fetches. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assertIntact, onSite, whenEnded} from './support/on-site.js';
import {SELF_SIGNED} from './support/self-signed.js';
import {startFetch, type Plan} from './support/site-page.js';
import {startSite} from './support/site.js';

/** A host that is not this machine by its name, as browsers see it. */
const ELSEWHERE = 'elsewhere.test';

const SWITCHES = [
  '--ignore-certificate-errors',
  `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`,
];

const planFrom = (origin: string, id: string): Plan => ({
  id,
  files: [{origin, id, record: 0, size: 1_000}],
});

void test('mixed content is a fetch-error, and is not asked for', async () => {
  const other = await startSite();
  const mixed = new URL(other.url);
  mixed.hostname = ELSEWHERE;
  try {
    await onSite(
      async (scenery) => {
        const refused = planFrom(mixed.origin, 'mixed');
        assert.equal(await startFetch(scenery.page, refused), undefined);
        const {event, failureReason, records} = await whenEnded(
          scenery,
          refused,
        );
        assert.equal(event, 'backgroundfetchfail');
        assert.equal(failureReason, 'fetch-error');
        assert.deepEqual(
          records.map(({status}) => status),
          [0],
        );
        assert.equal(other.ledger.knows('mixed'), false);
        // The same server by its address, which may be trusted.
        const allowed = planFrom(other.url, 'local');
        assert.equal(await startFetch(scenery.page, allowed), undefined);
        await assertIntact(scenery, allowed);
        assert.equal(other.ledger.knows('local'), true);
      },
      {tls: SELF_SIGNED, switches: SWITCHES},
    );
  } finally {
    await other.close();
  }
});
