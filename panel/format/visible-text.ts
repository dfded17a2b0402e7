/**
 * What a page chose, made safe to look at: control characters, bidi overrides
 * and lone surrogates are spelled out, so that an id cannot hide a part of
 * itself, reorder its neighbours or pass for another one.
 */

/** C0, C1, soft hyphen, bidi marks and controls, separators, BOM, surrogates. */
const TROUBLE =
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};

const escape = (character: string): string =>
  NAMED[character] ??
  `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Cut before it is scanned: an id may be a megabyte long. */
export function visibleText(text: string, limit = 512): string {
  const clipped = text.length > limit;
  const head = clipped ? text.slice(0, limit) : text;
  const shown = head.replaceAll(TROUBLE, escape);
  return clipped ? `${shown}…` : shown;
}

/** The same for text of several lines, such as a stack. */
export const visibleLines = (text: string, limit = 8_192): string =>
  text
    .slice(0, limit)
    .split('\n')
    .map((line) => visibleText(line, limit))
    .join('\n');
