import type {FetchState} from '../../inspector-core/projections/fetch-state.js';
import type {Subject} from './match-filter.js';

/** Whether its bytes still go up. */
export const isUploading = (fetch: FetchState): boolean =>
  fetch.phase === 'active' &&
  fetch.uploadTotal > 0 &&
  fetch.uploaded < fetch.uploadTotal;

/** Whether all is sent, and nothing of the answer has come. */
export const isAnswerAwaited = (fetch: FetchState): boolean =>
  fetch.phase === 'active' &&
  fetch.uploadTotal > 0 &&
  fetch.uploaded >= fetch.uploadTotal &&
  fetch.downloaded === 0;

const statesOf = (fetch: FetchState): readonly string[] => [
  fetch.phase === 'requested' ? 'active' : fetch.phase,
  ...(isUploading(fetch) ? ['uploading'] : []),
];

/** A fetch as a filter sees it. */
export const fetchSubject = (fetch: FetchState): Subject => ({
  text: () => [
    fetch.id,
    fetch.title ?? '',
    ...fetch.records.map((record) => record.request.url),
  ],
  bytes: () => fetch.downloaded + fetch.uploaded,
  values: (key) => {
    switch (key) {
      case 'id':
        return [fetch.id];
      case 'url':
        return fetch.records.map((record) => record.request.url);
      case 'status':
        return fetch.records.flatMap(({response}) =>
          response === undefined ? [] : [String(response.status)],
        );
      case 'method':
        return fetch.records.map((record) => record.request.method);
      case 'is':
        return statesOf(fetch);
      case 'reason':
        return fetch.failureReason === undefined ? [] : [fetch.failureReason];
      case 'route':
        return [fetch.route];
      case 'scope':
        return fetch.scope === undefined ? [] : [fetch.scope];
      case 'source':
      case 'type':
        return undefined;
    }
  },
});
