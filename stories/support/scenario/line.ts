/** One line of a scenario, in its parts. */
export interface Line {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly realm: string;
  readonly verb: string;
  /** Words without `=`, in order. */
  readonly words: readonly string[];
  /** Words with `=`. */
  readonly options: Readonly<Record<string, string>>;
}

const WORD = /(?:[^\s"]|"(?:\\.|[^"\\])*")+/g;

const UNITS: Readonly<Record<string, number>> = {ms: 1, s: 1e3, min: 6e4};
const POWERS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
};

/** `120ms`, `1.5s`, `2min`. */
export function readTime(word: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|min)$/.exec(word);
  if (match === null) throw new SyntaxError(`"${word}" is no time.`);
  return Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1);
}

/** `0`, `212kB`, `62.9MB`. */
export function readBytes(word: string): number {
  const match = /^(\d+(?:\.\d+)?)(B|kB|MB|GB)?$/.exec(word);
  if (match === null) throw new SyntaxError(`"${word}" is no size.`);
  return Math.round(Number(match[1]) * (POWERS[match[2] ?? 'B'] ?? 1));
}

/** Quotes hold a word together; inside them JSON's escapes count. */
const unquote = (word: string): string =>
  word.replaceAll(/"(?:\\.|[^"\\])*"/g, (quoted) => String(JSON.parse(quoted)));

/** `1.2s worker event ep-5 backgroundfetchfail handlers=1` */
export function readLine(text: string): Line {
  const [time = '', realm = '', verb = '', ...rest] = text.match(WORD) ?? [];
  const isOption = (word: string) => /^[a-zA-Z]+=/.test(word);
  return {
    at: readTime(time),
    realm,
    verb,
    words: rest.filter((word) => !isOption(word)).map(unquote),
    options: Object.fromEntries(
      rest.filter(isOption).map((word) => {
        const equals = word.indexOf('=');
        return [word.slice(0, equals), unquote(word.slice(equals + 1))];
      }),
    ),
  };
}
