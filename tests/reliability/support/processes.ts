import {execFile, type ChildProcess} from 'node:child_process';
import {promisify} from 'node:util';
import {eventually} from '../../extension/support/eventually.js';
import {whenExited} from '../../../scripts/children.js';

/** SIGKILL to a process that leads a group, and to all of that. */
export async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) throw new Error('It has no process.');
  const isLeader = process.platform !== 'win32';
  process.kill(isLeader ? -child.pid : child.pid, 'SIGKILL');
  await whenExited(child);
}

/** Those of a group whose command line has this in it, the oldest first. */
export async function listProcesses(
  {pid: group}: ChildProcess,
  part: string,
): Promise<readonly number[]> {
  const columns = 'pid=,pgid=,args=';
  const {stdout} = await promisify(execFile)('ps', ['-Awwo', columns]);
  return stdout
    .split('\n')
    .filter((line) => line.includes(part))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, leader]) => leader === group)
    .map(([pid = 0]) => pid)
    .toSorted((a, b) => a - b);
}

/** SIGKILL to each of them. Resolves when whoever started them knows. */
export async function killEach(pids: readonly number[]): Promise<void> {
  for (const pid of pids) send(pid, 'SIGKILL');
  await eventually(
    () => Promise.resolve(pids.filter((pid) => send(pid, 0))),
    (alive) => alive.length === 0,
    {what: 'the end of its processes'},
  );
}

/** Whether there was such a process, and be it one that nobody has buried yet. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
