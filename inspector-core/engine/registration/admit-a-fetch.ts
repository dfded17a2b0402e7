// https://wicg.github.io/background-fetch/#dom-backgroundfetchmanager-fetch
import type {FetchCheck, FetchRules} from '../profile/fetch-rules.js';
import type {CallVerdict} from '../../seams/verdict.js';
import {
  makeIoError,
  makeNoWorkerError,
  makeQuotaExceededError,
  makeTakenError,
} from './errors.js';

/** What a new fetch is checked against. */
export interface Circumstances {
  readonly permission: () => Promise<PermissionState>;
  readonly hasActiveWorker: () => boolean;
  /** Bytes that may be stored yet; undefined where the browser does not say. */
  readonly availableSpace: () => Promise<number | undefined>;
  readonly isTaken: (id: string) => boolean;
  /** The active fetches of this origin. */
  readonly count: () => Promise<number>;
}

interface Wanted {
  readonly id: string;
  readonly downloadTotal: number;
}

type Check = (
  circumstances: Circumstances,
  rules: FetchRules,
  wanted: Wanted,
) => Promise<void>;

/** What a call is rejected with: by a check, by storage, or by a rule. */
const REFUSALS = {
  'permission-denied': (denial: FetchRules['denial']) =>
    denial('This origin does not have permission to start a fetch.'),
  'quota-exceeded': () => makeQuotaExceededError(),
  'too-many-fetches': () =>
    new TypeError('There are too many active fetches for this origin.'),
  'storage-error': () => makeIoError(),
} as const satisfies Readonly<
  Record<CallVerdict, (denial: FetchRules['denial']) => Error>
>;

/** As the browser refuses a call of its own, where a verdict wants it to. */
export const makeNativeRefusal = (verdict: CallVerdict): Error =>
  REFUSALS[verdict]((message) => new TypeError(message));

const CHECKS: Readonly<Record<FetchCheck, Check>> = {
  async permission({permission}, {denial}) {
    // "If permission is "denied", then reject with a NotAllowedError."
    if ((await permission()) !== 'denied') return;
    throw REFUSALS['permission-denied'](denial);
  },
  async worker({hasActiveWorker}) {
    // "If registration's active worker is null, reject with a TypeError."
    if (!hasActiveWorker()) throw makeNoWorkerError();
  },
  async id({isTaken}, _rules, {id}) {
    // "If bgFetchMap[id] exists, reject with a TypeError."
    if (isTaken(id)) throw makeTakenError();
  },
  async space({availableSpace}, _rules, {downloadTotal}) {
    // Deviation: the text checks no space here; its tests, and Chromium, do.
    // For what takes none, it is not even asked: that takes a while.
    if (downloadTotal === 0) return;
    const space = await availableSpace();
    if (space === undefined || downloadTotal <= space) return;
    throw REFUSALS['quota-exceeded']();
  },
  async limit({count}, {most}) {
    if ((await count()) < most) return;
    throw REFUSALS['too-many-fetches']();
  },
};

/**
 * Throws what a new fetch is refused for, in the order of the rules.
 *
 * @param verdict what it is to be refused for, whatever else speaks against it
 */
export async function admitAFetch(
  circumstances: Circumstances,
  rules: FetchRules,
  wanted: Wanted,
  verdict?: CallVerdict,
): Promise<void> {
  if (verdict !== undefined) throw REFUSALS[verdict](rules.denial);
  for (const check of rules.checks) {
    await CHECKS[check](circumstances, rules, wanted);
  }
}
