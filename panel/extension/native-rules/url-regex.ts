/**
 * URL patterns as the regular expressions (RE2) that declarativeNetRequest
 * takes. The parser of rules lets no pattern through that has one of its own.
 *
 * @see https://urlpattern.spec.whatwg.org/#pattern-strings
 */

/** What stands for any text, and for a name, in a part of a URL. */
interface Part {
  readonly any: string;
  readonly name: string;
  readonly prefix?: string;
}

const PROTOCOL: Part = {any: '[^:/]*', name: '[^:/]+'};
const HOSTNAME: Part = {any: '(?:\\[[^\\]]*\\]|[^/:]*)', name: '[^/:.]+'};
const PORT: Part = {any: '\\d*', name: '\\d+'};
const PATHNAME: Part = {any: '[^?#]*', name: '[^/?#]+', prefix: '/'};
const SEARCH: Part = {any: '[^#]*', name: '[^#]+'};
const HASH: Part = {any: '.*', name: '.+'};

const TOKEN =
  /\\(?<escaped>.)|(?<special>[*{}]|:[\p{ID_Start}$_][\p{ID_Continue}$]*)|./suy;
const MODIFIER = /[?*+]/y;

/**
 * @param origin if given, only URLs of this origin
 * @returns undefined if the pattern fits no URL of that origin
 */
export function urlRegex(
  pattern: URLPattern,
  origin?: string,
): string | undefined {
  const {protocol, hostname, port} = pattern;
  if (
    origin !== undefined &&
    !new URLPattern({protocol, hostname, port}).test(origin)
  ) {
    return undefined;
  }
  const start =
    origin === undefined
      ? `${partRegex(protocol, PROTOCOL)}://${partRegex(hostname, HOSTNAME)}${portRegex(port)}`
      : escape(origin);
  const path = partRegex(pattern.pathname, PATHNAME);
  const search = tailRegex('?', pattern.search, SEARCH);
  return `^${start}${path}${search}${tailRegex('#', pattern.hash, HASH)}$`;
}

/** The port of a scheme is not in its URLs. */
const portRegex = (port: string): string =>
  port === '*' ? '(?::\\d+)?' : port === '' ? '' : `:${partRegex(port, PORT)}`;

/** What a URL may lack with its sign. */
function tailRegex(sign: string, text: string, part: Part): string {
  if (text === '') return `${escape(sign)}?`;
  const regex = `${escape(sign)}${partRegex(text, part)}`;
  return text === '*' ? `(?:${regex})?` : regex;
}

function partRegex(text: string, {any, name, prefix = ''}: Part): string {
  let regex = '';
  let place = 0;
  while (place < text.length) {
    TOKEN.lastIndex = place;
    const token = TOKEN.exec(text);
    const whole = token?.[0] ?? text.slice(place);
    place += whole.length;
    const {escaped, special} = token?.groups ?? {};
    if (special === undefined) {
      regex += escape(escaped ?? whole);
      continue;
    }
    if (special === '{') {
      regex += '(?:';
      continue;
    }
    MODIFIER.lastIndex = place;
    const modifier = MODIFIER.exec(text)?.[0] ?? '';
    place += modifier.length;
    if (special === '}') {
      regex += `)${modifier}`;
      continue;
    }
    const matched = special === '*' ? any : name;
    // What is optional or repeated, is so with the slash before it.
    const isTaken = modifier !== '' && prefix !== '' && regex.endsWith(prefix);
    regex =
      modifier === ''
        ? regex + matched
        : isTaken
          ? `${regex.slice(0, -prefix.length)}(?:${prefix}${matched})${modifier}`
          : `${regex}(?:${matched})${modifier}`;
  }
  return regex;
}

/** Text that stands for itself. */
export const escape = (text: string): string =>
  text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
