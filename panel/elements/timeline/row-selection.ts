import type {Selection} from '../../events/select-event.js';
import type {Row} from '../../timeline/timeline.js';

/** What choosing a row selects. */
export function selectionOf(row: Row): Selection {
  const fetch = row.fetch.key;
  switch (row.kind) {
    case 'fetch':
      return {kind: 'fetch', fetch};
    case 'record':
      return {kind: 'record', fetch, record: row.record.index};
    case 'event':
      return {kind: 'event', fetch, event: row.event.key};
  }
}

/** Whether a selection is this row's. */
export function isSelected(
  row: Row,
  selection: Selection | undefined,
): boolean {
  if (selection === undefined || selection.kind === 'entry') return false;
  if (selection.fetch !== row.fetch.key) return false;
  switch (selection.kind) {
    case 'fetch':
      return row.kind === 'fetch';
    case 'record':
      return row.kind === 'record' && selection.record === row.record.index;
    case 'event':
      return row.kind === 'event' && selection.event === row.event.key;
  }
}
