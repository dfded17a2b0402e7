import {codeAt, cut} from '../platform/primordials.js';
import {hex} from './hex.js';

/**
 * Cuts text to a length, and keeps different texts different: what is cut ends
 * in its full length and a hash of the whole. Two ids of a megabyte that differ
 * in the last character are two fetches.
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const mark = `… [${text.length} characters, ${hash(text)}]`;
  let end = limit - mark.length;
  // Never half a surrogate pair.
  const last = codeAt(text, end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return cut(text, 0, end) + mark;
}

/** Two FNV-1a runs with different seeds: 64 bits, as 16 hexadecimal digits. */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const code = codeAt(text, index);
    low = imul(low ^ code, 0x01000193);
    high = imul(high ^ code, 0x85ebca6b);
  }
  return hex(high) + hex(low);
}

const {imul} = Math;
