import {nothing, svg, type SVGTemplateResult} from 'lit';
import {
  isOver,
  type AttemptState,
  type FetchState,
  type RecordState,
  type WorkerEventState,
} from '../../../inspector-core/projections/fetch-state.js';
import type {CallState} from '../../../inspector-core/projections/state.js';
import type {EpochMs} from '../../../inspector-core/protocol/protocol.js';
import {
  formatBytes,
  formatDuration,
  formatInvocation,
  visibleText,
} from '../../format/format.js';
import {laneMark} from '../../templates/marks.js';
import {
  areaPath,
  binCurve,
  eventStretch,
  fetchStretches,
  isBadRecord,
  linePath,
  pauses,
  rangeStart,
  recordStretches,
  stretch,
  type Direction,
  type PixelPoint,
  type Scale,
  type Stretch,
} from '../../timeline/timeline.js';
import {faultMarks} from './render-faults.js';
import {eventLaneLabels, fetchLaneLabel, recordLaneLabel} from './row-text.js';

/** What every lane is drawn with. */
export interface LaneContext {
  readonly scale: Scale;
  readonly now: EpochMs;
  readonly calls: readonly CallState[];
}

/** Heights of what lies in a lane, around its middle. */
const FETCH_BAR = 14;
const RECORD_BAR = 9;

const STRETCH_NAMES: Readonly<Record<Stretch['kind'], string>> = {
  queued: 'No bytes reported',
  receiving: 'Receiving',
  stalled: 'No byte came',
  cut: 'The connection ended',
  sending: 'Sending',
  waiting: 'Waiting for headers',
  paused: 'Paused',
  failed: 'Failed',
  gap: 'Between attempts',
  event: 'Worker event',
};

function bar(
  {kind, from, to, isGuess}: Stretch,
  middle: number,
  height: number,
  {scale, now}: LaneContext,
): SVGTemplateResult | typeof nothing {
  const end = to ?? Math.max(now, from);
  const place = stretch(scale, from, end);
  if (place === undefined) return nothing;
  if (kind === 'cut') {
    return svg`<path class="cut" d="M${place.x - 3.5} ${middle - 3.5}l7 7m0-7l-7 7"></path>`;
  }
  if (kind === 'gap') {
    return svg`<line class="gap" x1=${place.x} x2=${place.x + place.width} y1=${middle} y2=${middle}></line>`;
  }
  return svg`<rect class="bar ${kind} ${isGuess === true ? 'guess' : ''}" x=${place.x} y=${middle - height / 2} width=${place.width} height=${height} rx=${Math.min(2, place.width / 2)}><title>${isGuess === true ? GUESS : STRETCH_NAMES[kind]}, ${formatDuration(end - from)}</title></rect>`;
}

/** The API says no more of a record than that. */
const GUESS = 'From the start until it was answered; wire facts tell it apart';

/** A lane that is shorter is no more than the mark of its end. */
const SHORTEST = 6;

/** About what a character of 11 px takes. */
const CHARACTER = 6.1;

/**
 * Behind what it is about, or before it where there is no room behind: the
 * first of the wordings that fits.
 */
function label(
  texts: readonly string[],
  before: number,
  behind: number,
  middle: number,
  width: number,
): SVGTemplateResult | typeof nothing {
  if (behind > width || behind < -40) return nothing;
  const y = middle + 4;
  for (const text of texts) {
    if (text === '') continue;
    const needed = Math.min(text.length, 64) * CHARACTER + 8;
    const shown = visibleText(text, 64);
    if (behind + needed <= width) {
      return svg`<text class="label" x=${behind + 8} y=${y}>${shown}</text>`;
    }
    if (before - needed >= 0) {
      return svg`<text class="label" x=${before - 8} y=${y} text-anchor="end">${shown}</text>`;
    }
  }
  return nothing;
}

function bytes(
  fetch: FetchState,
  direction: Direction,
  top: number,
  {scale, now}: LaneContext,
): SVGTemplateResult | typeof nothing {
  const total =
    direction === 'uploaded'
      ? fetch.uploadTotal
      : Math.max(fetch.downloadTotal, fetch.downloaded);
  const height = FETCH_BAR - 2;
  // Before the first byte was told of, a line would say how they came.
  const first = fetch.curve.findIndex((point) => point[direction] > 0);
  const curve = fetch.curve.slice(first === -1 ? fetch.curve.length : first);
  const points = binCurve(curve, direction, scale, {total, height});
  const last = points.at(-1);
  if (last === undefined) return nothing;
  const end = isOver(fetch.phase) ? (fetch.settledAt ?? fetch.lastAt) : now;
  const line: readonly PixelPoint[] =
    direction === 'downloaded' || !isOver(fetch.phase)
      ? [...points, {x: Math.max(last.x, scale.x(end)), y: last.y}]
      : points;
  return svg`<g class="bytes" transform="translate(0 ${top + 1})"><path class="area" d=${areaPath(line, height)}></path><path class="line" d=${linePath(line)}></path></g>`;
}

/** Calls on a fetch: what changed something stands out, what asked is a tick. */
function callMarks(
  middle: number,
  calls: readonly CallState[],
  {scale}: LaneContext,
  hasRoom = true,
): readonly (SVGTemplateResult | typeof nothing)[] {
  return calls.map((call) => {
    const x = scale.x(call.at);
    if (x < -8 || x > scale.width + 8) return nothing;
    const title = svg`<title>${visibleText(formatInvocation(call.invocation), 120)}</title>`;
    switch (call.invocation.method) {
      case 'fetch':
        if (!hasRoom) return nothing;
        return svg`<path class="call start" d="M${x - 4} ${middle - 4.5}v9l7.5-4.5z">${title}</path>`;
      case 'abort':
        return svg`<path class="call abort" d="M${x} ${middle - 10}v20">${title}</path>`;
      case 'updateUI':
        return svg`<path class="call update" d="M${x - 4} ${middle - 12}h8l-4 5z">${title}</path>`;
      default:
        return svg`<path class="call tick" d="M${x} ${middle + 6}v4">${title}</path>`;
    }
  });
}

