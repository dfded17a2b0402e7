/**
 * What of conditions the browser's own background fetches can be brought into.
 * Little: no tool sees their bytes, and Chromium shows an extension nothing but
 * the first request of each record. docs/conditions.md has what was measured.
 */
import type {ConditionsFile} from './conditions-file.js';
import {findPreset} from './profile/presets.js';
import {isNeutral, NO_THROTTLING} from './profile/profile.js';
import {
  triggerOf,
  type Effect,
  type Rule,
  type RuleMatch,
  type Trigger,
} from './rules/rule.js';

/** How a rule's effect is brought about on the native route. */
export type NativeAction =
  /** The call of `fetch()` rejects, in the realm that made it. */
  | {readonly type: 'reject'}
  /** The fetch is aborted, when so much of it has come. */
  | {readonly type: 'abort'}
  /** The request is blocked: `bad-status`, if it is to the page's own origin. */
  | {readonly type: 'block'}
  /** The request leads nowhere: `fetch-error`. */
  | {readonly type: 'lose'}
  | {readonly type: 'redirect'; readonly to: string}
  /** Headers of the response; an empty text takes one away. */
  | {
      readonly type: 'set-headers';
      readonly headers: Readonly<Record<string, string>>;
    };

/** What to expect on the native route, in a sentence for whoever set it. */
export interface NativeSupport {
  /** False: on the native route nothing comes of it. */
  readonly isSupported: boolean;
  readonly sentence: string;
}

/** A part of the conditions, and what to expect of it. */
export interface PartSupport extends NativeSupport {
  /** Its place in the file, as `offline` or `rules[3]`. */
  readonly where: string;
}

/** What is brought about, or in the sentence, why nothing is. */
export interface NativeEffect {
  readonly action: NativeAction | undefined;
  readonly sentence: string;
}

/** Those by which a request can be told, and that a fetch can have. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

const EMULATED = 'The emulated route can do it.';

const no = (why: string): NativeEffect => ({
  action: undefined,
  sentence: `${why} ${EMULATED}`,
});

const NOWHERE: NativeEffect = {
  action: {type: 'lose'},
  sentence: 'Chrome fails the request with fetch-error before it is sent.',
};

const REJECT: NativeEffect = {
  action: {type: 'reject'},
  sentence: 'The call rejects with the error that Chrome itself would give.',
};

/** What comes of a rule on the native route, whatever else is set. */
export function nativeEffectOf(rule: Rule): NativeEffect {
  const trigger = triggerOf(rule);
  if (trigger.at === 'call') return REJECT;
  const effect = effectOf(rule.effect, trigger);
  if (effect.action === undefined) return effect;
  const {match = {}} = rule;
  const obstacle =
    effect.action.type === 'abort'
      ? obstacleToAbort(match)
      : obstacleToRequest(match);
  return obstacle === undefined ? effect : no(obstacle);
}

/** The same as an answer to be shown. */
export function nativeSupportOf(rule: Rule): NativeSupport {
  const {action, sentence} = nativeEffectOf(rule);
  return {isSupported: action !== undefined, sentence};
}

function effectOf(effect: Effect, trigger: Trigger): NativeEffect {
  switch (effect.type) {
    case 'fail':
      return failureOf(effect.reason, trigger);
    case 'network-error':
      return trigger.at === 'request'
        ? NOWHERE
        : no('Nothing can break off a response that Chrome itself loads.');
    case 'redirect':
      return {
        action: {type: 'redirect', to: effect.to},
        sentence: 'Chrome redirects the first request of each record.',
      };
    case 'headers':
      return setHeaders(effect.headers);
    case 'etag':
      return effect.etag === undefined
        ? no('An extension can set one ETag, and not a new one each time.')
        : setHeaders({ETag: effect.etag});
    case 'worker-killed':
    case 'browser-restarted':
      return no('A background fetch of Chrome does not run in the worker.');
    default:
      return no(
        `Nothing can bring ${effect.type} into a request that Chrome itself makes.`,
      );
  }
}

const setHeaders = (
  headers: Readonly<Record<string, string>>,
): NativeEffect => ({
  action: {type: 'set-headers', headers},
  sentence: 'Chrome changes the headers of the first response of each record.',
});

