import {readdirSync, readFileSync} from 'node:fs';

/** A process and all that it started, by their ids. Linux only. */
function listTree(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    // "id (name) state parent …": a name may have anything in it.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree: number[] = [];
  const queue = [root];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    tree.push(id);
    queue.push(...(children.get(id) ?? []));
  }
  return tree;
}

/**
 * Bytes of memory that a process and all that it started hold: their own, and
 * their shares of what is shared. Not what they mapped of files.
 */
export function measureMemory(root: number): number {
  let kilobytes = 0;
  for (const id of listTree(root)) {
    const rollup = read(`/proc/${id}/smaps_rollup`);
    for (const name of ['Pss_Anon', 'Pss_Shmem']) {
      const [, value = '0'] =
        new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup) ?? [];
      kilobytes += Number(value);
    }
  }
  return kilobytes * 1_024;
}

/** Empty for a process that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
