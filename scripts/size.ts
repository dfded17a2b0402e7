/**
 * Prints what the injected scripts weigh, and fails above the budget: they are
 * loaded into every inspected page, frame and worker.
 */
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {buildInject} from './build.js';

/** Bytes, minified and gzipped. */
const BUDGET = 45_000;

await buildInject();
let over = false;
for (const name of ['page.js', 'worker.js', 'conditions.js']) {
  const path = new URL(`../dist/inject/${name}`, import.meta.url);
  const script = await readFile(fileURLToPath(path));
  const gzipped = gzipSync(script, {level: 9}).length;
  over ||= gzipped > BUDGET;
  console.log(
    `dist/inject/${name.padEnd(13)} ${kilobytes(script.length)} minified, ` +
      `${kilobytes(gzipped)} gzipped (budget ${kilobytes(BUDGET)})`,
  );
}
if (over) {
  console.error('To stay within the budget, leave something out of the hook.');
  process.exitCode = 1;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
}
