import type {Link} from '../../../inspector-core/bridge/bridge.js';
import type {AttachmentChanged} from '../../../inspector-core/protocol/protocol.js';
import {debuggee, type Commands, type DebuggerEvent} from './debuggee.js';
import type {HookSource} from './hook-source.js';
import {Lifeline} from './lifeline.js';
import {TargetSession, type TargetKind} from './target-session.js';

export interface AttachmentOptions {
  readonly tabId: number;
  readonly hooks: HookSource;
  readonly connect: (link: Link) => void;
  /** Something came over a binding that is not ours. */
  readonly refuse: (message: string) => void;
  /** A realm cannot be watched, or not any more. */
  readonly lose: (message: string) => void;
  /** The tab's main frame shows another document. */
  readonly onNavigated: (url: string) => void;
  /** A document that some frame of the tab shows. */
  readonly onDocument: (url: string) => void;
  readonly onChanged: (change: Omit<AttachmentChanged, 'type'>) => void;
}

const PROTOCOL = '1.3';

const CHILD_KINDS: Readonly<Record<string, TargetKind>> = {
  iframe: 'iframe',
  worker: 'worker',
  service_worker: 'service_worker',
};

/** The debugger's hold on one tab: its frames and workers, each in a session. */
export class Attachment {
  readonly #options: AttachmentOptions;
  readonly #sessions = new Map<string | undefined, TargetSession>();
  readonly #lifeline: Lifeline;
  #state: AttachmentChanged['state'] = 'detached';
  #lost: string | undefined;
  #attempts: Promise<void> = Promise.resolve();

  constructor(options: AttachmentOptions) {
    this.#options = options;
    this.#lifeline = new Lifeline(options.tabId);
    chrome.debugger.onEvent.addListener((source, method, params) => {
      if (source.tabId !== options.tabId) return;
      this.#handle(source.sessionId, {method, params} as DebuggerEvent);
    });
    chrome.debugger.onDetach.addListener(({tabId}, reason) => {
      if (tabId === options.tabId) this.#detached(reason);
    });
  }

  get state(): AttachmentChanged['state'] {
    return this.#state;
  }

  /** One after the other: the tab may have gone on since the last was refused. */
  attach(): Promise<void> {
    this.#attempts = this.#attempts.then(() => this.#attach());
    return this.#attempts;
  }

  async #attach(): Promise<void> {
    if (this.#state === 'attached') return;
    this.#change({state: 'attaching'});
    this.#lost = undefined;
    try {
      await this.#take();
    } catch (error) {
      this.#change(describeRefusal(error));
      return;
    }
    this.#change({state: 'attached'});
    this.#lifeline.hold();
    if (this.#lost !== undefined) {
      this.#detached(this.#lost);
      return;
    }
    this.#follow(undefined, 'tab', 'tab', false);
    await this.#readDocuments();
  }

  /** Those that were there before us, and tell of no navigation. */
  async #readDocuments(): Promise<void> {
    type Tree = Commands['Page.getFrameTree']['returnType']['frameTree'];
    const visit = ({frame, childFrames = []}: Tree): void => {
      this.#options.onDocument(frame.url);
      childFrames.forEach(visit);
    };
    try {
      const root = debuggee(this.#options.tabId);
      visit((await root.send('Page.getFrameTree')).frameTree);
    } catch {
      // Gone in between: the next document tells of itself.
    }
  }

  /** The hook's options have changed; see `TargetSession.renewHook`. */
  renewHook(): void {
    for (const session of this.#sessions.values()) session.renewHook();
  }

  /** Has Chrome stop workers, by their targets; whether it did any. */
  async stopWorkers(targets: readonly string[]): Promise<boolean> {
    const {send} = debuggee(this.#options.tabId);
    const answers = await Promise.allSettled(
      targets.map((targetId) => send('Target.closeTarget', {targetId})),
    );
    return answers.some((answer) => 'value' in answer && answer.value.success);
  }

  async detach(): Promise<void> {
    if (this.#state !== 'attached') return;
    this.#endSessions();
    this.#change({state: 'detached', reason: 'not-wanted'});
    try {
      await chrome.debugger.detach({tabId: this.#options.tabId});
    } catch {
      // It was gone already, which is what we want.
    }
  }

  /**
   * A session of ours outlives the DevTools window that made it: then we hold
   * the tab already, without anybody there who listens.
   */
  async #take(): Promise<void> {
    const target = {tabId: this.#options.tabId};
    try {
      await chrome.debugger.attach(target, PROTOCOL);
    } catch (error) {
      if (!messageOf(error).includes('already attached')) throw error;
      await chrome.debugger.detach(target);
      await chrome.debugger.attach(target, PROTOCOL);
    }
  }

  #handle(sessionId: string | undefined, event: DebuggerEvent): void {
    if (event.method === 'Target.attachedToTarget') {
      const {sessionId: child, targetInfo, waitingForDebugger} = event.params;
      const kind = CHILD_KINDS[targetInfo.type];
      if (kind === undefined) {
        void debuggee(this.#options.tabId, child)
          .send('Runtime.runIfWaitingForDebugger')
          .catch(() => undefined);
        return;
      }
      this.#follow(child, kind, targetInfo.targetId, waitingForDebugger);
    } else if (event.method === 'Target.detachedFromTarget') {
      this.#sessions.get(event.params.sessionId)?.end();
      this.#sessions.delete(event.params.sessionId);
    } else {
      this.#sessions.get(sessionId)?.handle(event);
      this.#watchNavigation(sessionId, event);
    }
  }

  #watchNavigation(sessionId: string | undefined, event: DebuggerEvent): void {
    if (sessionId !== undefined || event.method !== 'Page.frameNavigated') {
      return;
    }
    const {frame} = event.params;
    this.#options.onDocument(frame.url);
    if (frame.parentId === undefined) this.#options.onNavigated(frame.url);
  }

  #follow(
    sessionId: string | undefined,
    kind: TargetKind,
    place: string,
    waiting: boolean,
  ): void {
    const {tabId, hooks, connect, refuse, lose} = this.#options;
    const session = new TargetSession({
      debuggee: debuggee(tabId, sessionId),
      kind,
      place,
      waiting,
      hooks,
      connect,
      refuse,
      lose,
    });
    this.#sessions.set(sessionId, session);
    session.start();
  }

  #detached(reason: string): void {
    // The tab may go on while Chrome is still answering that we have it.
    if (this.#state === 'attaching') this.#lost = reason;
    if (this.#state !== 'attached') return;
    this.#endSessions();
    this.#change({
      state: 'detached',
      reason:
        reason === 'canceled_by_user' ? 'canceled-by-user' : 'target-closed',
    });
  }

  #endSessions(): void {
    for (const session of this.#sessions.values()) session.end('unlinked');
    this.#sessions.clear();
  }

  #change(change: Omit<AttachmentChanged, 'type'>): void {
    this.#state = change.state;
    this.#options.onChanged(change);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Chrome's sentence about why it may not be, and what kind of refusal it is. */
function describeRefusal(error: unknown): Omit<AttachmentChanged, 'type'> {
  const message = messageOf(error);
  return {
    state: 'refused',
    reason: message.startsWith('Cannot access') ? 'restricted-page' : 'failed',
    message,
  };
}
