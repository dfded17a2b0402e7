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

/** Folds several projections side by side into one object of their states. */
export function combine<S extends object>(projections: {
  readonly [K in keyof S]: Projection<S[K]>;
}): Projection<S> {
  const names = Object.keys(projections) as (keyof S)[];
  return {
    initial: Object.fromEntries(
      names.map((name) => [name, projections[name].initial]),
    ) as S,
    apply: (state, entries) => {
      const changes: Partial<S> = {};
      for (const name of names) {
        const next = projections[name].apply(state[name], entries);
        if (next !== state[name]) changes[name] = next;
      }
      return Object.keys(changes).length === 0 ? state : {...state, ...changes};
    },
  };
}
