import {distinctUntilChanged, map} from 'rxjs';
import type {InspectorState} from '../../../inspector-core/projections/projections.js';
import type {Store} from '../../../inspector-core/store/store.js';
import {makeNetRules, type NetRule} from './make-net-rules.js';
import {becomeOwner, replaceRules} from './owned-rules.js';

/**
 * Has the conditions act on the browser's own fetches, as far as
 * declarativeNetRequest goes. It follows the state: what is recorded, by which
 * route fetches go, what is set, and which origins the tab shows.
 */
export function followNatively(
  store: Store<InspectorState>,
  refuse: (message: string) => void,
): void {
  let owner: number | undefined;
  let work: Promise<void> = Promise.resolve();
  const put = (rules: readonly NetRule[]): void => {
    owner ??= becomeOwner();
    const own = owner;
    work = work
      .then(() => replaceRules(own, rules))
      .catch((error: unknown) => {
        refuse(error instanceof Error ? error.message : String(error));
        // Chrome takes all of them or none: those of before would still act.
        return replaceRules(own, []).catch(() => {});
      });
  };
  let last = NOTHING;
  const update = (before: string): void => {
    const rules = wantedRules(store.state);
    last = JSON.stringify(rules);
    if (last !== before) put(rules);
  };
  store.state$
    .pipe(
      map(({session, realms}) => ({...session, realms})),
      distinctUntilChanged((a, b) => INPUTS.every((key) => a[key] === b[key])),
    )
    .subscribe(() => update(last));
  // Until then there was nobody to give rules to.
  chrome.permissions.onAdded.addListener(() => update(NOTHING));
}

const NOTHING = '[]';

/** What of the state the rules are made of. */
const INPUTS = [
  'recording',
  'attachment',
  'route',
  'conditions',
  'realms',
] as const;

/** None unless the fetches of this tab are the browser's own by choice. */
function wantedRules({session, realms}: InspectorState): readonly NetRule[] {
  const {recording, attachment, route, conditions} = session;
  const isOn = recording && attachment.state === 'attached';
  if (!isOn || route !== 'native') return [];
  const origins = new Set(
    [...realms.values()].flatMap(({phase, origin}) =>
      phase === 'open' && /^https?:/.test(origin) ? [origin] : [],
    ),
  );
  return makeNetRules(conditions, [...origins]);
}
