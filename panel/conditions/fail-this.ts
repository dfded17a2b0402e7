import type {
  FetchState,
  RecordState,
} from '../../inspector-core/projections/fetch-state.js';
import type {Rule} from '../../inspector-core/protocol/protocol.js';
import {NEW_RULE} from './rule-draft.js';

/** A rule to begin with, for the fetch or the record that was pointed at. */
export const failThis = (
  fetch: FetchState,
  record: RecordState | undefined,
): Rule => ({
  match: {
    fetchId: fetch.id,
    ...(record === undefined
      ? {}
      : {record: record.index, url: exactly(record.request.url)}),
    attempt: {first: 1},
  },
  effect: NEW_RULE.effect,
});

/** As a pattern, in which some characters of a URL have a meaning. */
const exactly = (url: string): string =>
  (url.split('#', 1)[0] ?? '').replaceAll(/[\\*?+(){}:]/g, String.raw`\$&`);
