import type {LogEntry} from '../protocol/protocol.js';

/**
 * A pure fold over entries. `apply` returns the same reference when nothing in
 * the entries concerns it, so that a view can compare by identity. It takes a
 * whole batch, because copying a state once per batch instead of once per entry
 * is what makes 150,000 entries a second possible.
 */
export interface Projection<S> {
  readonly initial: S;
  readonly apply: (state: S, entries: readonly LogEntry[]) => S;
}

type StateOf<P> = {
  readonly [K in keyof P]: P[K] extends Projection<infer S> ? S : never;
};

/** Folds several projections side by side into one object of their states. */
export function combine<P extends Record<string, Projection<never>>>(
  projections: P,
): Projection<StateOf<P>> {
  const names: (keyof P)[] = Object.keys(projections);
  const collect = (read: (name: keyof P) => unknown): StateOf<P> =>
    Object.fromEntries(names.map((name) => [name, read(name)])) as StateOf<P>;
  return {
    initial: collect((name) => projections[name]?.initial),
    apply: (state, entries) => {
      const next = collect((name) =>
        projections[name]?.apply(state[name] as never, entries),
      );
      return names.every((name) => next[name] === state[name]) ? state : next;
    },
  };
}
