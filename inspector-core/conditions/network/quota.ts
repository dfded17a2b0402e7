import type {BodyBytes, StorageJudge} from './shape-storage.js';

/** Room for bytes, counted from when it was set. */
export interface Quota extends Pick<StorageJudge, 'occupy' | 'vacate'> {
  /** Bytes that there is room for yet; undefined: no limit. */
  readonly left: number | undefined;
  set(quota: number | undefined): void;
}

/** What is stored of one body: from where it counts, to where it goes. */
type Taken = Omit<BodyBytes, 'record'>;

export function createQuota(): Quota {
  let quota: number | undefined;
  /** By fetch and body. */
  const taken = new Map<number, Map<string, Taken>>();
  let sum = 0;
  return {
    get left() {
      return quota === undefined ? undefined : Math.max(0, quota - sum);
    },
    set(bytes) {
      quota = bytes;
      taken.clear();
      sum = 0;
    },
    occupy(key, {record, generation, from, to}) {
      if (quota === undefined) return true;
      const bodies = taken.get(key) ?? new Map<string, Taken>();
      const body = `${record}/${generation === 0 ? 'request' : 'response'}`;
      const before = bodies.get(body);
      // A response that begins anew takes the place of what there was of it.
      const goesOn = before?.generation === generation;
      const now = {generation, from: goesOn ? before.from : from, to};
      const more = lengthOf(now) - lengthOf(before);
      if (more > 0 && sum + more > quota) return false;
      sum += more;
      taken.set(key, bodies.set(body, now));
      return true;
    },
    vacate(key) {
      for (const body of taken.get(key)?.values() ?? []) sum -= lengthOf(body);
      taken.delete(key);
    },
  };
}

const lengthOf = (body: Taken | undefined): number =>
  body === undefined ? 0 : body.to - body.from;
