import type {InspectorState} from '../../../inspector-core/projections/state.js';
import type {AttachmentChanged} from '../../../inspector-core/protocol/protocol.js';

/** Something that the user should know of beside what they look at. */
export interface StateNotice {
  readonly text: string;
  /** Whether attaching again would help. */
  readonly canAttach: boolean;
}

/** What is the matter while there are fetches to look at all the same. */
export function noticesOf(state: InspectorState): readonly StateNotice[] {
  const {attachment} = state.session;
  const isCut =
    attachment.state === 'detached' || attachment.state === 'refused';
  if (state.fetches.all.size > 0 && isCut) {
    const text = `${cutReason(attachment.reason)} What happens now is not recorded.`;
    return [{text, canAttach: true}];
  }
  return [lostWorker(state), missingEngine(state), lateHook(state)].flatMap(
    (text) => (text === undefined ? [] : [{text, canAttach: false}]),
  );
}

function cutReason(reason: AttachmentChanged['reason']): string {
  switch (reason) {
    case 'canceled-by-user':
      return 'Debugging was canceled from the browser’s banner.';
    case 'target-closed':
      return 'The inspected page was closed.';
    case 'restricted-page':
      return 'The page that is open now cannot be inspected.';
    case 'failed':
    case 'not-wanted':
    case undefined:
      return 'The inspector is not attached to the page.';
  }
}

/** A worker that crashed and has not started again. */
function lostWorker({realms}: InspectorState): string | undefined {
  const workers = [...realms.values()].filter(
    ({source}) => source.kind === 'service-worker',
  );
  const crashed = workers.findLast(
    ({closedBecause}) => closedBecause === 'crashed',
  );
  if (crashed === undefined) return undefined;
  const isBack = workers.some(
    ({phase, openedAt}) =>
      phase === 'open' && openedAt > (crashed.closedAt ?? 0),
  );
  return isBack
    ? undefined
    : 'The service worker crashed: its events are lost until it starts again. Reload the page to start it.';
}

/** Emulated fetches that nobody carries out: the worker is without the engine. */
function missingEngine({realms, fetches}: InspectorState): string | undefined {
  const hasWorker = [...realms.values()].some(
    ({source}) => source.kind === 'service-worker',
  );
  const isWaiting = [...fetches.all.values()].some(
    ({route, phase}) =>
      route === 'emulated' && (phase === 'requested' || phase === 'rejected'),
  );
  return isWaiting && !hasWorker
    ? 'Emulated fetches run in the service worker, and it has no engine. Load worker.js on its first line and update the worker; in DevTools, reload the page.'
    : undefined;
}

/** Fetches whose beginning nobody watched, in a page that may be reloaded. */
function lateHook({
  realms,
  fetches,
  session,
}: InspectorState): string | undefined {
  const isLate =
    session.attachment.state === 'attached' &&
    [...realms.values()].some(
      ({phase, timing, source}) =>
        phase === 'open' && timing === 'late' && source.kind === 'page',
    );
  return isLate &&
    [...fetches.all.values()].some(({startedBy}) => startedBy === undefined)
    ? 'Some fetches began before the inspector came: who started them is not known. Reload the page to see everything.'
    : undefined;
}
