import {open, readdir} from 'node:fs/promises';
import {join} from 'node:path';

/** Where a database of SQLite says how long its pages are, and how many it has not in use. */
const SQLITE = {magic: 'SQLite format 3\0', pageSize: 16, freePages: 36};

/**
 * Bytes in use in all files of a folder, while others may write there: databases
 * keep what was freed in them, and take it again.
 */
export async function readSize(folder: string): Promise<number> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(({parentPath, name}) =>
        // It may be gone since it was listed.
        readSizeOf(join(parentPath, name)).catch(() => 0),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function readSizeOf(path: string): Promise<number> {
  const file = await open(path);
  try {
    const {size} = await file.stat();
    const {buffer} = await file.read(Buffer.alloc(100), 0, 100, 0);
    if (!buffer.toString('latin1').startsWith(SQLITE.magic)) return size;
    const pageSize = buffer.readUInt16BE(SQLITE.pageSize);
    // The largest does not fit into its place.
    const length = pageSize === 1 ? 2 ** 16 : pageSize;
    return size - length * buffer.readUInt32BE(SQLITE.freePages);
  } finally {
    await file.close();
  }
}
