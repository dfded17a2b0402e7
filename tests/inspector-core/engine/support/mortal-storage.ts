import type {FetchStorage} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import type {Random} from '../../../../inspector-core/seams/random.js';

type Callable = (...args: unknown[]) => Promise<unknown>;

export interface MortalStorage {
  readonly storage: FetchStorage;
  readonly isDead: boolean;
  /** Those that are being answered. */
  readonly calls: number;
  /** Whether a call was not answered. */
  readonly isHanging: boolean;
  /** From now on nothing is done, and nothing heard. */
  kill(): void;
  /** The call that is so many from now on kills, before or after it is done. */
  killAt(calls: number): void;
  /** The call that is so many from now on is never answered, done or not. */
  hangAt(calls: number): void;
}

const never = new Promise<never>(() => {});

/** A worker's storage, as it is used until the worker is killed. */
export function makeMortal(
  storage: FetchStorage,
  random: Random,
): MortalStorage {
  const state = {
    isDead: false,
    calls: 0,
    untilDeath: Infinity,
    untilHang: Infinity,
  };
  const kill = (): void => {
    state.isDead = true;
  };
  const mortal = new Proxy(storage, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        if (state.isDead) return never;
        state.untilDeath -= 1;
        state.untilHang -= 1;
        const isLast = state.untilDeath === 0;
        const hangs = state.untilHang === 0;
        if ((isLast || hangs) && random() < 0.5) {
          if (isLast) kill();
          return never;
        }
        state.calls += 1;
        const result = await Promise.allSettled([
          (method as Callable)(...args),
        ]);
        state.calls -= 1;
        if (isLast) kill();
        if (hangs || state.isDead) return never;
        const [settled] = result;
        if (settled.status === 'rejected') throw settled.reason;
        return settled.value;
      };
    },
  });
  return {
    storage: mortal,
    get isDead() {
      return state.isDead;
    },
    get calls() {
      return state.calls;
    },
    get isHanging() {
      return state.untilHang <= 0;
    },
    kill,
    killAt(calls) {
      state.untilDeath = calls;
    },
    hangAt(calls) {
      state.untilHang = calls;
    },
  };
}
