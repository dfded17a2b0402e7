import {
  isOver,
  type FetchState,
  type RecordState,
  type WorkerEventState,
} from '../../inspector-core/projections/fetch-state.js';
import type {EpochMs} from '../../inspector-core/protocol/protocol.js';

export type StretchKind =
  | 'queued'
  | 'receiving'
  | 'sending'
  | 'waiting'
  | 'stalled'
  | 'paused'
  | 'failed'
  | 'cut'
  | 'gap'
  | 'event';

/** One stretch of a lane. `to` is open while it goes on. */
export interface Stretch {
  readonly kind: StretchKind;
  readonly from: EpochMs;
  readonly to?: EpochMs;
  /** Only its ends are known: in between it may have waited or flowed. */
  readonly isGuess?: boolean;
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

/** Chromium tells progress twice a second: this long without is no accident. */
const STALL = 3_000;
/** A thinned curve has wide steps by itself; a stall is wider than those. */
const STALL_STEPS = 5;

/** Where bytes had come, then none did for a while. */
function stalls(
  {curve, uploadTotal}: FetchState,
  end: EpochMs | undefined,
): readonly Stretch[] {
  const first = curve[0];
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return [];
  const usual = (last.at - first.at) / Math.max(1, curve.length - 1);
  const least = Math.max(STALL, usual * STALL_STEPS);
  const found: Stretch[] = [];
  // A loop, since this runs for each lane and frame, over thousands of points.
  for (const [index, point] of curve.entries()) {
    const next = curve[index + 1]?.at ?? end;
    if (next === undefined || next - point.at <= least) continue;
    // Once all is sent, it is the server that is waited for.
    const hasBytes =
      point.downloaded > 0 ||
      (point.uploaded > 0 && point.uploaded < uploadTotal);
    if (hasBytes) found.push({kind: 'stalled', from: point.at, to: next});
  }
  return found;
}

/** What a fetch did, as stretches of time, up to now where it goes on. */
export function fetchStretches(
  fetch: FetchState,
  now?: EpochMs,
): readonly Stretch[] {
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
      ? undefined
      : Math.max(received, sending?.to ?? received);
  // All is sent, and the answer is awaited.
  const answering: Stretch | undefined =
    sending?.to === undefined ||
    (received !== undefined && received <= sending.to)
      ? undefined
      : {kind: 'queued', from: sending.to, ...close(received ?? end)};
  return [
    ...(begun === fetch.openedAt ? [] : [queued]),
    ...(sending === undefined ? [] : [sending]),
    ...(answering === undefined ? [] : [answering]),
    ...(receivingFrom === undefined ||
    (end !== undefined && receivingFrom > end)
      ? []
      : [{kind: 'receiving' as const, from: receivingFrom, ...close(end)}]),
    ...stalls(fetch, end ?? now),
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
  if (fetch.phase === 'rejected') return [];
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
        kind: isBad ? 'failed' : 'receiving',
        from: answered,
        ...close(finished),
      });
    }
    if (attempt.error !== undefined && finished !== undefined) {
      stretches.push({kind: 'cut', from: finished, to: finished});
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
  const isBad = isBadRecord(record, fetch);
  return [
    {
      kind: isBad ? 'failed' : record.request.hasBody ? 'sending' : 'receiving',
      from: fetch.acceptedAt ?? fetch.openedAt,
      ...close(record.settledAt ?? end),
      isGuess: true,
    },
  ];
}

/** Answered badly, or not at all: unless everything was aborted on purpose. */
export const isBadRecord = (record: RecordState, fetch: FetchState): boolean =>
  record.response === undefined
    ? record.error !== undefined && fetch.phase !== 'aborted'
    : !isOk(record.response.status);

export const isOk = (status: number): boolean => status >= 200 && status < 300;

/** From dispatch to the last waitUntil(). */
export const eventStretch = (event: WorkerEventState): Stretch => ({
  kind: 'event',
  from: event.at,
  ...close(event.finishedAt),
});
