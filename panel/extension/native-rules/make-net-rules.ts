/**
 * Conditions as declarativeNetRequest rules, for the requests that Chrome makes
 * for background fetches: of type `other`, and of no tab. Nothing else of a page
 * is so (docs/conditions.md).
 */
import {
  isOffline,
  isTellable,
  nativeEffectOf,
  type NativeAction,
} from '../../../inspector-core/conditions/native-support.js';
import {triggerOf} from '../../../inspector-core/conditions/rules/rule.js';
import {compileUrl} from '../../../inspector-core/conditions/rules/url-pattern.js';
import type {
  ConditionsFile,
  Rule,
  RuleMatch,
} from '../../../inspector-core/protocol/protocol.js';
import {escape, urlRegex} from './url-regex.js';

type Condition = chrome.declarativeNetRequest.RuleCondition;
type Action = chrome.declarativeNetRequest.RuleAction;
type Method = `${chrome.declarativeNetRequest.RequestMethod}`;

const ALLOW: Action = {type: 'allow'};

/** Which Chrome says a request has that it makes by itself. */
const NO_TAB = -1;

/** A rule that belongs to nobody yet, and has no number. */
export interface NetRule {
  readonly priority: number;
  readonly action: Action;
  readonly condition: Condition;
}

/** Where Chrome has nothing: a request that is sent there fails at once. */
const NOWHERE = '/nowhere';

const OFFLINE: Rule = {effect: {type: 'network-error'}};

/**
 * What of the conditions acts on the native fetches of these origins.
 *
 * Chrome tells initiators apart by their host alone. So what goes to the page's
 * own origin is named by its URL, which is exact; only what goes to other hosts
 * is told by the initiator's. What goes to another port of the same host is
 * left alone: it may be another page's own.
 */
export function makeNetRules(
  conditions: ConditionsFile,
  origins: readonly string[],
): readonly NetRule[] {
  const rules = [
    ...(isOffline(conditions) ? [OFFLINE] : []),
    ...(conditions.rules ?? []),
  ]
    .filter(
      (rule) =>
        rule.enabled !== false &&
        triggerOf(rule).at !== 'call' &&
        isTellable(rule.match),
    )
    .map((rule) => ({match: rule.match ?? {}, ...nativeEffectOf(rule)}));
  if (rules.every(({action}) => action === undefined)) return [];
  // The first that fits wins: each has two priorities, and all that is about
  // own origins comes before what keeps the rest off their hosts.
  const divider = 2 * rules.length + 2;
  const priorityOf = (index: number): number => 2 * (rules.length - index);
  const own = origins.flatMap((origin) =>
    rules.flatMap(({action, match}, index) =>
      spell(
        divider + priorityOf(index),
        action,
        conditionOf(match, origin, 'own'),
      ),
    ),
  );
  const others = origins.flatMap((origin) =>
    rules.flatMap(({action, match}, index) =>
      spell(
        priorityOf(index),
        // As a bad-status only what is of the page's origin ends.
        action?.type === 'block' ? undefined : action,
        conditionOf(match, origin, 'others'),
      ),
    ),
  );
  return [
    ...own,
    ...origins.map((origin) => keepOff(origin, divider)),
    ...others,
  ];
}

/** What has no action keeps the rules after it from what it fits. */
function spell(
  priority: number,
  action: NativeAction | undefined,
  condition: Condition | undefined,
): readonly NetRule[] {
  if (condition === undefined) return [];
  const allow: NetRule = {priority: priority - 1, action: ALLOW, condition};
  const act = (net: Action): NetRule => ({priority, action: net, condition});
  switch (action?.type) {
    case 'block':
      return [act({type: 'block'})];
    case 'lose':
      return [act({type: 'redirect', redirect: {extensionPath: NOWHERE}})];
    case 'redirect':
      return [act({type: 'redirect', redirect: {url: action.to}})];
    case 'set-headers': {
      const responseHeaders = Object.entries(action.headers).map(
        ([header, value]) =>
          value === ''
            ? ({header, operation: 'remove'} as const)
            : ({header, operation: 'set', value} as const),
      );
      // Of those Chrome applies all that fit, down to what allows the request.
      return responseHeaders.length === 0
        ? [allow]
        : [act({type: 'modifyHeaders', responseHeaders}), allow];
    }
    default:
      return [allow];
  }
}

/** The requests that a rule fits; undefined: none of this origin's. */
function conditionOf(
  {url, method}: RuleMatch,
  origin: string,
  to: 'own' | 'others',
): Condition | undefined {
  const requests: Condition = {
    ...requestsOf(origin),
    ...(method === undefined
      ? {}
      : {requestMethods: [method.toLowerCase() as Method]}),
  };
  if (url === undefined) {
    return to === 'own' ? {...requests, urlFilter: `|${origin}/`} : requests;
  }
  const pattern = compileUrl(url, 'match.url', origin);
  const regexFilter = urlRegex(pattern, to === 'own' ? origin : undefined);
  return regexFilter === undefined ? undefined : {...requests, regexFilter};
}

const requestsOf = (origin: string): Condition => ({
  tabIds: [NO_TAB],
  resourceTypes: ['other'],
  initiatorDomains: [new URL(origin).hostname],
  isUrlFilterCaseSensitive: true,
});

/** Keeps what is meant for other hosts from all that is on this one. */
function keepOff(origin: string, priority: number): NetRule {
  const host = escape(new URL(origin).hostname);
  const regexFilter = `^https?://${host}(?::\\d+)?/`;
  return {
    priority,
    action: ALLOW,
    condition: {...requestsOf(origin), regexFilter},
  };
}
