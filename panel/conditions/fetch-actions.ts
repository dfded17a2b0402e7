/** What can be done to a fetch, as menus and buttons offer it. */
import {
  isOver,
  isPaused,
  type FetchState,
} from '../../inspector-core/projections/fetch-state.js';
import {
  WORKER_ACTIONS,
  type FetchAction,
  type InspectorCommand,
  type WorkerAction,
} from '../../inspector-core/protocol/protocol.js';

/** A command that a user can give, or why it cannot be carried out now. */
export interface Action {
  readonly name: string;
  readonly label: string;
  readonly command: InspectorCommand;
  /** Absent: it can. A sentence. */
  readonly whyNot?: string;
}

const NATIVE =
  'The browser carries this fetch out, and lets nobody but its user do this. Route new fetches to the engine.';
const NO_SCOPE = 'Its service worker is not known yet: fetch() was not seen.';
const OVER = 'It is over.';
const NOT_BEGUN = 'fetch() has not settled yet.';

/** Pause or resume, abort and click: as the browser's own interface has them. */
export function userActions(fetch: FetchState): readonly Action[] {
  return [
    control(
      fetch,
      isPaused(fetch) ? 'resume' : 'pause',
      isPaused(fetch) ? 'Resume' : 'Pause',
      pauseRefusal(fetch),
    ),
    control(fetch, 'abort', 'Abort', goesOn(fetch)),
    control(fetch, 'click', 'Click', goesOn(fetch) ?? nativeRefusal(fetch)),
  ];
}

/** The final events once more, for tests of handlers. */
export function dispatchActions(fetch: FetchState): readonly Action[] {
  const whyNot =
    nativeRefusal(fetch) ??
    (fetch.phase === 'requested'
      ? NOT_BEGUN
      : fetch.phase === 'rejected'
        ? 'fetch() was rejected: there never was a background fetch.'
        : undefined);
  return [
    control(fetch, 'dispatch-success', 'Dispatch success again', whyNot),
    control(fetch, 'dispatch-fail', 'Dispatch fail again', whyNot),
    control(fetch, 'dispatch-abort', 'Dispatch abort again', whyNot),
  ];
}

const WORKER_LABELS: Readonly<Record<WorkerAction, string>> = {
  'kill-worker': 'Kill the service worker',
  'restart-browser': 'Restart “the browser”',
  'clear-storage': 'Clear emulated fetches and their storage',
};

/** What is done to a service worker and its storage. */
export const workerActions = (scope: string | undefined): readonly Action[] =>
  WORKER_ACTIONS.map((action) => ({
    name: action,
    label: WORKER_LABELS[action],
    command: {type: 'control-worker', scope: scope ?? '', action},
    ...(scope === undefined ? {whyNot: NO_SCOPE} : {}),
  }));

function control(
  {scope, id}: FetchState,
  action: FetchAction,
  label: string,
  refusal: string | undefined,
): Action {
  const whyNot = refusal ?? (scope === undefined ? NO_SCOPE : undefined);
  return {
    name: action,
    label,
    command: {type: 'control-fetch', scope: scope ?? '', id, action},
    ...(whyNot === undefined ? {} : {whyNot}),
  };
}

const nativeRefusal = ({route}: FetchState): string | undefined =>
  route === 'native' ? NATIVE : undefined;

function goesOn({phase}: FetchState): string | undefined {
  if (isOver(phase)) return OVER;
  return phase === 'requested' ? NOT_BEGUN : undefined;
}

function pauseRefusal(fetch: FetchState): string | undefined {
  const isUpload = fetch.records.some(({request}) => request.method !== 'GET');
  return (
    goesOn(fetch) ??
    nativeRefusal(fetch) ??
    (isUpload
      ? 'Only a fetch whose requests are all GET can be paused.'
      : undefined)
  );
}
