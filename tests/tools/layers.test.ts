import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findForbidden} from '../../scripts/layers.js';

test('allows what the table allows', () => {
  const source = [
    "import type {Fact} from '../protocol/protocol.js';",
    "import {RealmLog} from '../log/log.js';",
    "export * from './patch.js';",
  ].join('\n');
  assert.deepEqual(findForbidden('inspector-core/hooks/a.ts', source), []);
});

test('forbids an edge that runs against the flow', () => {
  const found = findForbidden(
    'inspector-core/log/a.ts',
    "import {fetches} from '../projections/fetches.js';",
  );
  assert.equal(found.length, 1);
  assert.match(found[0] ?? '', /imports inspector-core\/projections\/fetches/);
});

test('forbids a package that must not run in other people’s pages', () => {
  for (const statement of [
    "import {html} from 'lit';",
    "import 'rxjs';",
    "export {x} from '@scope/package/deep.js';",
    "const later = await import('comlink');",
    "import {\n  a,\n  b,\n} from 'valibot';",
  ]) {
    const found = findForbidden('inspector-core/hooks/a.ts', statement);
    assert.equal(found.length, 1, statement);
  }
});

test('wants every folder in the table', () => {
  assert.match(
    findForbidden('inspector-core/new/a.ts', '')[0] ?? '',
    /is in no layer/,
  );
});
