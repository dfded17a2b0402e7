import type {FetchState} from '../../inspector-core/projections/fetch-state.js';
import type {
  CallsState,
  CallState,
} from '../../inspector-core/projections/state.js';

/** Calls on or about a fetch that are still known. */
export const callsOf = (
  fetch: FetchState,
  calls: CallsState,
): readonly CallState[] =>
  fetch.calls.flatMap((key) => {
    const call = calls.get(key);
    return call === undefined ? [] : [call];
  });
