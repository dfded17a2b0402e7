import {
  isOver,
  type FetchState,
  type RecordState,
  type WorkerEventState,
} from '../../inspector-core/projections/fetch-state.js';
import type {EpochMs} from '../../inspector-core/protocol/protocol.js';

export type StretchKind =
  'queued' | 'receiving' | 'sending' | 'waiting' | 'failed' | 'gap' | 'event';

/** One stretch of a lane. `to` is open while it goes on. */
export interface Stretch {
  readonly kind: StretchKind;
  readonly from: EpochMs;
  readonly to?: EpochMs;
  /** What the attempt asked and got. */
  readonly label?: string;
}

/** The moment at which bytes began to go up, and the last at which they did. */
function sendingOf(fetch: FetchState): Stretch | undefined {
  if (fetch.uploadTotal <= 0 || fetch.uploaded <= 0) return undefined;
  const end = fetch.curve.find((point) => point.uploaded >= fetch.uploaded)?.at;
  const goesOn = fetch.uploaded < fetch.uploadTotal && !isOver(fetch.phase);
  const from =
    fetch.acceptedAt ??
    fetch.curve.find((point) => point.uploaded > 0)?.at ??
    fetch.openedAt;
  const to = goesOn ? undefined : (end ?? fetch.settledAt);
  return {kind: 'sending', from, ...(to === undefined ? {} : {to})};
}

const close = (to: EpochMs | undefined): {readonly to?: EpochMs} =>
  to === undefined ? {} : {to};

/** What a fetch did, as stretches of time. */
export function fetchStretches(fetch: FetchState): readonly Stretch[] {
  const end = isOver(fetch.phase)
    ? (fetch.settledAt ?? fetch.lastAt)
    : undefined;
  const sending = sendingOf(fetch);
  const received = fetch.curve.find((point) => point.downloaded > 0)?.at;
  const begun = sending?.from ?? received;
  const queued: Stretch = {
    kind: 'queued',
    from: fetch.openedAt,
    ...close(begun ?? end),
  };
  const receivingFrom =
    received === undefined
      ? sending?.to
      : Math.max(received, sending?.to ?? received);
  return [
    ...(begun === fetch.openedAt ? [] : [queued]),
    ...(sending === undefined ? [] : [sending]),
    ...(receivingFrom === undefined ||
    (end !== undefined && receivingFrom > end)
      ? []
      : [{kind: 'receiving' as const, from: receivingFrom, ...close(end)}]),
  ];
}

const RANGE = /^bytes=(\d+)-/;

/** Byte from which an attempt asked to be served; 0 for a whole body. */
export function rangeStart(headers: RecordState['request']['headers']): number {
  const range = headers.find(([name]) => name.toLowerCase() === 'range');
  return Number(RANGE.exec(range?.[1] ?? '')?.[1] ?? 0);
}

/**
 * What a record did. With wire facts attempt by attempt, with the gaps between
 * them; without, all that is known is when it was answered.
 */
export function recordStretches(
  record: RecordState,
  fetch: FetchState,
): readonly Stretch[] {
  const end = isOver(fetch.phase)
    ? (fetch.settledAt ?? fetch.lastAt)
    : undefined;
  if (record.attempts.length === 0) return guessStretches(record, fetch, end);
  const stretches: Stretch[] = [];
  let previousEnd: EpochMs | undefined;
  for (const attempt of record.attempts) {
    const finished = attempt.finishedAt ?? end;
    if (previousEnd !== undefined && previousEnd < attempt.startedAt) {
      stretches.push({kind: 'gap', from: previousEnd, to: attempt.startedAt});
    }
    const answered = attempt.respondedAt;
    stretches.push({
      kind: 'waiting',
      from: attempt.startedAt,
      ...close(answered ?? finished),
    });
    if (answered !== undefined) {
      const isBad = attempt.status !== undefined && attempt.status >= 400;
      stretches.push({
        kind: isBad || attempt.error !== undefined ? 'failed' : 'receiving',
        from: answered,
        ...close(finished),
      });
    }
    previousEnd = finished;
  }
  return stretches;
}

function guessStretches(
  record: RecordState,
  fetch: FetchState,
  end: EpochMs | undefined,
): readonly Stretch[] {
  const from = fetch.acceptedAt ?? fetch.openedAt;
  const to = record.settledAt ?? end;
  const isBad =
    record.error !== undefined ||
    (record.response !== undefined && !isOk(record.response.status));
  if (isBad) return [{kind: 'failed', from, ...close(to)}];
  const begun = fetch.firstByteAt;
  if (begun === undefined || (to !== undefined && begun >= to)) {
    return [{kind: 'waiting', from, ...close(to)}];
  }
  return [
    {kind: 'waiting', from, to: begun},
    {kind: 'receiving', from: begun, ...close(to)},
  ];
}

export const isOk = (status: number): boolean => status >= 200 && status < 300;

/** From dispatch to the last waitUntil(). */
export const eventStretch = (event: WorkerEventState): Stretch => ({
  kind: 'event',
  from: event.at,
  ...close(event.finishedAt),
});
