import {createEventLog, type EventLog} from '../../inspector-core/log/log.js';
import {
  inspectorProjection,
  type InspectorState,
} from '../../inspector-core/projections/projections.js';
import type {
  Fact,
  InspectorCommand,
  RealmEntry,
  Source,
} from '../../inspector-core/protocol/protocol.js';
import type {Inspector} from '../../inspector-core/store/inspector.js';
import {createStore} from '../../inspector-core/store/store.js';
import type {ScenarioEntry} from './scenario/scenario.js';

/** An inspector over a written log, that remembers what it was asked for. */
export interface StoryInspector extends Inspector {
  readonly log: EventLog<InspectorState>;
  readonly commands: readonly InspectorCommand[];
  append(entries: readonly ScenarioEntry[]): void;
}

export interface StoryOptions {
  readonly capacity?: number;
  /** What every command answers, when not success. */
  readonly refusal?: string;
}

const PANEL: Source = {kind: 'panel', realm: 'panel', url: ''};

/** Answers the panel's commands as a session does: with entries. */
export function createStoryInspector(
  entries: readonly ScenarioEntry[],
  {capacity = 200_000, refusal}: StoryOptions = {},
): StoryInspector {
  const log = createEventLog({capacity, base: inspectorProjection});
  appendAll(log, entries);
  const store = createStore(log, inspectorProjection);
  const commands: InspectorCommand[] = [];
  const tell = (fact: Fact): void => {
    const at = log.at(log.next - 1)?.at ?? 0;
    log.append(PANEL, [{seq: log.next, at, fact}]);
  };
  return {
    log,
    store,
    commands,
    append: (more) => appendAll(log, more),
    execute: async (command) => {
      commands.push(command);
      if (refusal !== undefined) return {ok: false, message: refusal};
      for (const fact of answer(command)) tell(fact);
      return {ok: true};
    },
  };
}

function answer(command: InspectorCommand): readonly Fact[] {
  switch (command.type) {
    case 'start-recording':
      return [
        {type: 'attachment-changed', state: 'attached'},
        {type: 'recording-changed', recording: true},
      ];
    case 'stop-recording':
      return [{type: 'recording-changed', recording: false}];
    case 'clear-log':
      return [{type: 'log-cleared'}];
    case 'request-wire-access':
      return [{type: 'wire-access-changed', origins: command.origins}];
    case 'set-route':
      return [{type: 'route-changed', route: command.route}];
    case 'set-conditions':
      return [{type: 'conditions-set', conditions: command.conditions}];
    case 'control-worker':
      return [{...command, type: 'worker-controlled'}];
    case 'control-fetch':
    case 'preserve-log':
      return [];
  }
}

/** Runs of one source become one batch, as they would on a channel. */
function appendAll(
  log: EventLog<InspectorState>,
  entries: readonly ScenarioEntry[],
): void {
  let run: RealmEntry[] = [];
  let source: Source | undefined;
  for (const each of entries) {
    if (source !== undefined && each.source !== source) {
      log.append(source, run);
      run = [];
    }
    source = each.source;
    run.push(each.entry);
  }
  if (source !== undefined) log.append(source, run);
}
