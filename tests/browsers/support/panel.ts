/** What the standalone panel has, and what it shows. */
import assert from 'node:assert/strict';
import type {FetchState} from '../../../inspector-core/projections/projections.js';
import type {LogEntry} from '../../../inspector-core/protocol/protocol.js';
import {eventually} from '../../extension/support/eventually.js';
import type {Tab} from './driven-browser.js';

/** A fetch's line in the panel, as a reader finds it. */
export interface ShownFetch {
  readonly id: string;
  /** The route, where the panel says it. */
  readonly badge: string;
  readonly received: string;
}

export async function readEntries(panel: Tab): Promise<readonly LogEntry[]> {
  return (await panel.run(
    'return bgfSession.log.slice(0);',
  )) as readonly LogEntry[];
}

/** The fetch of this id, once it has ended and the worker is done with it. */
export async function endedFetch(panel: Tab, id: string): Promise<FetchState> {
  const found = await eventually(
    async () =>
      (await panel.run(
        `return [...bgfSession.store.state.fetches.all.values()]
          .find(({id}) => id === arguments[0]);`,
        id,
      )) as FetchState | undefined,
    (fetch) =>
      fetch?.settledAt !== undefined &&
      fetch.events.some(({finishedAt}) => finishedAt !== undefined),
    {what: `the end of ${id}`},
  );
  assert.ok(found);
  return found;
}

/** Writes into the panel's filter, as a user does. */
export async function filter(panel: Tab, text: string): Promise<void> {
  await panel.run(
    `const field = document.querySelector('bgf-panel').shadowRoot
      .querySelector('bgf-toolbar').shadowRoot
      .querySelector('bgf-filter-field').shadowRoot.querySelector('input');
    field.value = arguments[0];
    field.dispatchEvent(new Event('input', {bubbles: true}));`,
    text,
  );
}

/** Looks for the fetch by its id, and reads its line. */
export async function shownFetch(panel: Tab, id: string): Promise<ShownFetch> {
  await filter(panel, `id:${id}`);
  const [line] = await eventually(
    async () =>
      (await panel.run(
        `const read = (row, name) =>
          row.querySelector(name)?.textContent.replace(/\\s+/g, ' ').trim() ?? '';
        const rows = document.querySelector('bgf-panel').shadowRoot
          .querySelector('bgf-timeline').shadowRoot
          .querySelectorAll('.fetch-row');
        return [...rows].map((row) => ({
          id: read(row, '.id'),
          badge: read(row, '.badge'),
          received: read(row, '.bytes-cell'),
        }));`,
      )) as readonly ShownFetch[],
    (lines) => lines.length === 1 && lines[0]?.id === id,
    {what: `the line of ${id}`},
  );
  return line ?? assert.fail();
}
