import {render, type TemplateResult} from 'lit';
import {settle} from './settle.js';

const mounted: HTMLElement[] = [];

/** Renders a template into the page, and waits until it is calm. */
export async function mount<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  template: TemplateResult,
  {width = 1_000, height = 600} = {},
): Promise<HTMLElementTagNameMap[K]> {
  const host = document.createElement('div');
  host.style.inlineSize = `${width}px`;
  host.style.blockSize = `${height}px`;
  document.body.append(host);
  mounted.push(host);
  render(template, host);
  await settle(host);
  const element = host.querySelector(tag);
  if (element === null) throw new Error(`The template has no <${tag}>.`);
  return element;
}

/** Takes away all that was mounted. */
export function unmountAll(): void {
  for (const host of mounted.splice(0)) host.remove();
}

/** The first element that a selector finds in a shadow root. */
export function find<K extends keyof HTMLElementTagNameMap>(
  root: Element,
  tag: K,
): HTMLElementTagNameMap[K];
export function find(root: Element, selector: string): HTMLElement;
export function find(root: Element, selector: string): HTMLElement {
  const found = root.shadowRoot?.querySelector<HTMLElement>(selector);
  if (found === null || found === undefined) {
    throw new Error(`<${root.localName}> has no ${selector}.`);
  }
  return found;
}

/** Presses a key where an element listens. */
export function press(
  target: Element,
  key: string,
  options: KeyboardEventInit = {},
): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...options,
  });
  target.dispatchEvent(event);
  return event;
}

/** Events of a type that reach a target while something is done. */
export function record<K extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: K,
): readonly HTMLElementEventMap[K][] {
  const events: HTMLElementEventMap[K][] = [];
  target.addEventListener(type, (event) => events.push(event));
  return events;
}
