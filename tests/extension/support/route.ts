import assert from 'node:assert/strict';
import type {FetchState} from '../../../inspector-core/projections/projections.js';
import type {RouteSetting} from '../../../inspector-core/protocol/protocol.js';
import {eventually} from './eventually.js';
import type {Inspector} from './inspector.js';

/** The select in the panel's toolbar, as CSS through all shadow roots. */
const SELECT = 'bgf-panel >>> bgf-toolbar >>> .bar .route-choice select';

/** What the toolbar shows. */
export async function panelRoute(inspector: Inspector): Promise<string> {
  const panel = await inspector.showPanel();
  const select = await panel.waitForSelector(SELECT);
  assert.ok(select);
  return select.evaluate(({value}) => value);
}

/** Chooses a route as a user does, and waits until the panel shows it. */
export async function chooseRoute(
  inspector: Inspector,
  route: RouteSetting,
): Promise<void> {
  const panel = await inspector.showPanel();
  const select = await panel.waitForSelector(SELECT);
  await select?.select(route);
  await eventually(
    () => panelRoute(inspector),
    (shown) => shown === route,
    {what: `route ${route} in the toolbar`},
  );
}

/** The newest fetch of an id that was not refused, once the panel has it as wanted. */
export async function shownFetch(
  inspector: Inspector,
  id: string,
  isThere: (fetch: FetchState) => boolean = () => true,
): Promise<FetchState> {
  const found = await eventually(
    async () =>
      (await inspector.fetches()).findLast(
        (fetch) => fetch.id === id && fetch.phase !== 'rejected',
      ),
    (fetch) => fetch !== undefined && isThere(fetch),
    {what: `fetch ${id}`, within: 30_000},
  );
  assert.ok(found);
  return found;
}
