import type {
  CallOutcome,
  ErrorDescription,
  Fact,
  Invocation,
  LogEntry,
  RegistrationSnapshot,
  Settlement,
} from '../../inspector-core/protocol/protocol.js';
import {formatBytes, formatBytesOf} from './bytes.js';
import {formatConditions} from './conditions.js';
import {formatPlural} from './number.js';
import {formatRouted} from './route.js';
import {formatDuration} from './time.js';

const describeError = ({name, message}: ErrorDescription): string =>
  message === '' ? name : `${name}: ${message}`;

const describeSettlement = (outcome: Settlement): string =>
  outcome.status === 'fulfilled'
    ? 'fulfilled'
    : `rejected: ${describeError(outcome.error)}`;

/** A call as its author wrote it, shortened. */
export function formatInvocation(invocation: Invocation): string {
  switch (invocation.method) {
    case 'fetch':
      return `fetch("${invocation.id}", ${formatPlural(invocation.requests.length, 'request')})`;
    case 'get':
      return `get("${invocation.id}")`;
    case 'getIds':
      return 'getIds()';
    case 'match':
    case 'matchAll':
      return `${invocation.method}(${invocation.request?.url ?? ''})`;
    case 'abort':
      return 'abort()';
    case 'updateUI':
      return `updateUI(${invocation.options?.title === undefined ? '' : `"${invocation.options.title}"`})`;
  }
}

/** What came of a call. */
export function formatOutcome(outcome: CallOutcome): string {
  if (outcome.status === 'rejected') {
    return `rejected: ${describeError(outcome.error)}`;
  }
  const {value} = outcome;
  switch (value.kind) {
    case 'undefined':
      return 'undefined';
    case 'boolean':
      return String(value.value);
    case 'ids':
      return formatPlural(value.ids.length, 'id');
    case 'registration':
      return `registration "${value.registration.id}"`;
    case 'records':
      return formatPlural(value.records.length, 'record');
  }
}

function formatSnapshot(snapshot: RegistrationSnapshot): string {
  const parts: string[] = [];
  if (snapshot.uploadTotal > 0) {
    parts.push(`↑ ${formatBytesOf(snapshot.uploaded, snapshot.uploadTotal)}`);
  }
  if (snapshot.uploadTotal === 0 || snapshot.downloaded > 0) {
    parts.push(formatBytesOf(snapshot.downloaded, snapshot.downloadTotal));
  }
  if (snapshot.result !== '') parts.push(snapshot.result);
  if (snapshot.failureReason !== '') parts.push(snapshot.failureReason);
  return parts.join(', ');
}

function summarize(fact: Fact): string {
  switch (fact.type) {
    case 'realm-opened':
      return [
        fact.origin,
        ...(fact.timing === 'late' ? ['hook came late'] : []),
        ...(fact.backgroundFetch ? [] : ['no Background Fetch API']),
        ...(fact.secureContext ? [] : ['insecure context']),
      ].join(', ');
    case 'realm-suspended':
      return 'Page went into the back-forward cache';
    case 'realm-resumed':
      return 'Page came back from the back-forward cache';
    case 'realm-closed':
      return `Realm ${fact.reason}`;
    case 'worker-state-changed':
      return `${fact.state}: ${fact.scriptUrl}`;
    case 'call-started':
      return `${formatInvocation(fact.invocation)}${fact.invocation.method === 'fetch' ? formatRouted(fact.invocation.routed) : ''}`;
    case 'call-settled':
      return `${formatOutcome(fact.outcome)}, after ${formatDuration(fact.duration)}`;
    case 'registration-seen':
      return `${fact.via}: ${[...(fact.route === undefined ? [] : [fact.route]), formatSnapshot(fact.snapshot)].join(', ')}`;
    case 'registration-progressed':
      return formatSnapshot(fact.snapshot);
    case 'records-expired':
      return 'recordsAvailable is false: match() rejects from now on';
    case 'records-listed':
      return formatPlural(fact.records.length, 'record');
    case 'response-settled':
      return fact.outcome.status === 'fulfilled'
        ? `${fact.outcome.response.status} ${fact.outcome.response.url}`
        : `rejected: ${describeError(fact.outcome.error)}`;
    case 'handler-changed':
      return `${fact.event} ${fact.change} by ${fact.via}${fact.name === '' ? '' : ` (${fact.name})`}`;
    case 'event-dispatched':
      return `${fact.name}, ${formatPlural(fact.handlers, 'handler')}, ${formatSnapshot(fact.snapshot)}`;
    case 'wait-until-called':
      return `waitUntil() ${fact.wait}`;
    case 'wait-until-settled':
      return `waitUntil() ${fact.wait} ${describeSettlement(fact.outcome)}, after ${formatDuration(fact.duration)}`;
    case 'event-finished':
      return `${describeSettlement(fact.outcome)}, after ${formatDuration(fact.duration)}`;
    case 'attempt-started':
      return `${fact.method} ${fact.url}`;
    case 'attempt-sent':
      return formatPlural(fact.headers.length, 'request header');
    case 'attempt-redirected':
      return `${fact.status} to ${fact.to}`;
    case 'attempt-responded':
      return `${fact.statusLine}${fact.fromCache === true ? ', from cache' : ''}`;
    case 'attempt-progressed':
      return formatBytes(fact.received);
    case 'attempt-finished': {
      const parts = [fact.error ?? 'complete'];
      if (fact.received !== undefined) parts.push(formatBytes(fact.received));
      return parts.join(', ');
    }
    case 'page-navigated':
      return fact.url;
    case 'attachment-changed':
      return [fact.state, fact.reason, fact.message].filter(Boolean).join(', ');
    case 'wire-access-changed':
      return fact.origins.length === 0
        ? 'No origin'
        : fact.origins.slice(0, 10).join(', ');
    case 'route-changed':
      return `New fetches: ${fact.route}`;
    case 'conditions-set':
      return formatConditions(fact.conditions);
    case 'conditions-changed':
      return [
        fact.isActive ? fact.profile : 'Nothing is simulated',
        ...(fact.isOnline ? [] : ['offline']),
        ...(fact.rules > 0 ? [formatPlural(fact.rules, 'rule')] : []),
        ...(fact.schedule === undefined ? [] : [fact.schedule]),
      ].join(', ');
    case 'rule-fired':
      return `${fact.name ?? `Rule ${fact.rule + 1}`}: ${fact.effect} at ${fact.trigger}, ${fact.record === undefined ? 'call' : `record ${fact.record + 1}, attempt`} ${fact.attempt} of "${fact.id}"`;
    case 'fetch-controlled':
      return `${fact.action} "${fact.id}", by the inspector`;
    case 'worker-controlled':
      return `${fact.action} ${fact.scope}, by the inspector`;
    case 'online-changed':
      return fact.isOnline ? 'Online again' : 'Offline';
    case 'recording-changed':
      return fact.recording ? 'Recording' : 'Not recording';
    case 'log-cleared':
      return 'Log cleared';
    case 'entries-rejected':
      return `${formatPlural(fact.count, 'entry', 'entries')}: ${fact.message}`;
    case 'entries-missed':
      return `${formatPlural(fact.count, 'entry', 'entries')} lost before they could be read`;
    case 'hook-faulted':
      return `${fact.where}: ${describeError(fact.error)}`;
  }
}

/** One line about an entry. Not yet safe to look at: see `visibleText`. */
export const formatEntrySummary = (entry: LogEntry): string =>
  summarize(entry.fact);

export {describeError};
