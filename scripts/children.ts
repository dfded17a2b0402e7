import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it leads a process group of its own. */
  readonly detached?: boolean;
}

/** Programs that run for us, and not longer than we do. */
export interface Children {
  /** Starts one; its fourth channel is read by us, the others by nobody. */
  readonly start: (
    command: string,
    args: readonly string[],
    options?: StartOptions,
  ) => ChildProcess;
  /** Ends them, the last one first. Resolves when they are gone. */
  readonly end: () => Promise<void>;
}

export function keepChildren(): Children {
  const children: ChildProcess[] = [];
  const stop = (): void => {
    for (const child of children.toReversed()) child.kill();
  };
  const stopBySignal = (signal: NodeJS.Signals): void => {
    forget();
    stop();
    // As it would have ended without us, unless somebody else sees to that.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = (): void => {
    process.off('exit', stop);
    for (const signal of SIGNALS) process.off(signal, stopBySignal);
  };
  process.once('exit', stop);
  for (const signal of SIGNALS) process.once(signal, stopBySignal);
  return {
    start(command, args, {env, detached = false} = {}) {
      const child = spawn(command, [...args], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        env: {...process.env, ...env},
        detached,
      });
      children.push(child);
      return child;
    },
    async end() {
      stop();
      await Promise.all(children.map(whenExited));
      forget();
    },
  };
}

/** Resolves when it is gone, if it is not yet. */
export async function whenExited(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, 'exit');
  }
}
