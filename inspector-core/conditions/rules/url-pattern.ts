import {ConditionsError, show} from '../parsing.js';

/**
 * What relative patterns are relative to: the root of the origin, which page and
 * worker have in common, and which is all that Chrome tells of a native request.
 */
const rootOf = (place: string | undefined): string | undefined =>
  place !== undefined && URL.canParse('/', place)
    ? new URL('/', place).href
    : undefined;

/**
 * Undefined for what is no pattern here.
 *
 * @param place any URL of the origin that it is relative to
 */
export function makeUrlPattern(
  text: string,
  place = globalThis.location?.href,
): URLPattern | undefined {
  const root = rootOf(place);
  try {
    return root === undefined
      ? new URLPattern(text)
      : new URLPattern(text, root);
  } catch {
    return undefined;
  }
}

/**
 * Makes a pattern of what people wrote. Throws a ConditionsError that names the place.
 *
 * @param place any URL of the origin that it is relative to
 */
export function compileUrl(
  text: string,
  where: string,
  place = globalThis.location?.href,
): URLPattern {
  if (typeof globalThis.URLPattern !== 'function') {
    throw new ConditionsError(
      where,
      'there is no URLPattern here, which Chrome has since 95, Firefox since ' +
        '142, Safari since 26 and Node since 24. To go on, match by fetchId and ' +
        'record.',
    );
  }
  const pattern = makeUrlPattern(text, place);
  if (pattern === undefined) {
    const hasOrigin = rootOf(place) !== undefined;
    throw new ConditionsError(
      where,
      !hasOrigin && makeUrlPattern(text, 'https://any.example') !== undefined
        ? `${show(text)} is relative, and there is no origin here. To fit any, ` +
            'begin it with *://*:*/.'
        : `${show(text)} is no URL pattern. Examples: /media/*, ` +
            'https://*.example.com/*, *://*:*/*.zip.',
    );
  }
  if (pattern.hasRegExpGroups) {
    throw new ConditionsError(
      where,
      `${show(text)} has a regular expression. Use * and :name instead.`,
    );
  }
  return pattern;
}
