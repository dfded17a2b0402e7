/**
 * Progress, of fetches and of attempts, comes in thousands: a batch carries it as
 * rows, a fifth of the text that the same entries have as objects. On a debugger
 * binding, which costs by the byte, that is most of the cost of an entry.
 */
import type {
  BackgroundFetchFailureReason,
  BackgroundFetchResult,
} from '../platform/background-fetch.js';
import type {RegistrationProgressed} from './call-facts.js';
import type {RegistrationRef} from './describe.js';
import type {Batch, RealmEntry} from './entry.js';
import {placeIn, withoutPrototype} from './lists.js';

/** Their places stand for them in a row. Only ever append. */
export const RESULTS = [
  '',
  'success',
  'failure',
] as const satisfies readonly BackgroundFetchResult[];

export const FAILURE_REASONS = [
  '',
  'aborted',
  'bad-status',
  'fetch-error',
  'quota-exceeded',
  'download-total-exceeded',
] as const satisfies readonly BackgroundFetchFailureReason[];

/** A `registration-progressed` entry. */
export type ProgressRow = readonly [
  seq: number,
  at: number,
  /** Place in the batch's `registrations`. */
  registration: number,
  uploadTotal: number,
  uploaded: number,
  downloadTotal: number,
  downloaded: number,
  result: number,
  failureReason: number,
  recordsAvailable: 0 | 1,
];

/** An `attempt-progressed` entry. */
export type AttemptRow = readonly [
  seq: number,
  at: number,
  attempt: string,
  received: number,
];

/** A batch as it is on a channel. */
export interface WireBatch extends Omit<Batch, 'entries'> {
  readonly entries: readonly (RealmEntry | ProgressRow | AttemptRow)[];
  readonly registrations: readonly RegistrationRef[];
}

/** Registrations that a row is compared with, newest first. */
const LOOK_BACK = 16;

/**
 * Packs a batch. Runs in other people's pages, so it calls no method that a page
 * may have replaced; what it assigns to has no prototype with setters.
 */
export function packBatch({entries, ...rest}: Batch): WireBatch {
  const packed: WireBatch['entries'][number][] = withoutPrototype([]);
  const registrations: RegistrationRef[] = withoutPrototype([]);
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry === undefined) continue;
    packed[packed.length] = packEntry(entry, registrations);
  }
  return {...rest, entries: packed, registrations};
}

function packEntry(
  entry: RealmEntry,
  registrations: RegistrationRef[],
): WireBatch['entries'][number] {
  const {seq, at, fact} = entry;
  switch (fact.type) {
    case 'registration-progressed':
      return packRow(entry, fact, registrations);
    case 'attempt-progressed':
      return [seq, at, fact.attempt, fact.received];
    default:
      return entry;
  }
}

function packRow(
  {seq, at}: RealmEntry,
  {registration, snapshot}: RegistrationProgressed,
  registrations: RegistrationRef[],
): ProgressRow {
  return [
    seq,
    at,
    placeOf(registration, registrations),
    snapshot.uploadTotal,
    snapshot.uploaded,
    snapshot.downloadTotal,
    snapshot.downloaded,
    placeIn(RESULTS, snapshot.result) ?? 0,
    placeIn(FAILURE_REASONS, snapshot.failureReason) ?? 0,
    snapshot.recordsAvailable ? 1 : 0,
  ];
}

/** The hooks use one object for one registration, so identity will do. */
function placeOf(
  registration: RegistrationRef,
  registrations: RegistrationRef[],
): number {
  const {length} = registrations;
  const end = length > LOOK_BACK ? length - LOOK_BACK : 0;
  for (let index = length - 1; index >= end; index -= 1) {
    if (registrations[index] === registration) return index;
  }
  registrations[length] = registration;
  return length;
}
