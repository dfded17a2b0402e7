import {distinctUntilChanged, map} from 'rxjs';
import type {OwnSource} from '../../../inspector-core/bridge/bridge.js';
import {triggerOf} from '../../../inspector-core/conditions/rules/rule.js';
import type {
  CommandResult,
  InspectorCommand,
} from '../../../inspector-core/protocol/protocol.js';
import type {InspectorState} from '../../../inspector-core/projections/projections.js';
import type {Store} from '../../../inspector-core/store/store.js';
import {makeNetRules, type NetRule} from './make-net-rules.js';
import {NativeAborts, type DueAbort} from './native-aborts.js';
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

/** Aborts the browser's own fetches where a rule wants it. */
export function abortNatively(
  {panel, store, execute}: AbortHost,
  now = (): number => performance.timeOrigin + performance.now(),
): void {
  const aborts = new NativeAborts(now);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abort = async ({fetch, index, rule}: DueAbort): Promise<void> => {
    const {id, scope = ''} = fetch;
    const done = await execute({
      type: 'control-fetch',
      scope,
      id,
      action: 'abort',
    });
    // It may have come to its end meanwhile.
    if (!done.ok) return;
    panel.append({
      type: 'rule-fired',
      rule: index,
      ...(rule.name === undefined ? {} : {name: rule.name}),
      effect: rule.effect.type,
      trigger: triggerOf(rule).at,
      id,
      scope,
      attempt: 1,
    });
  };
  const look = (): void => {
    if (!isNative(store.state)) return;
    for (const due of aborts.due(store.state)) void abort(due);
    clearTimeout(timer);
    if (aborts.nextAt === Infinity) return;
    timer = setTimeout(look, Math.max(0, aborts.nextAt - now()));
  };
  store.state$.subscribe(look);
}

interface AbortHost {
  readonly panel: OwnSource;
  readonly store: Store<InspectorState>;
  readonly execute: (command: ControlFetch) => Promise<CommandResult>;
}

type ControlFetch = Extract<InspectorCommand, {type: 'control-fetch'}>;

/** Whether the fetches of this tab are the browser's own by choice. */
function isNative({session}: InspectorState): boolean {
  const {recording, attachment, route} = session;
  return recording && attachment.state === 'attached' && route === 'native';
}

function wantedRules(state: InspectorState): readonly NetRule[] {
  if (!isNative(state)) return [];
  const {session, realms} = state;
  const origins = new Set(
    [...realms.values()].flatMap(({phase, origin}) =>
      phase === 'open' && /^https?:/.test(origin) ? [origin] : [],
    ),
  );
  return makeNetRules(session.conditions, [...origins]);
}
