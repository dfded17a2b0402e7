import type {StorageJudge} from './shape-storage.js';

/** Room for bytes, counted from when it was set. */
export interface Quota extends Pick<StorageJudge, 'occupy' | 'vacate'> {
  /** Bytes that there is room for yet; undefined: no limit. */
  readonly left: number | undefined;
  set(quota: number | undefined): void;
}

export function createQuota(): Quota {
  let quota: number | undefined;
  /** By fetch: bytes stored since. */
  const taken = new Map<number, number>();
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
    occupy(key, count) {
      if (quota === undefined || count <= 0) return true;
      if (sum + count > quota) return false;
      sum += count;
      taken.set(key, (taken.get(key) ?? 0) + count);
      return true;
    },
    vacate(key) {
      sum -= taken.get(key) ?? 0;
      taken.delete(key);
    },
  };
}
