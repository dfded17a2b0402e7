/** To the letter of the text; where the text leaves us alone, as it must mean. */
import {requestMatchesCachedItem} from '../algorithms/request-matches-cached-item.js';
import type {Profile} from './profile.js';

const REMOVED_HEADERS = ['content-range', 'content-length'];

export const SPEC: Profile = {
  name: 'spec',
  records: {
    // The text sets no limit; sockets and memory do.
    parallel: 16,
    reasonOf: 'first-in-time',
    immediate: ['download-total-exceeded'],
    countsFailedBytes: true,
  },
  fetches: {
    checks: ['permission', 'worker', 'id', 'space'],
    most: Infinity,
    // "If permission is "denied", then reject with a NotAllowedError."
    denial: (message) => new DOMException(message, 'NotAllowedError'),
    oneAtATime: false,
    // Some twenty a second, as the eye sees it.
    progressInterval: 50,
    tellsLastProgress: true,
    matches: requestMatchesCachedItem,
    streams: true,
    keepsSentBodies: true,
  },
  surface: {
    admitCall: () => {},
    admitSource: () => {},
    admitRequest: ({mode}) => {
      // "If internalRequest's mode is "no-cors", … TypeError."
      if (mode !== 'no-cors') return;
      throw new TypeError('A background fetch cannot be "no-cors".');
    },
    readsIconLabels: true,
    refusesForbidden: false,
    prepare: (request) => request,
    isNewEachTime: false,
    showIds: (ids) => [...ids],
    showRequest: (request) => request,
    // "… with `Content-Range` and `Content-Length` removed."
    showHead: (head) => ({
      ...head,
      headers: head.headers.filter(
        ([name]) => !REMOVED_HEADERS.includes(name.toLowerCase()),
      ),
    }),
    dropsEmptyBodies: false,
    updatesMadeEvents: false,
  },
};
