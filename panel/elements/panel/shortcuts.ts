/** Something that a key of the whole panel does. */
export type Shortcut = 'help' | 'filter' | 'content' | 'record' | 'clear';

const WITH_CONTROL: Readonly<Record<string, Shortcut>> = {
  f: 'filter',
  e: 'record',
  l: 'clear',
};

/** What a key stands for, wherever in the panel it is pressed. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.key === '?') return isTyping(event) ? undefined : 'help';
  if (event.key === 'ArrowDown')
    return isInFilter(event) ? 'content' : undefined;
  const isControl = event.ctrlKey || event.metaKey;
  if (!isControl || event.altKey || event.shiftKey) return undefined;
  return WITH_CONTROL[event.key];
}

const isInFilter = (event: Event): boolean =>
  event
    .composedPath()
    .some(
      (node) =>
        node instanceof Element && node.localName === 'bgf-filter-field',
    );

/** Whether a key goes into a text field, and is no shortcut there. */
export const isText = (event: KeyboardEvent): boolean =>
  isTyping(event) && !event.ctrlKey && !event.metaKey && !event.altKey;

const isTyping = (event: Event): boolean => {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
};
