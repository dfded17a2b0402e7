import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

/**
 * Runs a command of the project with its output shown, and resolves with its
 * exit code. `npx` is not used: it would look on the network for what is not
 * installed. With a label, each line says whose it is: where several run at once.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  label?: string,
): Promise<number> {
  const output = label === undefined ? 'inherit' : 'pipe';
  const child = spawn(command, args, {
    stdio: ['ignore', output, output],
    env: {...process.env, ...env},
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface(stream).on('line', (line) => {
      console.log(`${label} │ ${line}`);
    });
  }
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** The path of a package's own command. */
export const bin = (name: string): string => `node_modules/.bin/${name}`;

/**
 * Node's arguments for its own test runner, before the files: one at a time, for
 * each of them has a browser.
 */
export const NODE_TEST: readonly string[] = [
  '--import',
  'tsx',
  '--test',
  '--test-concurrency=1',
  '--test-reporter=spec',
];
