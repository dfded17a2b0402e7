import {
  apply,
  dataOf,
  eachMember,
  origin,
  react,
  toPromise,
  type Callable,
} from '../../platform/primordials.js';
import {findFactory} from './database.js';
import {DATABASE_NAME} from './schema.js';

// Kept from now on: they are asked in the midst of the page's own calls, and a
// page that replaces them must neither see that nor answer.
const factory = findFactory();
const list = dataOf(factory, 'databases') as Callable | undefined;

/**
 * Whether the engine has stored anything in this origin. Asking must not make
 * the database: a site that is only observed is left as it is.
 */
export function isEngineUsed(): Promise<boolean> {
  // No storage; and asked for it, Chromium leaves a rejection behind that nobody
  // can handle.
  if (origin === 'null' || !factory) return toPromise(false);
  // Not all browsers can list them; then there may be one.
  if (list === undefined) return toPromise(true);
  return react(
    apply<Promise<unknown>>(list, factory, []),
    isAmong,
    // No storage where it is forbidden.
    () => false,
  );
}

function isAmong(databases: unknown): boolean {
  let isThere = false;
  eachMember(databases, Infinity, (each) => {
    isThere ||= dataOf(each, 'name') === DATABASE_NAME;
  });
  return isThere;
}
