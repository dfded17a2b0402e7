import {isExposed} from '../algorithms/record-result.js';
import type {BodyCache} from './body-cache.js';
import {makeDroppedError} from './bucket.js';
import {whenSucceeded, type Database} from './database.js';
import {
  SMALLEST_CACHED,
  type BodyBytes,
  type FetchStorage,
  type StoredRecord,
} from './fetch-storage.js';
import {GroupCommit} from './group-commit.js';
import {partsBelow} from './key-ranges.js';
import {getRecord, getRow, requireOwner, type CachedPart} from './rows.js';
import {ALL_STORES, CACHED_PARTS, PARTS, RECORDS} from './schema.js';
import {withoutSlack} from './without-slack.js';

type Commit = Parameters<FetchStorage['commit']>[1];

/** A part of a body, as the database is to know it. */
type Kept = CachedPart | readonly Uint8Array<ArrayBuffer>[];

export interface CommitsOptions {
  readonly database: Database;
  /** Undefined where the browser has no place for it. */
  readonly bodies: BodyCache | undefined;
  /** Names this worker. */
  readonly owner: string;
  /** Bytes of the smallest part that is kept in the cache, if there is one. */
  readonly smallestCached?: number | undefined;
}

/** Of a Blob, where there is no cache. */
const LARGEST_ROW = 4 * 2 ** 20;

/**
 * Stores what records bring: parts are put side by side, and count one after the
 * other, as soon as the database names them.
 */
export class Commits {
  readonly #bodies: BodyCache | undefined;
  readonly #group: GroupCommit;
  readonly #owner: string;
  readonly #smallestCached: number;
  #lastName = 0;
  /** By fetch and record: its last commit. */
  readonly #last = new Map<string, Promise<void>>();

  constructor({
    database,
    bodies,
    owner,
    smallestCached = SMALLEST_CACHED,
  }: CommitsOptions) {
    this.#group = new GroupCommit(database, ALL_STORES);
    this.#bodies = bodies;
    this.#owner = owner;
    this.#smallestCached = smallestCached;
  }

  /** Commits that are not settled yet. */
  get size(): number {
    return this.#last.size;
  }

  /** Resolves when what was begun before is stored, or has failed. */
  async whenSettled(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }

  commit(
    key: number,
    commit: Commit,
    body: BodyBytes | undefined,
  ): Promise<void> {
    const {record, from, to, result} = commit;
    const id = `${key}/${record}`;
    const before = this.#last.get(id);
    const isReadable = isExposed(result);
    const hasBody = isReadable && body !== undefined && to > from;
    // Side by side: what is put now need not be looked for.
    const looking =
      isReadable && result !== '' ? this.#isWhole(key) : undefined;
    const keeping = hasBody ? this.#keep(key, body) : Promise.resolve([]);
    const committing = this.#commitAfter(
      before,
      looking,
      keeping,
      key,
      commit,
    ).finally(() => {
      if (this.#last.get(id) === committing) this.#last.delete(id);
    });
    this.#last.set(id, committing);
    return committing;
  }

  async #commitAfter(
    before: Promise<void> | undefined,
    looking: Promise<boolean> | undefined,
    keeping: Promise<Kept>,
    key: number,
    commit: Commit,
  ): Promise<void> {
    await Promise.allSettled([before, looking, keeping]);
    const kept = await keeping;
    try {
      const isWhole = (await looking) ?? true;
      await this.#free(key, await this.#write(key, commit, kept, isWhole));
    } catch (error) {
      if ('name' in kept) await this.#free(key, [kept]);
      throw error;
    }
  }

  /**
   * What the browser drops while a record is downloaded, nobody would miss until
   * it is read.
   */
  async #isWhole(key: number): Promise<boolean> {
    // What cannot be looked at is left as it is: its readers will see.
    return (await this.#bodies?.isWhole(key).catch(() => true)) ?? true;
  }

  async #keep(key: number, body: BodyBytes): Promise<Kept> {
    const bodies = this.#bodies;
    const length = body instanceof Blob ? body.size : body.length;
    if (bodies === undefined || length < this.#smallestCached) {
      return toRows(body);
    }
    this.#lastName += 1;
    const part = {name: `${this.#owner}/${this.#lastName}`, length};
    try {
      if (await bodies.put(key, part.name, body)) return part;
    } catch (error) {
      // It may be there all the same.
      await this.#free(key, [part]);
      throw error;
    }
    return toRows(body);
  }

  /** What cannot be freed now is freed by the next worker. */
  async #free(key: number, parts: readonly CachedPart[]): Promise<void> {
    const names = parts.map((part) => part.name);
    await this.#bodies?.remove(key, names).catch(() => {});
  }

  /**
   * Stores a record's progress; gives the parts that it makes redundant.
   *
   * @param isWhole whether what was put before is still there
   */
  #write(
    key: number,
    commit: Commit,
    kept: Kept,
    isWhole: boolean,
  ): Promise<readonly CachedPart[]> {
    return this.#group.write(async (transaction) => {
      const {record: index, generation, from, to, result} = commit;
      const [row, record] = await Promise.all([
        getRow(transaction, key),
        getRecord(transaction, key, index),
      ]);
      requireOwner(row, this.#owner);
      if (!isWhole) throw makeDroppedError();
      const isNew = generation > record.progress.generation;
      const isReadable = isExposed(result);
      if (isReadable && from !== (isNew ? 0 : record.progress.length)) {
        throw new Error(
          `Byte ${from} does not follow what is stored of record ${index}.`,
        );
      }
      const parts = transaction.objectStore(PARTS);
      const cached = transaction.objectStore(CACHED_PARTS);
      let redundant: readonly CachedPart[] = [];
      if (isNew || !isReadable) {
        const limit = isReadable ? generation : Infinity;
        const range = partsBelow(key, index, limit);
        redundant = await whenSucceeded<CachedPart[]>(cached.getAll(range));
        parts.delete(range);
        cached.delete(range);
      }
      const place = [key, index, generation];
      if ('name' in kept) {
        cached.put(kept, [...place, from]);
      } else {
        let at = from;
        for (const bytes of kept) {
          parts.put(bytes, [...place, at]);
          at += bytes.length;
        }
      }
      const {head, order, hasStarted} = commit;
      const changed: StoredRecord = {
        request: record.request,
        progress: {
          response: head,
          generation,
          length: to,
          result,
          order,
          hasStarted,
        },
      };
      await whenSucceeded(
        transaction.objectStore(RECORDS).put(changed, [key, index]),
      );
      return redundant;
    });
  }
}

async function toRows(
  body: BodyBytes,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  if (!(body instanceof Blob)) return [withoutSlack(body)];
  const rows: Promise<ArrayBuffer>[] = [];
  for (let from = 0; from < body.size; from += LARGEST_ROW) {
    rows.push(body.slice(from, from + LARGEST_ROW).arrayBuffer());
  }
  return (await Promise.all(rows)).map((row) => new Uint8Array(row));
}
