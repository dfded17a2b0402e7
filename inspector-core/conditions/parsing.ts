/** Reading what people wrote: each refusal names the place and the remedy. */

/**
 * Conditions that cannot be: its message is a sentence for whoever wrote them.
 * Nothing of what was refused is in force.
 */
export class ConditionsError extends TypeError {
  /** Where in the input, as `rules[3].trigger.byte`. */
  readonly where: string;

  constructor(where: string, sentence: string) {
    super(`${where}: ${sentence}`);
    this.name = 'ConditionsError';
    this.where = where;
  }
}

/** Characters of a value that anybody reads in a sentence. */
const LONGEST = 60;

/** A value in a sentence, cut to a length that can be read. */
export const show = (value: unknown): string => clip(spell(value));

const clip = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}…` : text;

function spell(value: unknown): string {
  try {
    // What JSON has no text for, as functions, has one of its own.
    const json: unknown = JSON.stringify(value, createShortener());
    return typeof json === 'string' && typeof value !== 'number'
      ? json
      : String(value);
  } catch {
    // It is too large a number, or will not be read.
    return tagOf(value);
  }
}

const tagOf = (value: unknown): string => Object.prototype.toString.call(value);

/** Leaves out what would be cut off: a value may have millions of parts. */
function createShortener(): (name: string, part: unknown) => unknown {
  let room = LONGEST;
  return (_name, part) => {
    // Each part takes one character at least.
    room = Math.max(0, room - 1);
    if (typeof part === 'string') return part.slice(0, LONGEST);
    if (Array.isArray(part)) return part.slice(0, room);
    if (ArrayBuffer.isView(part)) return tagOf(part);
    if (typeof part !== 'object' || part === null) return part;
    const names = Object.keys(part).slice(0, room);
    return Object.fromEntries(
      names.map((name) => [name, Reflect.get(part, name)]),
    );
  };
}

export type Fields = Readonly<Record<string, unknown>>;

/** The place of a field that may be called anything. */
export const fieldOf = (where: string, name: string): string =>
  `${where}.${clip(name)}`;

/** A field that an object itself has. */
export const ownField = (input: unknown, name: string): unknown =>
  Object.hasOwn(Object(input) as object, name)
    ? Reflect.get(Object(input) as object, name)
    : undefined;

/** An object that has no other fields than these; what it inherits is left. */
export function parseFields(
  input: unknown,
  where: string,
  known: readonly string[],
): Fields {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ConditionsError(where, `expected an object, got ${show(input)}.`);
  }
  const unknown = Object.keys(input).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new ConditionsError(
      fieldOf(where, unknown),
      `there is no such field. Those there are: ${known.join(', ')}.`,
    );
  }
  return Object.assign(Object.create(null) as Fields, input);
}

export type Parser<T> = (input: unknown, where: string) => T;

/** Those of an object's fields that are there, each read by its parser. */
export function parseOptional<
  P extends Readonly<Record<string, Parser<unknown>>>,
>(
  fields: Fields,
  where: string,
  parsers: P,
): {readonly [K in keyof P]?: ReturnType<P[K]>} {
  const given = Object.entries(parsers).filter(
    ([name]) => fields[name] !== undefined,
  );
  const parsed = given.map(([name, parse]) => [
    name,
    parse(fields[name], `${where}.${name}`),
  ]);
  return Object.fromEntries(parsed) as {[K in keyof P]?: ReturnType<P[K]>};
}

interface Range {
  readonly min: number;
  readonly max: number;
  /** What it counts, as `bytes per second`; absent: nothing that has a name. */
  readonly unit?: string;
  readonly isWhole?: boolean;
  /** What to do for a value beyond `min`. */
  readonly belowMin?: string;
}

/** A finite number within bounds. */
export function parseNumber(
  input: unknown,
  where: string,
  {min, max, unit, isWhole = false, belowMin = ''}: Range,
): number {
  const isNumber = typeof input === 'number' && Number.isFinite(input);
  if (
    isNumber &&
    input >= min &&
    input <= max &&
    (!isWhole || Number.isInteger(input))
  ) {
    return input;
  }
  const number = isWhole ? 'a whole number' : 'a number';
  const kind = unit === undefined ? number : `${number} of ${unit}`;
  const hint = isNumber && input < min && belowMin !== '' ? ` ${belowMin}` : '';
  throw new ConditionsError(
    where,
    `expected ${kind} from ${min} to ${max}, got ${show(input)}.${hint}`,
  );
}

/** Text of at most so many characters, and at least one. */
export function parseText(
  input: unknown,
  where: string,
  longest = 1_000,
): string {
  if (typeof input === 'string' && input !== '' && input.length <= longest) {
    return input;
  }
  throw new ConditionsError(
    where,
    `expected text of 1 to ${longest} characters, got ${show(input)}.`,
  );
}

export function parseFlag(input: unknown, where: string): boolean {
  if (typeof input === 'boolean') return input;
  throw new ConditionsError(
    where,
    `expected true or false, got ${show(input)}.`,
  );
}

/** One of a few words. */
export function parseWord<T extends string>(
  input: unknown,
  where: string,
  words: readonly T[],
): T {
  const word = words.find((candidate) => candidate === input);
  if (word !== undefined) return word;
  throw new ConditionsError(
    where,
    `expected one of ${words.join(', ')}, got ${show(input)}.`,
  );
}

/** A list of at most so many entries; each one's place is in its `where`. */
export function parseList<T>(
  input: unknown,
  where: string,
  most: number,
  parse: Parser<T>,
): readonly T[] {
  if (!Array.isArray(input)) {
    throw new ConditionsError(where, `expected a list, got ${show(input)}.`);
  }
  if (input.length > most) {
    throw new ConditionsError(
      `${where}[${most}]`,
      `the list has ${input.length} entries, and ${most} are the most. ` +
        'To go on, leave some out.',
    );
  }
  // Unlike `map`, it does not leave out what is missing from the list.
  return Array.from(input, (entry: unknown, index) =>
    parse(entry, `${where}[${index}]`),
  );
}
