import type {
  FetchState,
  RecordState,
  WorkerEventState,
} from '../../../inspector-core/projections/fetch-state.js';
import type {CallState} from '../../../inspector-core/projections/state.js';
import {
  describeError,
  formatDuration,
  formatFrame,
  formatInvocation,
  formatOutcome,
  formatTime,
  formatUrlName,
  parseStack,
  visibleText,
} from '../../format/format.js';
import type {DetailContext} from '../../templates/detail-context.js';
import type {Column, GridRows} from '../data-grid/data-grid.js';
import {isBadRecord} from '../../timeline/timeline.js';
import {
  eventStateText,
  hasNoHandler,
  recordStateText,
} from '../timeline/row-text.js';

/** A list as rows, by place or by what stays with each. */
export const listRows = <T>(
  list: readonly T[],
  keyOf: (row: T, index: number) => string | number,
): GridRows<T> => ({
  count: list.length,
  at: (index) => list[index],
  keyOf: (index) => {
    const row = list[index];
    return row === undefined ? index : keyOf(row, index);
  },
});

export const recordColumns = (
  fetch: FetchState,
): readonly Column<RecordState>[] => [
  {
    label: '#',
    track: '40px',
    align: 'end',
    mono: true,
    text: ({index}) => String(index + 1),
  },
  {
    label: 'Method',
    track: '64px',
    isSpare: true,
    text: ({request}) => visibleText(request.method, 12),
  },
  {
    label: 'Name',
    track: 'minmax(80px, 3fr)',
    text: ({request}) => formatUrlName(request.url),
  },
  {
    label: 'Status',
    track: 'minmax(60px, 72px)',
    text: (record) => recordStateText(record, fetch),
    isError: (record) => isBadRecord(record, fetch),
  },
  {
    label: 'Settled after',
    track: '92px',
    isSpare: true,
    align: 'end',
    mono: true,
    text: ({settledAt}) =>
      settledAt === undefined ? '' : formatDuration(settledAt - fetch.openedAt),
  },
  {
    label: 'URL',
    track: 'minmax(0, 5fr)',
    isSpare: true,
    text: ({request}) => visibleText(request.url, 400),
  },
];

const time = <T extends {readonly at: number}>(
  context: DetailContext,
): Column<T> => ({
  label: 'Time',
  track: context.timeFormat === 'absolute' ? '96px' : 'minmax(72px, 0.25fr)',
  align: 'end',
  mono: true,
  text: ({at}) => formatTime(at, context.origin, context.timeFormat),
});

export const eventColumns = (
  context: DetailContext,
): readonly Column<WorkerEventState>[] => [
  time(context),
  {label: 'Event', track: 'minmax(100px, 0.5fr)', text: ({name}) => name},
  {
    label: 'Handlers',
    track: '64px',
    isSpare: true,
    align: 'end',
    // A worker that ran before it was watched had added them already.
    text: (event) =>
      event.handlers === 0 && !hasNoHandler(event)
        ? 'unknown'
        : String(event.handlers),
  },
  {
    label: 'waitUntil()',
    track: 'minmax(60px, 90px)',
    isSpare: true,
    align: 'end',
    mono: true,
    text: ({waits, at, finishedAt}) =>
      waits.length === 0
        ? 'none'
        : finishedAt === undefined
          ? 'goes on'
          : formatDuration(finishedAt - at),
  },
  {
    label: 'Outcome',
    track: 'minmax(0, 1fr)',
    text: (event) =>
      event.outcome?.status === 'rejected'
        ? visibleText(describeError(event.outcome.error), 300)
        : eventStateText(event),
    isError: ({outcome}) => outcome?.status === 'rejected',
  },
];

export const callColumns = (
  context: DetailContext,
): readonly Column<CallState>[] => [
  time(context),
  {
    label: 'Call',
    track: 'minmax(60px, 0.6fr)',
    mono: true,
    text: ({invocation}) => visibleText(formatInvocation(invocation), 200),
  },
  {
    label: 'Outcome',
    track: 'minmax(60px, 0.7fr)',
    text: ({outcome}) =>
      outcome === undefined
        ? 'pending'
        : visibleText(formatOutcome(outcome), 300),
    isError: ({outcome}) => outcome?.status === 'rejected',
  },
  {
    label: 'Duration',
    track: '80px',
    isSpare: true,
    align: 'end',
    mono: true,
    text: ({duration}) =>
      duration === undefined ? '' : formatDuration(duration),
  },
  {
    label: 'Called by',
    track: 'minmax(0, 1fr)',
    isSpare: true,
    text: ({stack, realm}) => {
      const [frame] = parseStack(stack ?? '');
      const kind = context.state.realms.get(realm)?.source.kind ?? '';
      return `${frame === undefined ? '' : formatFrame(frame)} ${kind}`.trim();
    },
  },
];
