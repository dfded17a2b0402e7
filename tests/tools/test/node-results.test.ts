import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {test} from 'node:test';
import {readNodeResults} from '../../../scripts/test/node-results.js';
import type {Result} from '../../../scripts/test/results.js';

/** What Node's own runner and our reporter say of test files with these texts. */
async function resultsOf(
  files: Readonly<Record<string, string>>,
): Promise<readonly Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bgf-node-results-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text);
    }
    const reporter = resolve('scripts/test/report-node.mjs');
    const {stdout} = spawnSync(
      process.execPath,
      ['--test', `--test-reporter=${reporter}`, ...Object.keys(files)],
      // Inside a test, Node's runner would report to the one that runs it.
      {cwd: folder, encoding: 'utf8', env: {PATH: process.env['PATH']}},
    );
    return readNodeResults(stdout, folder);
  } finally {
    await rm(folder, {recursive: true});
  }
}

test('counts the tests of each file, and names those that fail', async () => {
  const results = await resultsOf({
    'a.test.mjs': `
      import {describe, it, test} from 'node:test';
      test('passes', () => {});
      test('fails', () => { throw new Error('the reason'); });
      test('is skipped', {skip: 'why'}, () => {});
      describe('a suite', () => {
        it('passes', () => {});
        it('fails', () => { throw new TypeError('another'); });
      });
      test('outer', async (t) => {
        await t.test('inner', () => { throw 'no error at all'; });
      });`,
    'b.test.mjs': `
      import {test} from 'node:test';
      test('passes', () => {});`,
  });
  assert.deepEqual(results, [
    {
      file: 'a.test.mjs',
      passed: 2,
      skipped: 1,
      failures: [
        {test: 'fails', message: 'the reason'},
        {test: 'a suite > fails', message: 'another'},
        {test: 'outer > inner', message: 'no error at all'},
      ],
    },
    {file: 'b.test.mjs', passed: 1, skipped: 0, failures: []},
  ]);
});

test('tells of files that do not load, or end too early', async () => {
  const results = await resultsOf({
    'does-not-load.test.mjs': `throw new Error('at once');`,
    'ends.test.mjs': `
      import {test} from 'node:test';
      test('passes', () => {});
      test('never ends', () => { process.exit(1); });`,
  });
  assert.deepEqual(
    results.map(({file, failures}) => [file, failures]),
    [
      ['does-not-load.test.mjs', [{test: 'the file', message: 'test failed'}]],
      ['ends.test.mjs', [{test: 'the file', message: 'test failed'}]],
    ],
  );
});
