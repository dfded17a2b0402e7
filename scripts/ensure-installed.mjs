/**
 * Runs before `npm start` and `npm test`, so that a fresh clone needs one
 * command only. Plain JavaScript without imports of ours: nothing is installed
 * yet when it runs.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * `node_modules/.package-lock.json` is written last by npm, and only by an
 * install that went well: it tells a half-done folder from a whole one.
 */
function isInstalled() {
  const wanted = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(wanted).mtimeMs
  );
}

if (!isInstalled()) {
  console.log('Installing the dependencies (npm ci), once…');
  const {status, error} = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error !== undefined || status !== 0) {
    console.error(
      'The dependencies could not be installed: run "npm ci" in the project folder, mend what it reports, then try again.',
    );
    process.exit(1);
  }
}
