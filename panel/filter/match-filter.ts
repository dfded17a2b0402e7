import type {Filter, Term} from './term.js';

/**
 * What a filter is held against. A key that says nothing about the subject
 * answers `undefined`, and such a term then holds: `type:` is about entries and
 * leaves the fetches alone.
 */
export interface Subject {
  /** Cheap ones first: most words are found before the dear ones are made. */
  readonly text: () => Iterable<string>;
  readonly values: (
    key: Extract<Term, {kind: 'key'}>['key'],
  ) => readonly string[] | undefined;
  readonly bytes: () => number | undefined;
}

/** A regex runs in our own thread: what it is run on must stay short. */
const REGEX_REACH = 2_048;

export function matchesFilter(filter: Filter, subject: Subject): boolean {
  return filter.terms.every((term) => {
    const holds = matchesTerm(term, subject);
    return holds === undefined || holds !== term.negated;
  });
}

function matchesTerm(term: Term, subject: Subject): boolean | undefined {
  switch (term.kind) {
    case 'text':
      return some(subject.text(), (text) =>
        text.toLowerCase().includes(term.text),
      );
    case 'regex':
      return some(subject.text(), (text) =>
        term.regex.test(text.slice(0, REGEX_REACH)),
      );
    case 'size': {
      const bytes = subject.bytes();
      return bytes === undefined ? undefined : bytes > term.bytes;
    }
    case 'key':
      return subject
        .values(term.key)
        ?.some((value) => matchesValue(term, value.toLowerCase()));
  }
}

function some<T>(each: Iterable<T>, holds: (one: T) => boolean): boolean {
  for (const one of each) if (holds(one)) return true;
  return false;
}

function matchesValue(
  {key, value}: Extract<Term, {kind: 'key'}>,
  actual: string,
): boolean {
  switch (key) {
    case 'status':
      return matchesStatus(value, actual);
    case 'is':
    case 'method':
    case 'route':
      return actual === value;
    default:
      return actual.includes(value);
  }
}

/** `x` stands for one digit, `*` for any. */
function matchesStatus(pattern: string, status: string): boolean {
  const star = pattern.indexOf('*');
  const fixed = star === -1 ? pattern : pattern.slice(0, star);
  if (star === -1 && fixed.length !== status.length) return false;
  return Array.from(fixed).every(
    (digit, place) => digit === 'x' || digit === status[place],
  );
}
