/** As Chromium does it: each line measured on version 156, unless it says else. */
import type {Profile} from './profile.js';
import {admitCall, admitRequest, admitSource} from './chromium/admit.js';
import {matches} from './chromium/matches.js';
import {prepare} from './chromium/prepare.js';
import {showHead, showIds, showRequest} from './chromium/show.js';

export const CHROMIUM: Profile = {
  name: 'chromium',
  records: {
    // Two requests run at a time; the others wait, with nothing to be seen.
    parallel: 2,
    // The reason is that of the first failed record in the order of the list.
    reasonOf: 'first-in-list',
    // Read in the source: a full quota ends the whole fetch, too.
    immediate: ['download-total-exceeded', 'quota-exceeded'],
    // `downloaded` falls back to the bytes of complete records, at an abort too.
    countsFailedBytes: false,
    downloads: {
      // These end at once; 304, 400, 410, 500 and 503 are asked for again.
      finalStatuses: [401, 403, 404],
      // Thirty requests of a server that always hangs up, in five bursts.
      resumptions: 5,
      // Five, 20 seconds apart, and 20 more before the failure is told.
      attempts: 5,
      delay: 20_000,
    },
  },
  fetches: {
    // A known id is told last, when there is room for another fetch at all.
    checks: ['worker', 'permission', 'limit', 'space', 'id'],
    // The sixth of an origin is refused.
    most: 5,
    // TypeError, where the text has NotAllowedError.
    denial: (message) => new TypeError(message),
    // One fetch of an origin downloads; the next ones wait for it to end.
    oneAtATime: true,
    // The first comes after half a second: a quick fetch has none …
    progressInterval: 500,
    // … but the one that brings the result.
    tellsLastProgress: false,
    matches,
    // `responseReady` resolves at the end of the record.
    streams: false,
    // Once there is a response, its record's request reads as if it was empty.
    keepsSentBodies: false,
  },
  surface: {
    admitCall,
    admitSource,
    admitRequest,
    // The label of an icon is not read.
    readsIconLabels: false,
    // A URL that CSP forbids rejects in `fetch()`.
    refusesForbidden: true,
    prepare,
    // No object of a fetch is ever given out twice.
    isNewEachTime: true,
    showIds,
    showRequest,
    showHead,
    // `body` is null of a response without bytes.
    dropsEmptyBodies: true,
    // `updateUI()` of an event that a script made resolves, once.
    updatesMadeEvents: true,
  },
};
