import type {FetchStorage} from '../../../../inspector-core/engine/storage/fetch-storage.js';

/**
 * What befalls a call. When the worker is killed, nobody hears of the call any
 * more: it was done, or it was not.
 */
export type StorageFault = 'error' | 'quota' | 'killed before' | 'killed after';

export interface FaultyStorage {
  readonly storage: FetchStorage;
  readonly calls: number;
}

/** A storage whose `point`th call fails, or each from that one on. */
export function makeFaulty(
  storage: FetchStorage,
  {
    point,
    fault,
    always = false,
    onKill = () => {},
  }: {
    readonly point: number;
    readonly fault: StorageFault;
    readonly always?: boolean;
    readonly onKill?: () => void;
  },
): FaultyStorage {
  let calls = 0;
  const forever = new Promise<never>(() => {});
  const faulty = new Proxy(storage, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const method = member as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]): Promise<unknown> => {
        calls += 1;
        if (always ? calls < point : calls !== point) return method(...args);
        switch (fault) {
          case 'error':
            throw new DOMException('Injected.', 'UnknownError');
          case 'quota':
            throw new DOMException('Injected.', 'QuotaExceededError');
          case 'killed before':
            onKill();
            return forever;
          case 'killed after':
            await method(...args);
            onKill();
            return forever;
        }
      };
    },
  });
  return {
    storage: faulty,
    get calls() {
      return calls;
    },
  };
}
