/** Forms hold texts; what they stand for is a tree, which its parser judges. */
import {ConditionsError} from '../../inspector-core/conditions/parsing.js';

/** One field of a form; its path is its place in what the form stands for. */
export interface FormField {
  readonly path: string;
  readonly label: string;
  readonly kind: 'number' | 'text' | 'choice' | 'lines';
  /** Of a choice; the first is taken where none was. */
  readonly choices?: readonly (readonly [value: string, label: string])[];
  readonly hint?: string;
}

/** By path; an empty one is left out. */
export type Texts = Readonly<Record<string, string>>;

/** What was read, or the sentence of the refusal and the field it belongs to. */
export type FormReading<T> =
  | {readonly value: T}
  | {
      /** Empty where it is of the whole. */
      readonly path: string;
      readonly message: string;
    };

/** What a field holds, or the first of its choices. */
export function textOf(texts: Texts, {path, choices}: FormField): string {
  const text = texts[path] ?? '';
  return text === '' ? (choices?.[0]?.[0] ?? '') : text;
}

/** The texts of what exists already. */
export const textsOf = (fields: readonly FormField[], value: object): Texts =>
  Object.fromEntries(fields.map(({path}) => [path, textAt(value, path)]));

export function textAt(tree: object, path: string): string {
  let value: unknown = tree;
  for (const name of path.split('.')) value = Reflect.get(Object(value), name);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return Object.entries(Object(value) as object)
    .map(([name, text]) => `${name}: ${String(text)}`)
    .join('\n');
}

/** Writes into a tree what the fields hold. */
export function fillIn(
  tree: Record<string, unknown>,
  fields: readonly FormField[],
  texts: Texts,
): void {
  for (const field of fields) {
    const text = textOf(texts, field);
    if (text !== '') putAt(tree, field.path, valueOf(field, text));
  }
}

export function putAt(
  tree: Record<string, unknown>,
  path: string,
  value: unknown,
): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  const inner = (tree[first] ?? {}) as Record<string, unknown>;
  tree[first] = inner;
  putAt(inner, rest.join('.'), value);
}

export function valueOf(
  {kind}: Pick<FormField, 'kind'>,
  text: string,
): unknown {
  switch (kind) {
    case 'number':
      // What is no number stays what it is, and is told so.
      return text.trim() === '' || Number.isNaN(Number(text))
        ? text
        : Number(text);
    case 'lines':
      return Object.fromEntries(
        text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(splitLine),
      );
    case 'choice':
    case 'text':
      return text;
  }
}

function splitLine(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return colon === -1
    ? [line.trim(), '']
    : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/**
 * Has a parser read a tree.
 *
 * @param root what the parser calls the tree in its refusals
 */
export function readForm<T>(
  parse: () => T,
  root: string,
  fields: readonly FormField[],
): FormReading<T> {
  try {
    return {value: parse()};
  } catch (error) {
    if (!(error instanceof ConditionsError)) throw error;
    const {where, message} = error;
    const place = where.startsWith(`${root}.`)
      ? where.slice(root.length + 1)
      : '';
    const field = fields.find(
      ({path}) => place === path || place.startsWith(`${path}.`),
    );
    return {path: field?.path ?? '', message: message.slice(where.length + 2)};
  }
}
