import type {Fact} from '../protocol/protocol.js';

/** What an entry takes besides its text, in characters. */
const OBJECT = 200;
/** What any other value in it takes. */
const VALUE = 16;

/**
 * About how much memory a fact takes, in characters: nearly all of what varies
 * is text, and a page decides how long an id or a list of requests is.
 */
export function weighFact(fact: Fact): number {
  // Those that come in thousands are always of about the same size.
  switch (fact.type) {
    case 'registration-progressed':
      return OBJECT + fact.registration.id.length;
    case 'attempt-progressed':
      return OBJECT;
    default:
      return OBJECT + weigh(fact);
  }
}

function weigh(value: unknown): number {
  if (typeof value === 'string') return VALUE + value.length;
  if (typeof value !== 'object' || value === null) return VALUE;
  let sum = VALUE;
  for (const member of Object.values(value)) sum += weigh(member);
  return sum;
}