function failureOf(
  reason: Extract<Effect, {type: 'fail'}>['reason'],
  {at}: Trigger,
): NativeEffect {
  if (reason === 'aborted') {
    return at === 'headers' || at === 'end'
      ? no(`Chrome does not tell of the ${at} of a request.`)
      : {
          action: {type: 'abort'},
          sentence:
            'The whole fetch is aborted. Bytes are those of the whole fetch, of ' +
            'which Chrome tells twice a second; percent is of downloadTotal.',
        };
  }
  if (at !== 'request') {
    return no('A request of Chrome can be failed only before it is sent.');
  }
  switch (reason) {
    case 'fetch-error':
      return NOWHERE;
    case 'bad-status':
      return {
        action: {type: 'block'},
        sentence:
          "Chrome blocks requests to the page's own origin, which end as " +
          'bad-status with status 0; those to other origins go on.',
      };
    default:
      return no(`Nothing can make Chrome fail a request with ${reason}.`);
  }
}

/** Whether an extension can tell the requests that this fits. */
export const isTellable = (match: RuleMatch = {}): boolean =>
  obstacleToRequest(match) === undefined;

/** Why an extension cannot tell them. */
function obstacleToRequest({
  fetchId,
  record,
  method,
  attempt,
  probability = 1,
}: RuleMatch): string | undefined {
  if (fetchId !== undefined) {
    return 'Chrome does not tell which fetch a request belongs to.';
  }
  if (record !== undefined) {
    return 'Chrome does not tell which record a request belongs to.';
  }
  if (method !== undefined && !METHODS.includes(method.toUpperCase())) {
    return 'Chrome lets only the usual methods be told apart.';
  }
  if (attempt !== undefined && 'every' in attempt && attempt.every > 1) {
    return 'Chrome shows only the first attempt of each record.';
  }
  if (probability < 1) return 'Chrome throws no dice for a request.';
  return undefined;
}

/** Why it cannot be told when a fetch that this fits is to be aborted. */
function obstacleToAbort({record, attempt}: RuleMatch): string | undefined {
  if (record !== undefined) {
    return 'Chrome does not tell how much of a record has come.';
  }
  if (attempt !== undefined && 'every' in attempt && attempt.every > 1) {
    return 'Chrome does not tell of the attempts of a fetch.';
  }
  return undefined;
}

const profileOf = ({profile = NO_THROTTLING}: ConditionsFile) =>
  typeof profile === 'string' ? findPreset(profile) : profile;

/** Whether there is no network at all, but for what a rule or schedule does. */
export const isOffline = (conditions: ConditionsFile): boolean =>
  conditions.offline === true || profileOf(conditions)?.offline === true;

/** Whether any of it is for Chrome to do, to the requests that it makes. */
export const actsOnRequests = (conditions: ConditionsFile): boolean =>
  isOffline(conditions) ||
  (conditions.rules ?? []).some((rule) => {
    const type =
      rule.enabled === false ? undefined : nativeEffectOf(rule).action?.type;
    return type !== undefined && type !== 'reject' && type !== 'abort';
  });

const PARTS: readonly (PartSupport & {
  readonly isSet: (conditions: ConditionsFile) => boolean;
})[] = [
  {
    where: 'profile',
    isSet: (conditions) => {
      const profile = profileOf(conditions);
      return profile !== undefined && !isNeutral({...profile, offline: false});
    },
    isSupported: false,
    sentence: `Nothing can slow down what Chrome itself loads. ${EMULATED}`,
  },
  {
    where: 'offline',
    isSet: isOffline,
    isSupported: true,
    sentence:
      'New requests fail with fetch-error, where Chrome without a network ' +
      'would wait; what is under way goes on. The emulated route cuts it off, ' +
      'waits and resumes.',
  },
  {
    where: 'schedule',
    isSet: ({schedule}) => schedule !== undefined,
    isSupported: false,
    sentence: `Nothing can take a request of Chrome its network and give it back. ${EMULATED}`,
  },
  {
    where: 'permission',
    isSet: ({permission}) => permission === 'denied',
    isSupported: true,
    sentence: REJECT.sentence,
  },
  {
    where: 'permission',
    isSet: ({permission}) =>
      permission !== undefined && permission !== 'denied',
    isSupported: false,
    sentence: `Chrome asks its own settings what the user has allowed. ${EMULATED}`,
  },
  {
    where: 'quota',
    isSet: ({quota}) => quota !== undefined,
    isSupported: false,
    sentence: `Chrome asks its own disk how much room there is. ${EMULATED}`,
  },
];

/** Of all that is set and switched on, in the order of the file. */
export function nativeSupportOfAll(
  conditions: ConditionsFile,
): readonly PartSupport[] {
  const parts = PARTS.filter(({isSet}) => isSet(conditions)).map(
    ({where, isSupported, sentence}) => ({where, isSupported, sentence}),
  );
  const rules = (conditions.rules ?? []).flatMap((rule, index) =>
    rule.enabled === false
      ? []
      : [{where: `rules[${index}]`, ...nativeSupportOf(rule)}],
  );
  return [...parts, ...rules];
}
