import type {LogEntry, RealmId} from '../protocol/protocol.js';
import {BOUNDS} from './bounds.js';
import type {Projection} from './projection.js';
import type {RealmState} from './state.js';

type Realms = ReadonlyMap<RealmId, RealmState>;

/** Every page, frame and worker that is or was watched. */
export const realms: Projection<Realms> = {
  initial: new Map(),
  apply: (state, entries) => entries.reduce(fold, state),
};

function fold(state: Realms, entry: LogEntry): Realms {
  const {source, at, fact} = entry;
  switch (fact.type) {
    case 'realm-opened': {
      const {type: _, ...opened} = fact;
      const realm: RealmState = {
        ...opened,
        source,
        phase: 'open',
        openedAt: at,
        handlers: {},
      };
      return forgetClosed(
        new Map(state).set(source.realm, realm),
        BOUNDS.closedRealms,
      );
    }
    case 'realm-suspended':
      return change(state, source.realm, () => ({phase: 'suspended'}));
    case 'realm-resumed':
      return resume(state, source.realm);
    case 'realm-closed':
      return change(state, fact.realm, ({phase}) =>
        // Hook and browser may both tell; the first one knew why.
        phase === 'closed'
          ? {}
          : {phase: 'closed', closedAt: at, closedBecause: fact.reason},
      );
    case 'handler-changed':
      return change(state, source.realm, ({handlers}) => {
        const step = fact.change === 'added' ? 1 : -1;
        const count = Math.max(0, (handlers[fact.event] ?? 0) + step);
        return {handlers: {...handlers, [fact.event]: count}};
      });
    case 'worker-state-changed':
      return source.kind === 'service-worker'
        ? change(state, source.realm, () => ({workerState: fact.state}))
        : state;
    case 'log-cleared':
      return forgetClosed(state, 0);
    default:
      return state;
  }
}

/** A page's unload is told even if it then goes into the back-forward cache. */
function resume(state: Realms, id: RealmId): Realms {
  const realm = state.get(id);
  if (realm === undefined) return state;
  const {closedAt: _at, closedBecause: _because, ...rest} = realm;
  return new Map(state).set(id, {...rest, phase: 'open'});
}

function change(
  state: Realms,
  id: RealmId,
  changes: (realm: RealmState) => Partial<RealmState>,
): Realms {
  const realm = state.get(id);
  if (realm === undefined) return state;
  return new Map(state).set(id, {...realm, ...changes(realm)});
}

function forgetClosed(state: Realms, keep: number): Realms {
  const closed = [...state].filter(([, {phase}]) => phase === 'closed');
  if (closed.length <= keep) return state;
  const next = new Map(state);
  for (const [id] of closed.slice(0, closed.length - keep)) next.delete(id);
  return next;
}
