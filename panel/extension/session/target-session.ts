import {
  BINDING,
  REALM_KEY,
  type Link,
  type LinkEnd,
} from '../../../inspector-core/bridge/bridge.js';
import type {SourceKind} from '../../../inspector-core/protocol/protocol.js';
import {Contexts, isOwnWorld, type Context} from './contexts.js';
import {
  ignore,
  type Commands,
  type Debuggee,
  type DebuggerEvent,
} from './debuggee.js';
import type {HookSource} from './hook-source.js';
import {RealmLinks} from './realm-links.js';

/** What kind of target a session is attached to. */
export type TargetKind = 'tab' | 'iframe' | 'worker' | 'service_worker';

export interface TargetSessionOptions {
  readonly debuggee: Debuggee;
  readonly kind: TargetKind;
  readonly place: string;
  /** Chrome holds it before its first script, until we let it go. */
  readonly waiting: boolean;
  readonly hooks: HookSource;
  readonly connect: (link: Link) => void;
  readonly refuse: (message: string) => void;
  /** A realm cannot be watched, or not any more. */
  readonly lose: (message: string) => void;
}

type PageScript = Promise<
  Commands['Page.addScriptToEvaluateOnNewDocument']['returnType']
>;

const REALM_KINDS: Readonly<Record<TargetKind, readonly SourceKind[]>> = {
  tab: ['page', 'frame'],
  iframe: ['frame'],
  worker: ['dedicated-worker'],
  service_worker: ['service-worker'],
};

/** How the realms of a target end when nothing more is known. */
const END: Readonly<Record<TargetKind, LinkEnd>> = {
  tab: 'unloaded',
  iframe: 'unloaded',
  worker: 'stopped',
  service_worker: 'stopped',
};

/** Answers and events may overtake each other by a little: milliseconds. */
const GRACE = 500;

/** Scripts of the worker itself: not what a debugger evaluates, nor our own. */
const OWN_SCRIPTS = '^[a-z-]+:';

/**
 * For a realm that comes out of the back-forward cache: Chrome puts the binding
 * back on its global, and the hook there must learn that it may talk again.
 */
const RECONNECT = `(() => {
  const binding = globalThis.${BINDING};
  delete globalThis.${BINDING};
  const realm = globalThis[Symbol.for('${REALM_KEY}')];
  if (binding && realm) realm.attach(binding);
})()`;

/** Hooks one target, and follows its realms as they come and go. */
export class TargetSession {
  readonly kind: TargetKind;
  readonly #debuggee: Debuggee;
  readonly #hooks: HookSource;
  readonly #waiting: boolean;
  readonly #contexts = new Contexts();
  readonly #links: RealmLinks;
  readonly #lose: (message: string) => void;
  #breakpoint:
    Promise<Commands['Debugger.setBreakpointByUrl']['returnType']> | undefined;
  #pageScript: PageScript | undefined;

