import {
  triggerOf,
  type AttemptMatch,
  type Effect,
  type Rule,
  type RuleMatch,
  type Trigger,
} from '../../inspector-core/conditions/rules/rule.js';
import type {NetworkProfile} from '../../inspector-core/protocol/protocol.js';
import {formatBytes, formatRate} from './bytes.js';
import {formatCount} from './number.js';
import {formatDuration} from './time.js';
import {visibleText} from './visible-text.js';

/** What a rule does, in words: `status 503 for the first attempt of *.mp3`. */
export function formatRule(rule: Rule): string {
  const when = rule.trigger === undefined ? '' : formatTrigger(rule.trigger);
  const parts = [
    formatEffect(rule.effect),
    when,
    formatMatch(rule.match ?? {}, triggerOf(rule).at === 'call'),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Its name, or else what it does. */
export const formatRuleName = (rule: Rule): string =>
  rule.name === undefined ? formatRule(rule) : visibleText(rule.name, 200);

/** `180 kB/s down, 84.4 kB/s up, 562 ms`; empty where nothing is limited. */
export function formatLink({
  download,
  upload,
  latency,
  jitter,
  loss,
  offline,
}: Omit<NetworkProfile, 'name'>): string {
  if (offline === true) return 'no network';
  const parts: string[] = [];
  if (download !== undefined) parts.push(`${formatRate(download)} down`);
  if (upload !== undefined) parts.push(`${formatRate(upload)} up`);
  if (latency !== undefined) {
    const about = jitter === undefined ? '' : ` ± ${formatDuration(jitter)}`;
    parts.push(`${formatDuration(latency)}${about}`);
  }
  if (loss !== undefined) parts.push(`${formatShare(loss.rate)} lost`);
  return parts.join(', ');
}

/** `40 %`, `0.5 %` */
const formatShare = (share: number): string =>
  `${Number((share * 100).toPrecision(3))} %`;

export function formatEffect(effect: Effect): string {
  switch (effect.type) {
    case 'fail':
      return `failure ${effect.reason}`;
    case 'status':
      return `status ${effect.status}`;
    case 'stall': {
      const length =
        effect.ms === undefined ? '' : ` for ${formatDuration(effect.ms)}`;
      const end = effect.next === 'drop' ? ', then the connection lost' : '';
      return `stall${length}${end}`;
    }
    case 'wrong-length':
      return `Content-Length off by ${formatCount(effect.by)}`;
    case 'wrong-range':
      return `Content-Range off by ${formatCount(effect.by)}`;
    case 'etag':
      return effect.etag === undefined
        ? 'another ETag'
        : `ETag ${visibleText(effect.etag, 60)}`;
    case 'headers': {
      const names = Object.keys(effect.headers).slice(0, 10).join(', ');
      return `other headers (${visibleText(names, 120)})`;
    }
    case 'redirect':
      return `redirect to ${visibleText(effect.to, 200)}`;
    case 'offline':
      return `offline for ${formatDuration(effect.ms)}`;
    case 'throttle': {
      const link = formatLink(effect);
      return link === '' ? 'a link of its own' : `a link of ${link}`;
    }
    case 'slice':
      return `pieces of ${formatBytes(effect.size)}, ${formatDuration(effect.delay)} apart`;
    default:
      return EFFECT_NAMES[effect.type].toLowerCase();
  }
}

/** Each effect by itself, as it is offered. */
export const EFFECT_NAMES: Readonly<Record<Effect['type'], string>> = {
  status: 'Status',
  fail: 'Failure with a reason',
  'network-error': 'Network error',
  drop: 'Connection lost',
  stall: 'Stall',
  truncate: 'Body cut short',
  'wrong-length': 'Wrong Content-Length',
  'wrong-range': 'Wrong Content-Range',
  'refuse-range': 'Range refused',
  etag: 'Other ETag',
  headers: 'Other headers',
  redirect: 'Redirect',
  'redirect-loop': 'Redirect loop',
  offline: 'Offline for a while',
  throttle: 'Slower link',
  slice: 'Small pieces',
  'permission-denied': 'Permission denied',
  'too-many-fetches': 'Too many fetches',
  'quota-exceeded': 'Quota exceeded',
  'storage-error': 'Storage error',
  'worker-killed': 'Worker killed',
  'browser-restarted': 'Browser restarted',
};

export function formatTrigger(trigger: Trigger): string {
  switch (trigger.at) {
    case 'call':
      return '';
    case 'request':
      return 'before the request';
    case 'headers':
      return 'at the headers';
    case 'byte':
      return `at ${formatBytes(trigger.byte)}${trigger.of === 'attempt' ? ' of the attempt' : ''}`;
    case 'percent':
      return `at ${formatShare(trigger.percent / 100)}`;
    case 'time':
      return `after ${formatDuration(trigger.ms)}`;
    case 'end':
      return 'at the end';
  }
}

const ordinals = new Intl.PluralRules('en', {type: 'ordinal'});
const ENDINGS: Readonly<Record<string, string>> = {
  one: 'st',
  two: 'nd',
  few: 'rd',
};

function formatAttempts(attempt: AttemptMatch, one: string): string {
  if ('every' in attempt) {
    const {every} = attempt;
    if (every === 1) return `every ${one}`;
    return `every ${formatCount(every)}${ENDINGS[ordinals.select(every)] ?? 'th'} ${one}`;
  }
  return attempt.first === 1
    ? `the first ${one}`
    : `the first ${formatCount(attempt.first)} ${one}s`;
}

function formatMatch(
  {url, fetchId, record, method, attempt, probability}: RuleMatch,
  isCall: boolean,
): string {
  const one = isCall ? 'call' : 'attempt';
  const of = [
    ...(method === undefined ? [] : [visibleText(method, 20)]),
    ...(url === undefined ? [] : [visibleText(url, 200)]),
    ...(record === undefined || isCall ? [] : [`record ${record + 1}`]),
    ...(fetchId === undefined ? [] : [`in ${visibleText(fetchId, 80)}`]),
  ].join(' ');
  const which =
    attempt === undefined
      ? of === ''
        ? `every ${isCall ? one : 'request'}`
        : of
      : `${formatAttempts(attempt, one)}${of === '' ? '' : ` of ${of}`}`;
  const chance =
    probability === undefined
      ? ''
      : `, by a chance of ${formatShare(probability)}`;
  return `for ${which}${chance}`;
}
