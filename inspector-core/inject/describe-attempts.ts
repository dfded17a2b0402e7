/** What the engine tells of its attempts, as facts, clipped to what is taken. */
import type {AttemptObserver} from '../engine/attempt-observer.js';
import {
  describeError,
  describeHeaderList,
  describeId,
  describeName,
  describeStatusLine,
  describeUrl,
} from '../hooks/describe.js';
import type {Fact} from '../protocol/protocol.js';

/** @param append must not throw */
export function describeAttempts(
  append: (fact: Fact) => void,
): AttemptObserver {
  return {
    started(attempt, {place, url, method}) {
      const {scope, id, fetch, record} = place;
      append({
        type: 'attempt-started',
        attempt,
        url: describeUrl(url),
        method: describeName(method),
        of: {
          id: describeId(id),
          scope: describeUrl(scope),
          fetch,
          index: record,
        },
      });
    },
    sent(attempt, list) {
      const headers = describeHeaderList(list);
      append({type: 'attempt-sent', attempt, headers});
    },
    responded(attempt, {status, statusText, headers}) {
      append({
        type: 'attempt-responded',
        attempt,
        status,
        statusLine: describeStatusLine(status, statusText),
        headers: describeHeaderList(headers),
      });
    },
    progressed(attempt, received) {
      append({type: 'attempt-progressed', attempt, received});
    },
    finished(attempt, received, error) {
      append({
        type: 'attempt-finished',
        attempt,
        received,
        ...(error !== undefined && {error}),
      });
    },
    faulted(error) {
      append({
        type: 'hook-faulted',
        where: 'engine',
        error: describeError(error),
      });
    },
  };
}