  constructor(options: TargetSessionOptions) {
    const {debuggee, kind, place, connect, refuse, lose} = options;
    this.kind = kind;
    this.#debuggee = debuggee;
    this.#hooks = options.hooks;
    this.#waiting = options.waiting;
    const kinds = REALM_KINDS[kind];
    this.#lose = lose;
    this.#links = new RealmLinks({
      debuggee,
      place,
      kinds,
      connect,
      refuse,
      lose,
    });
  }

  /** Awaits nothing: a worker that waits for us would never answer. */
  start(): void {
    const {send} = this.#debuggee;
    ignore(send('Runtime.enable'));
    ignore(send('Runtime.addBinding', {name: BINDING}));
    if (this.kind === 'tab' || this.kind === 'iframe') this.#hookPages();
    else this.#hookWorker();
    if (this.kind !== 'service_worker') this.#followChildren();
    if (this.#waiting) ignore(send('Runtime.runIfWaitingForDebugger'));
  }

  /** The hook's options have changed: realms to come are to have the new ones. */
  renewHook(): void {
    if (this.kind === 'tab' || this.kind === 'iframe') {
      const old = this.#pageScript;
      this.#addPageScript(false);
      void this.#removePageScript(old);
    } else if (this.#breakpoint !== undefined) {
      // A worker that is stopped tells no breakpoint's id, by which it could be
      // removed alone.
      ignore(this.#debuggee.send('Debugger.disable'));
      ignore(this.#debuggee.send('Debugger.enable'));
      this.#hookAtFirstScript();
    }
  }

  end(reason: LinkEnd = END[this.kind]): void {
    this.#contexts.clear();
    this.#links.endAll(reason);
  }

  handle({method, params}: DebuggerEvent): void {
    switch (method) {
      case 'Runtime.bindingCalled': {
        if (params.name !== BINDING) return;
        const context = this.#contexts.uniqueId(params.executionContextId);
        this.#links.receive(context, params.payload);
        return;
      }
      case 'Runtime.executionContextCreated':
        if (isOwnWorld(params.context)) this.#meet(params.context);
        return;
      case 'Runtime.executionContextDestroyed':
        this.#contexts.remove(params.executionContextId);
        if (this.#isToldOfItsStop) return;
        this.#links.end(params.executionContextUniqueId, END[this.kind]);
        return;
      case 'Runtime.executionContextsCleared':
        this.#contexts.clear();
        if (!this.#isToldOfItsStop) this.end();
        return;
      case 'Inspector.workerScriptLoaded':
        void this.#scriptsRan();
        return;
      case 'Inspector.targetCrashed':
        this.#crashed();
        return;
      default:
    }
  }

  #meet(context: Context): void {
    const {uniqueId: uniqueContextId} = context;
    if (!this.#contexts.add(context)) {
      if (this.kind === 'tab' || this.kind === 'iframe') this.#expect(context);
      return;
    }
    // The link of before may still be there: it is of no use any more.
    this.#links.end(uniqueContextId, 'unlinked');
    ignore(
      this.#debuggee.send('Runtime.evaluate', {
        expression: RECONNECT,
        uniqueContextId,
        silent: true,
      }),
    );
  }

  /**
   * A page that ran before us may stand in the hook's way, which then says
   * nothing. What is evaluated here comes after the hook, in any case.
   */
  #expect({uniqueId: uniqueContextId, origin}: Context): void {
    const answered = this.#debuggee.send('Runtime.evaluate', {
      expression: '0',
      uniqueContextId,
      silent: true,
    });
    const look = (): void => {
      const isThere = this.#contexts.has(uniqueContextId);
      if (!isThere || this.#links.has(uniqueContextId)) return;
      this.#lose(
        `A page of ${origin} stands in the hook's way. Reload the page.`,
      );
    };
    ignore(answered.then(() => setTimeout(look, GRACE)));
  }

  /** Frames of other processes, and workers, become sessions of their own. */
  #followChildren(): void {
    ignore(
      this.#debuggee.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
      }),
    );
  }

  #hookPages(): void {
    ignore(this.#debuggee.send('Page.enable'));
    this.#addPageScript(true);
  }

  #addPageScript(runImmediately: boolean): void {
    this.#pageScript = this.#debuggee.send(
      'Page.addScriptToEvaluateOnNewDocument',
      {source: this.#hooks.page, runImmediately},
    );
    ignore(this.#pageScript);
  }

  /** Only when another is there: no document may come between the two. */
  async #removePageScript(script: PageScript | undefined): Promise<void> {
    try {
      const [old] = await Promise.all([script, this.#pageScript]);
      if (old === undefined) return;
      const {identifier} = old;
      await this.#debuggee.send('Page.removeScriptToEvaluateOnNewDocument', {
        identifier,
      });
    } catch {
      // The target is gone, and its scripts with it.
    }
  }

  /**
   * While a worker waits for the debugger, its global is not complete: patches
   * are overwritten later, and to read its location hangs it. And a service
   * worker that starts again in this session does not wait at all. So the hook
   * is the condition of a breakpoint at the start of every script: evaluated
   * there, in time and after each restart, and since it is never true nothing
   * pauses and no other debugger notices.
   */
  #hookWorker(): void {
    ignore(this.#debuggee.send('Debugger.enable'));
    if (this.#waiting) this.#hookAtFirstScript();
    else this.#hookLate();
  }

  #hookLate(): void {
    const {lateWorker: expression} = this.#hooks;
    ignore(this.#debuggee.send('Runtime.evaluate', {expression, silent: true}));
  }

  #hookAtFirstScript(): void {
    this.#breakpoint = this.#debuggee.send('Debugger.setBreakpointByUrl', {
      urlRegex: OWN_SCRIPTS,
      lineNumber: 0,
      columnNumber: 0,
      condition: this.#hooks.workerCondition,
    });
    ignore(this.#breakpoint);
  }

  /**
   * The worker's scripts have run. V8 moves a breakpoint into a function that
   * stands before the first statement: then they ran without us, and each call
   * of that function would be slowed from now on.
   */
  async #scriptsRan(): Promise<void> {
    if (this.#links.size === 0) this.#hookLate();
    const breakpoint = this.#breakpoint;
    this.#breakpoint = undefined;
    try {
      const set = await breakpoint;
      if (set === undefined) return;
      const {breakpointId} = set;
      await this.#debuggee.send('Debugger.removeBreakpoint', {breakpointId});
    } catch {
      // The worker is gone, and its breakpoint with it.
    }
  }

  /**
   * A service worker's global goes before Chrome tells that the worker has
   * stopped. Who reads that it has stopped may start it, which is too early
   * before that: the hook would come late.
   */
  get #isToldOfItsStop(): boolean {
    return this.kind === 'service_worker';
  }

  /** A service worker that stops is told so; it starts again in this session. */
  #crashed(): void {
    // Chrome keeps it until the worker starts again, with a fresh debugger.
    if (this.#isToldOfItsStop) this.#hookAtFirstScript();
    this.end(this.#isToldOfItsStop ? 'stopped' : 'crashed');
  }
}
