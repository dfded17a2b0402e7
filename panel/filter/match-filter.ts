import type {Filter, Term} from './term.js';

/**
 * What a filter is held against. A key that says nothing about the subject
 * answers `undefined`, and such a term then holds: `type:` is about entries and
 * leaves the fetches alone.
 */
export interface Subject {
  readonly text: () => readonly string[];
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
      return subject
        .text()
        .some((text) => text.toLowerCase().includes(term.text));
    case 'regex':
      return subject
        .text()
        .some((text) => term.regex.test(text.slice(0, REGEX_REACH)));
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

function matchesValue(
  {key, value}: Extract<Term, {kind: 'key'}>,
  actual: string,
): boolean {
  switch (key) {
    case 'status':
      return matchesStatus(value, actual);
    case 'is':
    case 'method':
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
