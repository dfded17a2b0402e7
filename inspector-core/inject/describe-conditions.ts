/** What happens to a worker's conditions, as facts, clipped to what is taken. */
import type {Conditions} from '../conditions/conditions.js';
import {describeId, describeUrl} from '../hooks/describe.js';
import type {ConditionsChanged, Fact} from '../protocol/protocol.js';

/**
 * @param scope the worker's
 * @param append must not throw
 */
export function describeConditions(
  conditions: Conditions,
  scope: string,
  append: (fact: Fact) => void,
  signal: AbortSignal,
): void {
  if (conditions.isActive) append(describeState(conditions));
  conditions.subscribe(
    (event) => {
      switch (event.type) {
        case 'changed':
          append(describeState(conditions));
          return;
        case 'online-changed':
          append({type: 'online-changed', isOnline: event.isOnline});
          return;
        case 'rule-fired': {
          const {rule, effect, trigger, fetchId, record, attempt} = event;
          const name = conditions.state.rules[rule]?.name;
          append({
            type: 'rule-fired',
            rule,
            ...(name === undefined ? {} : {name}),
            effect,
            trigger,
            id: describeId(fetchId),
            scope: describeUrl(scope),
            ...(record === undefined ? {} : {record}),
            attempt,
          });
        }
      }
    },
    {signal},
  );
}

function describeState({state}: Conditions): ConditionsChanged {
  const {isActive, isOnline, current, rules, schedule} = state;
  return {
    type: 'conditions-changed',
    isActive,
    isOnline,
    profile: current.name,
    rules: rules.length,
    ...(schedule === undefined ? {} : {schedule: schedule.name}),
  };
}
