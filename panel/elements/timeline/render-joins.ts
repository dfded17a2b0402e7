import {svg, type SVGTemplateResult} from 'lit';
import type {
  FetchesState,
  CallState,
} from '../../../inspector-core/projections/state.js';
import {realmKey} from '../../../inspector-core/projections/fetch-state.js';
import type {Row, Scale} from '../../timeline/timeline.js';

export interface JoinContext {
  readonly scale: Scale;
  readonly keyOf: FetchesState['keyOf'] | undefined;
  readonly callsOf: (row: Row) => readonly CallState[];
  /** Middle of a row, in pixels from the top of all rows. */
  readonly middleOf: (index: number) => number;
}

/** A smooth line from one point down (or up) to another. */
const curve = (x1: number, y1: number, x2: number, y2: number): string => {
  const bend = Math.min(24, Math.max(6, Math.abs(x2 - x1) / 2));
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
};

/**
 * Lines from the end of a fetch to its worker event, and from the event to the
 * records that were read while it ran. Only for fetches with a row in view.
 */
export function renderJoins(
  rows: readonly Row[],
  from: number,
  to: number,
  context: JoinContext,
): readonly SVGTemplateResult[] {
  const {scale, middleOf} = context;
  const joins: SVGTemplateResult[] = [];
  let parent = from;
  while (parent > 0 && rows[parent]?.kind !== 'fetch') parent -= 1;
  for (let index = parent; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined || (row.kind === 'fetch' && index > to)) break;
    if (row.kind === 'fetch') parent = index;
    if (row.kind !== 'event') continue;
    const {event, fetch} = row;
    const eventX = scale.x(event.at);
    if (
      fetch.settledAt !== undefined &&
      event.name !== 'backgroundfetchclick'
    ) {
      joins.push(
        svg`<path class="join" d=${curve(scale.x(fetch.settledAt), middleOf(parent) + 6, eventX, middleOf(index))}></path>`,
      );
    }
    for (const record of readRecords(row, context)) {
      const x = scale.x(record.at);
      const y = middleOf(parent + 1 + record.index);
      joins.push(
        svg`<path class="read" d="M${x} ${middleOf(index) - 5}V${y + 2}"></path><circle class="read-end" cx=${x} cy=${y} r="2.5"></circle>`,
      );
    }
  }
  return joins;
}

/** Records that match() or matchAll() gave while the event ran. */
function readRecords(
  row: Extract<Row, {kind: 'event'}>,
  {keyOf, callsOf}: JoinContext,
): readonly {readonly at: number; readonly index: number}[] {
  const {event} = row;
  return callsOf(row).flatMap((call) => {
    const {outcome} = call;
    if (call.realm !== event.realm || call.at < event.at) return [];
    if (event.finishedAt !== undefined && call.at > event.finishedAt) return [];
    if (outcome?.status !== 'fulfilled') return [];
    if (outcome.value.kind !== 'records') return [];
    return outcome.value.records.slice(0, 50).flatMap(({record}) => {
      const place = keyOf?.record.get(realmKey(call.realm, record));
      return place === undefined || place.fetch !== row.fetch.key
        ? []
        : [{at: call.settledAt ?? call.at, index: place.index}];
    });
  });
}
