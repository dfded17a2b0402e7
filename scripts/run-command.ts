import {spawn} from 'node:child_process';
import {once} from 'node:events';

/**
 * Runs a command of the project with its output shown, and resolves with its
 * exit code. `npx` is not used: it would look on the network for what is not
 * installed.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {...process.env, ...env},
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** The path of a package's own command. */
export const bin = (name: string): string => `node_modules/.bin/${name}`;
