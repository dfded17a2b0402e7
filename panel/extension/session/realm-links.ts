import {
  createDebuggerEnd,
  endLink,
  HELLO,
  type DebuggerEnd,
  type Link,
  type LinkEnd,
} from '../../../inspector-core/bridge/bridge.js';
import type {SourceKind} from '../../../inspector-core/protocol/protocol.js';
import {type Commands, type Debuggee, ignore} from './debuggee.js';

export interface RealmLinksOptions {
  readonly debuggee: Debuggee;
  readonly place: string;
  readonly kinds: readonly SourceKind[];
  readonly connect: (link: Link) => void;
  readonly refuse: (message: string) => void;
  /** A realm cannot be watched, or not any more. */
  readonly lose: (message: string) => void;
}

type Called = Commands['Runtime.callFunctionOn']['returnType'];

interface OpenLink {
  readonly end: DebuggerEnd;
  readonly ended: AbortController;
}

/** The links to the realms of one debugger session, by script context. */
export class RealmLinks {
  readonly #options: RealmLinksOptions;
  readonly #links = new Map<string, OpenLink>();

  constructor(options: RealmLinksOptions) {
    this.#options = options;
  }

  /** How many realms said hello and are still there. */
  get size(): number {
    return this.#links.size;
  }

  has(context: string): boolean {
    return this.#links.has(context);
  }

  /** What a realm sent through its binding. */
  receive(context: string | undefined, payload: string): void {
    const {refuse} = this.#options;
    if (context === undefined) {
      refuse('It comes from no context of the page');
    } else if (payload === HELLO) {
      this.#open(context);
    } else if (this.#links.get(context)?.end.receive(payload) !== true) {
      refuse('Not an answer that was asked for');
    }
  }

  end(context: string, reason: LinkEnd): void {
    const link = this.#links.get(context);
    this.#links.delete(context);
    if (link !== undefined) endLink(link.ended, reason);
  }

  endAll(reason: LinkEnd): void {
    for (const context of this.#links.keys()) this.end(context, reason);
  }

  /** A page may say hello as often as it likes: only the first one counts. */
  #open(context: string): void {
    if (this.#links.has(context)) return;
    const {debuggee, place, kinds, connect, lose} = this.#options;
    const ended = new AbortController();
    let isLost = false;
    const end = createDebuggerEnd((functionDeclaration, argument) => {
      const called = debuggee.send('Runtime.callFunctionOn', {
        functionDeclaration,
        uniqueContextId: context,
        arguments: [{value: argument}],
        silent: true,
        returnByValue: true,
      });
      const look = ({result, exceptionDetails}: Called): void => {
        const isHeard = exceptionDetails === undefined && result.value === true;
        if (isHeard || isLost) return;
        isLost = true;
        lose('The page has taken the hook away or broken it. Reload the page.');
      };
      // Gone: its going is told by an event of its own.
      ignore(called.then(look));
    });
    this.#links.set(context, {end, ended});
    connect({
      endpoint: end.endpoint,
      onFarewell: end.onFarewell,
      signal: ended.signal,
      place,
      kinds,
    });
  }
}
