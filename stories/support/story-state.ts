import type {
  FetchState,
  InspectorState,
} from '../../inspector-core/projections/projections.js';
import type {DetailContext} from '../../panel/templates/detail-context.js';
import {sessionSpan} from '../../panel/elements/panel/view-model.js';
import {scenario} from './scenario/scenario.js';
import {scenarios, type ScenarioName} from './scenarios.js';
import {createStoryInspector, type StoryInspector} from './story-inspector.js';

/** A log played to its end, and what an element is given of it. */
export interface StoryState {
  readonly inspector: StoryInspector;
  readonly state: InspectorState;
  readonly fetches: readonly FetchState[];
  readonly context: DetailContext;
}

/** Plays one of the scenarios. */
export function playScenario(name: ScenarioName): StoryState {
  const inspector = createStoryInspector(scenario(scenarios[name]));
  const {state} = inspector.store;
  const newest = inspector.log.at(inspector.log.next - 1)?.at ?? 0;
  const {start, end} = sessionSpan(state, () => newest);
  return {
    inspector,
    state,
    fetches: [...state.fetches.all.values()],
    context: {state, now: end, origin: start, timeFormat: 'relative'},
  };
}
