import * as v from 'valibot';
import type {RegistrationRef} from './describe.js';
import type {Batch, RealmEntry} from './entry.js';
import {PROTOCOL_VERSION} from './entry.js';
import type {Fact, FactType} from './facts.js';
import {LIMITS} from './limits.js';
import {FAILURE_REASONS, RESULTS} from './progress-rows.js';
import {batchFields, entryFields, factSchemas} from './schema.js';

/** Why something was refused: where in it, and what was expected there. */
export interface Refusal {
  readonly where: string;
  readonly message: string;
}

export type Parsed<T> =
  | {readonly ok: true; readonly value: T}
  | {readonly ok: false; readonly refusal: Refusal};

/** A batch whose good entries are kept, and whose bad ones are told. */
export interface ParsedBatch {
  readonly batch: Batch;
  readonly refusals: readonly Refusal[];
}

const isFactType = (type: unknown): type is FactType =>
  typeof type === 'string' && Object.hasOwn(factSchemas, type);

const refuse = (where: string, message: string): Parsed<never> => ({
  ok: false,
  refusal: {where, message},
});

function check<T>(
  schema: v.GenericSchema<unknown, T>,
  input: unknown,
  where: string,
): Parsed<T> {
  // The first issue says enough, and a message with 10,000 of them would not.
  const result = v.safeParse(schema, input, {
    abortEarly: true,
    abortPipeEarly: true,
  });
  if (result.success) return {ok: true, value: result.output};
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  return refuse(path === '' ? where : `${where}.${path}`, issue.message);
}

/** Reads a fact that came from elsewhere. Never throws. */
export function parseFact(input: unknown, where = 'fact'): Parsed<Fact> {
  if (typeof input !== 'object' || input === null) {
    return refuse(where, 'Invalid fact: expected an object');
  }
  const type: unknown = Reflect.get(input, 'type');
  if (!isFactType(type)) {
    return refuse(`${where}.type`, 'Invalid type: no fact has this name');
  }
  return check<Fact>(factSchemas[type], input, where);
}

/** Reads an entry that came from elsewhere. Never throws. */
export function parseEntry(
  input: unknown,
  where = 'entry',
): Parsed<RealmEntry> {
  const fields = check(entryFields, input, where);
  if (!fields.ok) return fields;
  const fact = parseFact(Reflect.get(Object(input), 'fact'), `${where}.fact`);
  if (!fact.ok) return fact;
  return {
    ok: true,
    value: {seq: fields.value.seq, at: fields.value.at, fact: fact.value},
  };
}

const isWhole = (value: unknown): value is number =>
  Number.isSafeInteger(value);

const isBytes = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

const isTime = (value: unknown): value is number =>
  isBytes(value) && value <= LIMITS.time;

/** Undefined for what is no place: to make a number of it may throw. */
const memberAt = <T>(list: readonly T[], place: unknown): T | undefined =>
  isWhole(place) ? list[place] : undefined;

/** Values of an `AttemptRow`; the other kind has ten. */
const ATTEMPT_ROW = 4;

/**
 * Reads a row by hand: it is the one thing that comes in such numbers that a
 * schema would be felt.
 */
function parseProgressRow(
  row: readonly unknown[],
  registrations: readonly RegistrationRef[],
  where: string,
): Parsed<RealmEntry> {
  const [seq, at, place, uploadTotal, uploaded, downloadTotal, downloaded] =
    row;
  const registration = memberAt(registrations, place);
  const result = memberAt(RESULTS, row[7]);
  const failureReason = memberAt(FAILURE_REASONS, row[8]);
  if (
    row.length !== 10 ||
    !isWhole(seq) ||
    seq < 1 ||
    !isTime(at) ||
    registration === undefined ||
    !isBytes(uploadTotal) ||
    !isBytes(uploaded) ||
    !isBytes(downloadTotal) ||
    !isBytes(downloaded) ||
    result === undefined ||
    failureReason === undefined
  ) {
    return refuse(where, 'Invalid row: expected the ten values of a progress');
  }
  const recordsAvailable = row[9] === 1;
  const snapshot = {
    uploadTotal,
    uploaded,
    downloadTotal,
    downloaded,
    result,
    failureReason,
    recordsAvailable,
  };
  const type = 'registration-progressed';
  return {ok: true, value: {seq, at, fact: {type, registration, snapshot}}};
}

/** The same, of an attempt. */
function parseAttemptRow(
  [seq, at, attempt, received]: readonly unknown[],
  where: string,
): Parsed<RealmEntry> {
  if (
    !isWhole(seq) ||
    seq < 1 ||
    !isTime(at) ||
    typeof attempt !== 'string' ||
    attempt.length > LIMITS.text ||
    !isBytes(received)
  ) {
    return refuse(where, 'Invalid row: expected the four values of an attempt');
  }
  const fact = {type: 'attempt-progressed', attempt, received} as const;
  return {ok: true, value: {seq, at, fact}};
}

function parseRow(
  row: readonly unknown[],
  registrations: readonly RegistrationRef[],
  where: string,
): Parsed<RealmEntry> {
  return row.length === ATTEMPT_ROW
    ? parseAttemptRow(row, where)
    : parseProgressRow(row, registrations, where);
}

/**
 * Reads a batch that came from elsewhere: the one border that everything from
 * an inspected page passes. Bad entries are left out and told; only a message
 * that is no batch at all is refused as a whole. Never throws.
 */
export function parseBatch(input: unknown): Parsed<ParsedBatch> {
  const fields = check(batchFields, input, 'batch');
  if (!fields.ok) return fields;
  const {protocol, source, missed, registrations} = fields.value;
  if (protocol !== PROTOCOL_VERSION) {
    return refuse(
      'batch.protocol',
      `Invalid protocol: expected ${PROTOCOL_VERSION} but received ${protocol}. ` +
        'Reload the inspected page, so that its hook is of the same version.',
    );
  }
  const entries: RealmEntry[] = [];
  const refusals: Refusal[] = [];
  for (const [index, item] of fields.value.entries.entries()) {
    const where = `batch.entries.${index}`;
    const entry = Array.isArray(item)
      ? parseRow(item, registrations, where)
      : parseEntry(item, where);
    if (entry.ok) entries.push(entry.value);
    else refusals.push(entry.refusal);
  }
  return {
    ok: true,
    value: {batch: {protocol, source, entries, missed}, refusals},
  };
}