/** Whether a call was made while a worker event was handled, by its worker. */
const isDuring = (event: WorkerEventState, call: CallState): boolean =>
  call.realm === event.realm &&
  call.at >= event.at &&
  call.at <= (event.finishedAt ?? Infinity);

/** The lane of a fetch: its wait, its bytes, its end; folded, its events too. */
export function fetchLane(
  fetch: FetchState,
  isExpanded: boolean,
  context: LaneContext,
  height: number,
): SVGTemplateResult {
  const {scale, now} = context;
  const middle = height / 2;
  const top = middle - FETCH_BAR / 2;
  const isDone = isOver(fetch.phase);
  const end = isDone ? (fetch.settledAt ?? fetch.lastAt) : now;
  const startX = scale.x(fetch.openedAt);
  const endX = scale.x(end);
  const isEndShown = isDone && endX > -8 && endX < scale.width + 8;
  const isPoint = isDone && endX - startX < SHORTEST;
  const events = isExpanded ? [] : fetch.events;
  const lastEvent = events.at(-1);
  const behind =
    lastEvent === undefined
      ? endX + (isDone ? 5 : 0)
      : Math.max(endX + 5, scale.x(lastEvent.finishedAt ?? now));
  const texts =
    lastEvent === undefined
      ? [fetchLaneLabel(fetch)]
      : eventLaneLabels(lastEvent);
  // Unfolded, what the worker called stands in the lane of its event.
  const calls = isExpanded
    ? context.calls.filter(
        (call) => !fetch.events.some((event) => isDuring(event, call)),
      )
    : context.calls;
  return svg`
    <g class="fetch-lane ${fetch.phase}">
      ${isPoint ? nothing : [...fetchStretches(fetch, now), ...pauses(fetch)].map((each) => bar(each, middle, FETCH_BAR, context))}
      ${isPoint || fetch.uploadTotal === 0 ? nothing : bytes(fetch, 'uploaded', top, context)}
      ${isPoint ? nothing : bytes(fetch, 'downloaded', top, context)}
    </g>
    ${events.map((event) => svg`<path class="join" d="M${endX} ${middle}H${scale.x(event.at)}"></path>${bar(eventStretch(event), middle, RECORD_BAR, context)}`)}
    ${callMarks(middle, calls, context, endX - startX > 12)}
    ${faultMarks(fetch.faults, middle, scale)}
    ${isEndShown ? laneMark(fetch.phase, endX, middle) : nothing}
    ${label(texts, Math.min(startX, endX - (isDone ? 8 : 0)), behind, middle, scale.width)}
  `;
}

/** `206 from 24.0 MB`: what an attempt asked for, and what it got. */
export function attemptText(attempt: AttemptState): string {
  const from = rangeStart(attempt.requestHeaders ?? []);
  const status = attempt.status === undefined ? '' : String(attempt.status);
  return from > 0 ? `${status} from ${formatBytes(from)}`.trim() : '';
}

/** The lane of a record: with wire facts, each of its attempts. */
export function recordLane(
  record: RecordState,
  fetch: FetchState,
  context: LaneContext,
  height: number,
): SVGTemplateResult {
  const {scale, now} = context;
  const middle = height / 2;
  const stretches = recordStretches(record, fetch);
  const first = stretches[0];
  const last = stretches.at(-1);
  const inside = record.attempts.map((attempt) => {
    const text = attemptText(attempt);
    const from = attempt.respondedAt ?? attempt.startedAt;
    const end =
      attempt.finishedAt ?? (isOver(fetch.phase) ? fetch.lastAt : now);
    const place = stretch(scale, from, end);
    if (text === '' || place === undefined) return nothing;
    if (place.width < text.length * CHARACTER + 10) return nothing;
    return svg`<text class="label inside" x=${Math.max(0, place.x) + 6} y=${middle + 4}>${text}</text>`;
  });
  const faults = fetch.faults.filter((fault) => fault.record === record.index);
  const text = isBadRecord(record, fetch) ? recordLaneLabel(record) : '';
  return svg`
    ${stretches.map((each) => bar(each, middle, inside.some((each) => each !== nothing) ? 13 : RECORD_BAR, context))}
    ${inside}
    ${faultMarks(faults, middle, scale)}
    ${first === undefined || last === undefined ? nothing : label([text], scale.x(first.from), Math.max(scale.x(last.to ?? now), scale.x(last.from) + 2), middle, scale.width)}
  `;
}

/** The lane of a worker event: from its dispatch to the last waitUntil(). */
export function eventLane(
  event: WorkerEventState,
  context: LaneContext,
  height: number,
): SVGTemplateResult {
  const {scale, now} = context;
  const middle = height / 2;
  const from = scale.x(event.at);
  const to = Math.max(
    scale.x(event.finishedAt ?? event.waits.at(-1)?.at ?? event.at),
    from + 2,
  );
  const open = event.finishedAt === undefined && event.waits.length > 0;
  return svg`
    ${bar(event.finishedAt === undefined && !open ? {kind: 'event', from: event.at, to: event.at} : eventStretch(event), middle, RECORD_BAR, context)}
    ${callMarks(
      middle,
      context.calls.filter((call) => isDuring(event, call)),
      context,
    )}
    ${label(eventLaneLabels(event), from, open ? scale.x(now) : to, middle, scale.width)}
  `;
}
