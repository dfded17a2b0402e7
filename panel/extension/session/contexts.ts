import type {Protocol} from 'devtools-protocol';

export type Context = Protocol.Runtime.ExecutionContextDescription;

/** Restored contexts are told from new ones among this many. */
const REMEMBERED = 1_000;

/** The script contexts of one session that belong to the page itself. */
export class Contexts {
  readonly #byNumber = new Map<number, Context>();
  readonly #seen = new Set<string>();

  /**
   * True if the context was here before: it comes out of the back-forward
   * cache, where everything lives on as it was.
   */
  add(context: Context): boolean {
    this.#byNumber.set(context.id, context);
    const {uniqueId} = context;
    if (this.#seen.has(uniqueId)) return true;
    this.#seen.add(uniqueId);
    const [oldest] = this.#seen;
    if (this.#seen.size > REMEMBERED && oldest !== undefined) {
      this.#seen.delete(oldest);
    }
    return false;
  }

  remove(number: number): void {
    this.#byNumber.delete(number);
  }

  clear(): void {
    this.#byNumber.clear();
  }

  has(uniqueId: string): boolean {
    return [...this.#byNumber.values()].some(
      (context) => context.uniqueId === uniqueId,
    );
  }

  /**
   * A binding names its context by number, and numbers return when a page
   * changes its process: the newest context of that number is meant.
   */
  uniqueId(number: number): string | undefined {
    return this.#byNumber.get(number)?.uniqueId;
  }
}

/** False for the isolated worlds of other extensions' content scripts. */
export function isOwnWorld({auxData}: Context): boolean {
  // Contexts of workers have no `auxData`.
  return (auxData as {isDefault?: boolean} | undefined)?.isDefault !== false;
}
