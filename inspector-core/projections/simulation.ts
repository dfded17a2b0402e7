import {isSimulation} from '../conditions/is-simulation.js';
import type {
  ConditionsChanged,
  ConditionsFile,
  EpochMs,
  LogEntry,
  RealmId,
} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import type {Projection} from './projection.js';
import type {Outage, SimulationState, WorkerConditions} from './state.js';

/** What is simulated, since when, and what came of it. */
export const simulation: Projection<SimulationState> = {
  initial: {
    since: undefined,
    isSet: false,
    rules: [],
    workers: new Map(),
    fired: new Map(),
    changes: [],
    outages: [],
  },
  apply: (state, entries) => entries.reduce(fold, state),
};

function fold(state: SimulationState, entry: LogEntry): SimulationState {
  const {at, fact, source} = entry;
  switch (fact.type) {
    case 'conditions-set': {
      const {conditions} = fact;
      const isSet = isSimulation(conditions);
      const {rules = []} = conditions;
      // As in the workers, rules that are set once more go on counting.
      const goesOn =
        isSet && JSON.stringify(rules) === JSON.stringify(state.rules);
      const fired = goesOn ? state.fired : new Map<number, number>();
      const now = describe(conditions, isSet);
      // Until a worker says that it is under something else. What is over for the
      // panel goes on until they say that it is.
      const workers = isSet
        ? new Map(
            [...state.workers].map(([realm, {isOnline}]) => [
              realm,
              {...now, isOnline},
            ]),
          )
        : state.workers;
      const set = {...state, isSet, rules, fired, workers};
      return follow(note(set, at, now), at);
    }
    case 'conditions-changed': {
      const {type: _, ...now} = fact;
      return follow(note(tell(state, source.realm, now), at, now), at);
    }
    case 'online-changed': {
      const known = state.workers.get(source.realm) ?? UNTOLD;
      const now = {...known, isOnline: fact.isOnline};
      return follow(tell(state, source.realm, now), at);
    }
    case 'rule-fired': {
      // A page can forge one; the panel has no rule of such a number.
      if (fact.rule >= BOUNDS.rules) return state;
      const fired = new Map(state.fired);
      fired.set(fact.rule, (fired.get(fact.rule) ?? 0) + 1);
      return {...state, fired};
    }
    case 'realm-closed': {
      if (!state.workers.has(fact.realm)) return state;
      const workers = new Map(state.workers);
      workers.delete(fact.realm);
      return follow({...state, workers}, at);
    }
    case 'log-cleared':
      return {
        ...state,
        changes: state.changes.slice(-1),
        outages: state.outages.filter(({to}) => to === undefined),
      };
    default:
      return state;
  }
}

/** Until a worker has said more. */
const UNTOLD: WorkerConditions = {
  isActive: true,
  isOnline: true,
  profile: '',
  rules: 0,
};

const tell = (
  state: SimulationState,
  realm: RealmId,
  now: WorkerConditions,
): SimulationState => ({
  ...state,
  workers: new Map(state.workers).set(realm, now),
});

function describe(
  {profile, offline, rules = [], schedule}: ConditionsFile,
  isActive: boolean,
): Omit<ConditionsChanged, 'type'> {
  return {
    isActive,
    isOnline: offline !== true,
    profile: typeof profile === 'string' ? profile : (profile?.name ?? ''),
    rules: rules.length,
    ...(schedule === undefined ? {} : {schedule: schedule.name}),
  };
}

/** Several workers say the same of one change; it is one. */
function note(
  state: SimulationState,
  at: EpochMs,
  {isActive, profile, rules, schedule}: Omit<ConditionsChanged, 'type'>,
): SimulationState {
  const last = state.changes.at(-1);
  const isSame =
    (last?.isActive ?? false) === isActive &&
    (!isActive ||
      (last?.profile === profile &&
        last.rules === rules &&
        last.schedule === schedule));
  if (isSame) return state;
  const change = {
    at,
    isActive,
    profile,
    rules,
    ...(schedule === undefined ? {} : {schedule}),
  };
  const changes = pushBounded(state.changes, change, BOUNDS.simulation);
  return {...state, changes};
}

/** Brings up to date what depends on all workers and the setting together. */
function follow(state: SimulationState, at: EpochMs): SimulationState {
  const workers = [...state.workers.values()];
  const isActive = state.isSet || workers.some((worker) => worker.isActive);
  const isOffline = workers.some(({isOnline}) => !isOnline);
  return {
    ...state,
    since: isActive ? (state.since ?? at) : undefined,
    outages: outagesOf(state.outages, isOffline, at),
  };
}

function outagesOf(
  outages: readonly Outage[],
  isOffline: boolean,
  at: EpochMs,
): readonly Outage[] {
  const last = outages.at(-1);
  const isOpen = last !== undefined && last.to === undefined;
  if (isOpen === isOffline) return outages;
  return isOpen
    ? [...outages.slice(0, -1), {...last, to: at}]
    : pushBounded(outages, {from: at}, BOUNDS.simulation);
}
