import {html, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {formatBytes, formatTime} from '../format.js';
import type {Seen} from '../seen.js';

/** More lines than this help nobody, and `demo.seen` has them all. */
const SHOWN = 150;

/** What the page saw, newest first. */
export function renderSeen(seen: readonly Seen[]): TemplateResult {
  if (seen.length === 0) {
    return html`<p class="nothing">
      Nothing yet. Download an episode, or make a situation: every call, every
      progress event and every message of the service worker is listed here.
    </p>`;
  }
  return html`<ol class="seen" tabindex="0" aria-label="What this page saw">
    ${repeat(
      seen.slice(-SHOWN).toReversed(),
      ({sequence}) => sequence,
      renderEntry,
    )}
  </ol>`;
}

function renderEntry(entry: Seen): TemplateResult {
  const {text, tone} = describe(entry);
  const id = 'id' in entry ? entry.id : '';
  return html`<li data-type=${entry.type} data-id=${id} data-tone=${tone}>
    <time>${formatTime(entry.at)}</time>
    <span class="what">${text}</span>
    <span class="id">${id}</span>
  </li>`;
}

type Tone = 'plain' | 'good' | 'bad';

function describe(entry: Seen): {readonly text: string; readonly tone: Tone} {
  switch (entry.type) {
    case 'call':
      return entry.outcome === 'resolved'
        ? {
            text: `${entry.method}() → ${entry.value ?? 'registration'}`,
            tone: 'plain',
          }
        : {
            text: `${entry.method}() rejected: ${entry.error?.name ?? ''}: ${entry.error?.message ?? ''}`,
            tone: 'bad',
          };
    case 'progress': {
      const down = `${formatBytes(entry.downloaded)}${
        entry.downloadTotal > 0 ? ` of ${formatBytes(entry.downloadTotal)}` : ''
      }`;
      const up =
        entry.uploadTotal > 0
          ? `, sent ${formatBytes(entry.uploaded)} of ${formatBytes(entry.uploadTotal)}`
          : '';
      return {
        text: `progress ${down}${up} ${entry.result} ${entry.failureReason}`,
        tone: toneOf(entry.result),
      };
    }
    case 'worker-event': {
      const records = entry.records.map(
        ({status, bytes, error}) =>
          error?.name ?? `${status}, ${formatBytes(bytes ?? 0)}`,
      );
      return {
        text: `worker: ${entry.event} (${[...records.slice(0, 3), ...(records.length > 3 ? ['…'] : [])].join('; ')}) ${entry.notes.join(', ')}`,
        tone: toneOf(entry.result),
      };
    }
    case 'worker-call':
      return entry.error === undefined
        ? {text: 'worker: fetch() → registration', tone: 'plain'}
        : {
            text: `worker: fetch() rejected: ${entry.error.name}: ${entry.error.message}`,
            tone: 'bad',
          };
    case 'note':
      return {text: entry.text, tone: 'plain'};
    default:
      return entry satisfies never;
  }
}

function toneOf(result: string): Tone {
  if (result === '') return 'plain';
  return result === 'success' ? 'good' : 'bad';
}
