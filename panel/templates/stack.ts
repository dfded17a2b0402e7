import {html, type TemplateResult} from 'lit';
import {formatFrame, parseStack, visibleText} from '../format/format.js';
import type {DetailContext} from './detail-context.js';

/**
 * The frame that called, and where it can be opened a button to it. Never a
 * link: a page could give a script a `javascript:` name.
 */
export function callerFrame(
  stack: string | undefined,
  {openSource}: DetailContext,
): TemplateResult | undefined {
  const [frame] = parseStack(stack ?? '');
  if (frame === undefined) return undefined;
  const text = formatFrame(frame);
  const canOpen = openSource !== undefined && /^https?:/.test(frame.url);
  return canOpen
    ? html`<button
        class="link mono"
        title=${visibleText(frame.url)}
        @click=${() => openSource(frame.url, frame.line, frame.column)}
      >
        ${text}
      </button>`
    : html`<bdi class="mono" title=${visibleText(frame.url)}>${text}</bdi>`;
}
