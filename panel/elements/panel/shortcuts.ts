/** Something that a key of the whole panel does. */
export type Shortcut = 'help' | 'filter' | 'record' | 'clear';

const WITH_CONTROL: Readonly<Record<string, Shortcut>> = {
  f: 'filter',
  e: 'record',
  l: 'clear',
};

/** What a key stands for, wherever in the panel it is pressed. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.key === '?') return isTyping(event) ? undefined : 'help';
  const isControl = event.ctrlKey || event.metaKey;
  if (!isControl || event.altKey || event.shiftKey) return undefined;
  return WITH_CONTROL[event.key];
}

const isTyping = (event: Event): boolean => {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  );
};
