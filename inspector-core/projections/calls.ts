import {BOUNDS, setBounded} from './bounds.js';
import {realmKey, type RealmKey} from './fetch-state.js';
import type {Projection} from './projection.js';
import type {CallState, CallsState} from './state.js';

/** Every call of the API, from its arguments to its outcome. */
export const calls: Projection<CallsState> = {
  initial: new Map(),
  apply: (state, entries) => {
    let next: Map<RealmKey, CallState> | undefined;
    for (const {source, at, fact} of entries) {
      if (fact.type === 'call-started') {
        const {call, invocation, stack} = fact;
        const key = realmKey(source.realm, call);
        const started: CallState = {
          key,
          realm: source.realm,
          at,
          invocation,
          ...(stack === undefined ? {} : {stack}),
        };
        next ??= new Map(state);
        setBounded(next, key, started, BOUNDS.calls);
      } else if (fact.type === 'call-settled') {
        const {call, duration, outcome} = fact;
        const key = realmKey(source.realm, call);
        const started = (next ?? state).get(key);
        if (started === undefined) continue;
        next ??= new Map(state);
        next.set(key, {...started, settledAt: at, duration, outcome});
      } else if (fact.type === 'log-cleared') {
        next = new Map(
          [...(next ?? state)].filter(([, call]) => call.outcome === undefined),
        );
      }
    }
    return next ?? state;
  },
};
