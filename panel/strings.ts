/**
 * The panel's words, in one place: sentence case, the API's own terms, and for
 * what went wrong always what to do next.
 */
import type {FetchPhase} from '../inspector-core/projections/fetch-state.js';

export const strings = {
  record: 'Record background fetches',
  stopRecording: 'Stop recording',
  clear: 'Clear the log',
  preserveLog: 'Preserve log',
  preserveLogHint: 'Keep what was recorded when the page navigates',
  filter: 'Filter',
  filterHint:
    'Filter by text, /regex/, -text, or key:value. Keys: id, url, status, is, method, reason, route, scope, source, type, larger-than',
  outcomes: 'Outcomes',
  shownOnly: (outcome: string) => `Only ${outcome.toLowerCase()} is shown`,
  views: 'Views',
  timeline: 'Timeline',
  treeWidth: 'Width of the tree',
  entries: 'Entries',
  route: 'Route of new fetches',
  routeNames: {
    auto: 'Route: auto',
    native: 'Route: native',
    emulated: 'Route: emulated',
  },
  routes: {
    auto: 'New fetches go to the browser where it has the API and no conditions apply, else to the engine.',
    native: 'New fetches go to the browser alone.',
    emulated:
      'New fetches go to the engine in the service worker, not to the browser.',
  },
  network: 'Network of emulated fetches',
  offline: 'Offline',
  offlineHint: 'Take the network away from emulated fetches, and give it back',
  rules: 'Rules and other conditions',
  conditionsAct: 'Conditions act:',
  editRules: 'Edit rules',
  backToNormal: 'Back to normal',
  nativeUnderConditions:
    'New fetches are the browser’s own, and most of this cannot act on them. It all acts on emulated ones.',
  nativeTabs:
    'Chrome tells background fetches by their origin, not by a tab: what other tabs of this origin fetch in the background is hit, too.',
  nativeClosed:
    'None of what acts on requests does, until the extension may reach',
  nativeOpen: 'Ask Chrome for access',
  forgetProfile: 'Forget',
  forgetProfileHint:
    'Takes this network out of the list. What holds goes on to hold.',
  ownProfiles: 'Your own',
  conditions: 'Conditions',
  rule: 'Rule',
  addRule: 'Add rule',
  saveRule: 'Save rule',
  cancel: 'Cancel',
  edit: 'Edit',
  duplicate: 'Duplicate',
  remove: 'Delete',
  moveUp: 'Move up (Alt ↑)',
  moveDown: 'Move down (Alt ↓)',
  importFile: 'Import',
  exportFile: 'Export',
  noRules:
    'No rules. A rule makes chosen requests fail, stall or slow down: by URL, fetch, record and attempt.',
  apply: 'Use it',
  onNative: 'On the browser’s own route:',
  useEmulated: 'Use emulated route',
  actions: 'Actions',
  moreActions: 'More actions',
  failThis: 'Fail this one…',
  goOffline: 'Go offline now',
  goOnline: 'Go online again',
  settings: 'Settings',
  help: 'Keyboard and filter help',
  zoomIn: 'Zoom in (+)',
  zoomOut: 'Zoom out (−)',
  fit: 'Fit the whole session (0)',
  follow: 'Follow (F)',
  followStopped: 'Not following new bytes.',
  resumeFollowing: 'Resume (F)',
  newestEntries: 'Newest entries (End)',
  close: 'Close',
  back: 'Back',
  dismiss: 'Dismiss',
  wireOffer:
    'To see each HTTP attempt with its headers, let the inspector read the network facts of this origin. Conditions on the native route need it, too.',
  wireButton: 'Show wire facts',
  attachAgain: 'Attach again',
  timeFormat: 'Times',
  timeFormats: {relative: 'Since the start', absolute: 'Time of day'},
} as const;

export const phaseNames: Readonly<Record<FetchPhase, string>> = {
  requested: 'requested',
  active: 'active',
  succeeded: 'success',
  failed: 'failed',
  aborted: 'aborted',
  rejected: 'rejected',
};

/** What a failure reason means, and what to look at. */
export const failureReasons = {
  aborted: 'The fetch was ended by abort() or from the browser’s own controls.',
  'bad-status':
    'A record was answered with a status outside 200–299. One such record fails the whole fetch: fetch it apart, or mend its URL.',
  'fetch-error':
    'A request failed below HTTP: the network, CORS, a redirect or a broken transfer. Its record says which.',
  'quota-exceeded':
    'The origin has no room left to store the responses. Free some storage, or fetch less at once.',
  'download-total-exceeded':
    'More bytes came than downloadTotal promised. Pass the true sum, or leave downloadTotal out.',
} as const;
