import type {Protocol} from 'devtools-protocol';
import {
  BINDING,
  REALM_KEY,
  type Link,
  type LinkEnd,
} from '../../../inspector-core/bridge/bridge.js';
import type {SourceKind} from '../../../inspector-core/protocol/protocol.js';
import {Contexts, isOwnWorld} from './contexts.js';
import {type Debuggee, type DebuggerEvent, ignore} from './debuggee.js';
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
}

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

const INSTRUMENTATION = 'beforeScriptExecution';

/** V8's name for the one breakpoint that this session ever sets. */
const BREAKPOINT = `8:${INSTRUMENTATION}`;

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

  constructor(options: TargetSessionOptions) {
    const {debuggee, kind, place, connect, refuse} = options;
    this.kind = kind;
    this.#debuggee = debuggee;
    this.#hooks = options.hooks;
    this.#waiting = options.waiting;
    const kinds = REALM_KINDS[kind];
    this.#links = new RealmLinks({
      call: (call) => this.#call(call),
      place,
      kinds,
      connect,
      refuse,
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

  end(reason: LinkEnd = END[this.kind]): void {
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
        this.#links.end(params.executionContextUniqueId, END[this.kind]);
        return;
      case 'Runtime.executionContextsCleared':
        this.#contexts.clear();
        this.end();
        return;
      case 'Debugger.paused':
        if (params.reason === 'instrumentation') this.#hookStartingWorker();
        return;
      case 'Inspector.targetCrashed':
        this.#crashed();
        return;
      default:
    }
  }

  #meet(context: Parameters<Contexts['add']>[0]): void {
    if (!this.#contexts.add(context)) return;
    const {uniqueId: uniqueContextId} = context;
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
    const {send} = this.#debuggee;
    ignore(send('Page.enable'));
    ignore(
      send('Page.addScriptToEvaluateOnNewDocument', {
        source: this.#hooks.page,
        runImmediately: true,
      }),
    );
  }

  /**
   * While a worker waits for the debugger, its global is not complete: patches
   * are overwritten later, and to read its location hangs it. So the hook goes
   * in at the break before its first script.
   */
  #hookWorker(): void {
    if (!this.#waiting) this.#evaluate('late');
    if (!this.#waiting && this.kind === 'worker') return;
    ignore(this.#debuggee.send('Debugger.enable'));
    this.#breakBeforeScripts();
  }

  #breakBeforeScripts(): void {
    ignore(
      this.#debuggee.send('Debugger.setInstrumentationBreakpoint', {
        instrumentation: INSTRUMENTATION,
      }),
    );
  }

  /** Comes before each script of the worker; its hook must be in by the first. */
  #hookStartingWorker(): void {
    if (this.#links.size === 0) {
      this.#stopBreaking();
      this.#evaluate('before-scripts');
      if (this.kind === 'service_worker') this.#breakBeforeScripts();
    }
    ignore(this.#debuggee.send('Debugger.resume'));
  }

  #stopBreaking(): void {
    ignore(
      this.#debuggee.send('Debugger.removeBreakpoint', {
        breakpointId: BREAKPOINT,
      }),
    );
  }

  /**
   * A service worker starts again in the same session without a sign that would
   * come early enough: so its break must be there all the time. Our own call is
   * a script too, at which it would break; hence off, call, on, in one go.
   */
  #call(call: Protocol.Runtime.CallFunctionOnRequest): void {
    const keepsBreak = this.kind === 'service_worker';
    if (keepsBreak) this.#stopBreaking();
    // Gone: its going is told by an event of its own.
    ignore(this.#debuggee.send('Runtime.callFunctionOn', call));
    if (keepsBreak) this.#breakBeforeScripts();
  }

  #evaluate(timing: 'before-scripts' | 'late'): void {
    ignore(
      this.#debuggee.send('Runtime.evaluate', {
        expression: this.#hooks.worker[timing],
        silent: true,
      }),
    );
  }

  /** A service worker that stops is told so; it starts again in this session. */
  #crashed(): void {
    this.#contexts.clear();
    this.end(this.kind === 'service_worker' ? 'stopped' : 'crashed');
  }
}
