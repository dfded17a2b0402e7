import {FETCH_ROUTES} from '../../inspector-core/protocol/protocol.js';
import {
  FILTER_KEYS,
  FILTER_STATES,
  type Filter,
  type FilterKey,
  type FilterToken,
  type Term,
} from './term.js';

interface ParsedWord {
  readonly tokens: readonly FilterToken[];
  readonly term?: Term;
  readonly problem?: string;
}

/** A regex with blanks, a word with a quoted part, or blanks. */
const WORDS = /\s+|-?\/(?:\\.|[^/\\])*\/(?=\s|$)|(?:"[^"]*"?|[^\s"])+/gu;

const isKey = (word: string): word is FilterKey =>
  FILTER_KEYS.some((key) => key === word);

const unquote = (word: string): string => word.replaceAll('"', '');

/** Reads what a user typed. Never throws. */
export function parseFilter(text: string): Filter {
  const words = (text.match(WORDS) ?? []).map(parseWord);
  const problem = words.find((word) => word.problem !== undefined)?.problem;
  return {
    tokens: words.flatMap((word) => word.tokens),
    terms: words.flatMap(({term}) => (term === undefined ? [] : [term])),
    ...(problem === undefined ? {} : {problem}),
  };
}

function parseWord(word: string): ParsedWord {
  if (/^\s/.test(word)) return {tokens: [{kind: 'space', text: word}]};
  const negated = word.startsWith('-') && word.length > 1;
  const body = negated ? word.slice(1) : word;
  if (/^\/.+\/$/s.test(body)) return parseRegex(word, body, negated);
  const colon = body.indexOf(':');
  const key = body.slice(0, Math.max(0, colon));
  if (isKey(key)) {
    const value = unquote(body.slice(colon + 1));
    const tokens: readonly FilterToken[] = [
      {kind: 'key', text: word.slice(0, word.indexOf(':') + 1)},
      {kind: 'value', text: body.slice(colon + 1)},
    ];
    // Half-typed: nothing to hold against anything yet.
    if (value === '') return {tokens};
    const read = parseValue(key, value, negated);
    return typeof read === 'string'
      ? {tokens: [{kind: 'invalid', text: word}], problem: read}
      : {tokens, term: read};
  }
  const tokens: readonly FilterToken[] = [{kind: 'text', text: word}];
  const wanted = unquote(body);
  return wanted === ''
    ? {tokens}
    : {tokens, term: {kind: 'text', negated, text: wanted.toLowerCase()}};
}

function parseRegex(word: string, body: string, negated: boolean): ParsedWord {
  try {
    const regex = new RegExp(body.slice(1, -1), 'iu');
    return {
      tokens: [{kind: 'regex', text: word}],
      term: {kind: 'regex', negated, regex},
    };
  } catch (error) {
    return {
      tokens: [{kind: 'invalid', text: word}],
      problem: `The pattern cannot be read: ${error instanceof Error ? error.message : 'invalid'}. To look for a slash, write \\/.`,
    };
  }
}

function parseValue(
  key: FilterKey,
  value: string,
  negated: boolean,
): Term | string {
  if (key === 'larger-than') {
    const bytes = parseSize(value);
    return bytes === undefined
      ? `larger-than:${value} is no size. Write 500, 10k, 1.5M or 2G.`
      : {kind: 'size', negated, bytes};
  }
  if (key === 'is' && !FILTER_STATES.some((state) => state === value)) {
    return `is:${value} is unknown. Write one of: ${FILTER_STATES.join(', ')}.`;
  }
  if (key === 'route' && !FETCH_ROUTES.some((route) => route === value)) {
    return `route:${value} is unknown. Write one of: ${FETCH_ROUTES.join(', ')}.`;
  }
  if (key === 'status' && !/^[\dx*]+$/i.test(value)) {
    return `status:${value} is no status. Write 404, 4xx or 20*.`;
  }
  return {kind: 'key', negated, key, value: value.toLowerCase()};
}

const POWERS: Readonly<Record<string, number>> = {k: 1e3, m: 1e6, g: 1e9};

function parseSize(value: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([kmg]?)b?$/i.exec(value);
  if (match === null) return undefined;
  return Number(match[1]) * (POWERS[match[2]?.toLowerCase() ?? ''] ?? 1);
}
