import type {InspectorState} from '../../../inspector-core/projections/state.js';
import {
  dispatchActions,
  userActions,
  workerActions,
  type Action,
} from '../../conditions/fetch-actions.js';
import {failThis} from '../../conditions/fail-this.js';
import {CommandEvent} from '../../events/command-event.js';
import {DrawerEvent} from '../../events/drawer-event.js';
import type {MenuPlace} from '../../events/menu-event.js';
import {strings} from '../../strings.js';

/** One line of a menu: the event that it sends, or why it cannot. */
export interface MenuItem {
  readonly name: string;
  readonly label: string;
  readonly event: () => Event;
  readonly whyNot?: string;
}

const toItem = ({command, ...rest}: Action): MenuItem => ({
  ...rest,
  event: () => new CommandEvent(command),
});

/** Takes the network away, with one click. */
const offlineItem = ({session}: InspectorState): MenuItem => {
  const {conditions} = session;
  const offline = conditions.offline !== true;
  return {
    name: 'go-offline',
    label: offline ? strings.goOffline : strings.goOnline,
    event: () =>
      new CommandEvent({
        type: 'set-conditions',
        conditions: {...conditions, offline},
      }),
  };
};

/** Groups of what can be done to what was pointed at. */
export function menuItems(
  {fetch: key, record}: Pick<MenuPlace, 'fetch' | 'record'>,
  state: InspectorState,
): readonly (readonly MenuItem[])[] {
  const fetch = state.fetches.all.get(key);
  if (fetch === undefined) return [];
  const fail: MenuItem = {
    name: 'fail-this',
    label: strings.failThis,
    event: () =>
      new DrawerEvent({
        at: 'new-rule',
        rule: failThis(
          fetch,
          record === undefined ? undefined : fetch.records[record],
        ),
      }),
  };
  return [
    userActions(fetch).map(toItem),
    [fail, offlineItem(state)],
    dispatchActions(fetch).map(toItem),
    workerActions(fetch.scope).map(toItem),
  ];
}
