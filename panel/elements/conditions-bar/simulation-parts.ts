import type {
  SimulationState,
  WorkerConditions,
} from '../../../inspector-core/projections/state.js';
import {NO_THROTTLING} from '../../../inspector-core/conditions/profile/profile.js';
import type {ConditionsFile} from '../../../inspector-core/protocol/protocol.js';
import {
  formatConditions,
  formatCount,
  formatPlural,
  formatRuleName,
  visibleText,
} from '../../format/format.js';

/** What acts, and what came of it: the most urgent first. */
export function simulationParts(
  conditions: ConditionsFile,
  simulation: SimulationState,
): readonly string[] {
  const isOffline = [...simulation.workers.values()].some(
    ({isOnline}) => !isOnline,
  );
  return [
    ...(isOffline ? ['Offline now'] : []),
    ...(simulation.isSet ? [formatConditions(conditions)] : []),
    ...ownParts(simulation),
    ...overruledParts(conditions, simulation),
    ...firedParts(conditions, simulation),
    ...scheduleParts(conditions, simulation, isOffline),
  ];
}

/** What was set by somebody else is not in the panel's settings. */
function ownParts({isSet, workers}: SimulationState): readonly string[] {
  if (isSet) return [];
  const active = [...workers.values()].find(({isActive}) => isActive);
  if (active === undefined) return [];
  const rules =
    active.rules === 0 ? '' : `, ${formatPlural(active.rules, 'rule')}`;
  return [
    `${visibleText(active.profile, 80)}${rules}, set by the page or another panel`,
  ];
}

/** The last who sets anything in a worker has the say, whoever it is. */
function overruledParts(
  conditions: ConditionsFile,
  {isSet, workers}: SimulationState,
): readonly string[] {
  const isOverruled =
    isSet && [...workers.values()].some((told) => isOther(told, conditions));
  return isOverruled
    ? ['not in force: the page or another panel has set something else']
    : [];
}

/** A schedule changes the profile by itself, and not everything was told. */
const isOther = (
  {isActive, profile, rules, schedule}: WorkerConditions,
  wanted: ConditionsFile,
): boolean =>
  !isActive ||
  (profile !== '' &&
    (rules !== (wanted.rules ?? []).length ||
      schedule !== wanted.schedule?.name ||
      (schedule === undefined && profile !== nameOf(wanted))));

const nameOf = ({profile = NO_THROTTLING}: ConditionsFile): string =>
  typeof profile === 'string' ? profile : profile.name;

function firedParts(
  {rules = []}: ConditionsFile,
  {fired}: SimulationState,
): readonly string[] {
  const times = [...fired.values()].reduce((sum, count) => sum + count, 0);
  if (times === 0) return [];
  const [first, ...more] = fired.keys();
  const rule = first === undefined ? undefined : rules[first];
  return rule === undefined || more.length > 0
    ? [`rules fired ${formatCount(times)}×`]
    : [
        `“${visibleText(formatRuleName(rule), 60)}” fired ${formatCount(times)}×`,
      ];
}

/** A schedule begins with the first request under it. */
function scheduleParts(
  {schedule}: ConditionsFile,
  {workers}: SimulationState,
  isOffline: boolean,
): readonly string[] {
  if (schedule === undefined) return [];
  const own = [...workers.values()].find(
    ({schedule: name}) => name !== undefined,
  );
  if (own === undefined) return ['the schedule waits for a service worker'];
  return isOffline ? [] : [`schedule: ${visibleText(own.profile, 60)} now`];
}
