/**
 * JSON text in a realm whose page may have replaced `JSON.stringify`, or put a
 * `toJSON` on `Object.prototype` (Prototype.js does). What we need is captured
 * while the script starts, before the page can act if we came first.
 */
const {stringify, parse} = JSON;
const {keys} = Object;
const {isArray} = Array;
const {isFinite} = Number;

/** The text of plain data: objects, arrays, strings, numbers, booleans. */
export function encodeJson(value: unknown): string {
  // Primitives are never asked for a `toJSON`, so these two say all.
  if (!('toJSON' in {}) && !('toJSON' in [])) {
    const text: unknown = stringify(value);
    if (typeof text === 'string') return text;
  }
  return encodeByHand(value);
}

/** Reads JSON text; `undefined` when it is none. */
export function decodeJson(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function encodeByHand(value: unknown): string {
  if (typeof value === 'string') return stringify(value);
  if (typeof value === 'number') return isFinite(value) ? `${value}` : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'object' || value === null) return 'null';
  return isArray(value) ? encodeArray(value) : encodeObject(value);
}

function encodeArray(values: readonly unknown[]): string {
  let text = '';
  for (let index = 0; index < values.length; index += 1) {
    text += (index === 0 ? '' : ',') + encodeByHand(values[index]);
  }
  return `[${text}]`;
}

function encodeObject(value: object): string {
  const names = keys(value);
  let text = '';
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? '';
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${stringify(name)}:${encodeByHand(member)}`;
  }
  return `{${text}}`;
}
