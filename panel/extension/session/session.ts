/** One DevTools window's session: its log, what writes to it, what it is asked. */
import type {EventLog} from '../../../inspector-core/log/log.js';
import type {InspectorState} from '../../../inspector-core/projections/projections.js';
import {
  OK,
  refuse,
  type CommandResult,
  type InspectorCommand,
} from '../../../inspector-core/protocol/protocol.js';
import type {Store} from '../../../inspector-core/store/store.js';
import {SessionCore, withinPatience} from '../../host/session-core.js';
import {readSettings} from '../../host/settings.js';
import {abortNatively, followNatively} from '../native-rules/native-rules.js';
import {Wire} from '../wire/wire.js';
import {Attachment} from './attachment.js';
import type {HookSource} from './hook-source.js';
import {rememberRecording, wantsRecording} from './preferences.js';

export class Session {
  readonly #core: SessionCore;
  readonly #attachment: Attachment;
  readonly #wire: Wire;
  #recording = false;
  #preserveLog = readSettings().preserveLog;

  constructor(tabId: number, hooks: HookSource) {
    const core = new SessionCore({
      // Before the first script of those to come.
      onStanding: (command) => {
        hooks.stand(command);
        this.#attachment.renewHook();
      },
      stopWorkers: (targets) => this.#attachment.stopWorkers(targets),
    });
    this.#core = core;
    const {browser, collector} = core;
    this.#wire = new Wire(core.own('wire'), core.panel);
    abortNatively({
      panel: core.panel,
      store: core.store,
      execute: (command) => core.execute(command),
    });
    followNatively(core.store, (message) =>
      core.panel.append({
        type: 'hook-faulted',
        where: 'native rules',
        error: {name: 'Error', message},
      }),
    );
    this.#attachment = new Attachment({
      tabId,
      hooks,
      connect: (link) => collector.connect(link),
      refuse: (message) => collector.refuse('', message),
      lose: (message) => {
        // Taken out by ourselves, at the user's wish.
        if (!this.#recording) return;
        browser.append({
          type: 'hook-faulted',
          where: 'hook',
          error: {name: 'Error', message},
        });
      },
      onChanged: (change) => {
        browser.append({type: 'attachment-changed', ...change});
        // Chrome takes the tab from us when it goes to a page of its own: only
        // a new attempt brings to light which page that is.
        if (change.reason === 'target-closed') void this.#attachment.attach();
      },
      onDocument: (url) => this.#wire.follow(url),
      onNavigated: (url) => {
        browser.append({type: 'page-navigated', url});
        if (!this.#preserveLog) void core.execute({type: 'clear-log'});
      },
    });
  }

  get log(): EventLog<InspectorState> {
    return this.#core.log;
  }

  get store(): Store<InspectorState> {
    return this.#core.store;
  }

  /** Begins at once if that is how the user left it. */
  resume(): void {
    this.#core.restore();
    if (wantsRecording() === true) void this.#start();
  }

  /** The panel is in front of the user, who was never asked before. */
  firstShown(): void {
    if (wantsRecording() !== undefined) return;
    void this.#start();
  }

  /**
   * The tab shows another document: what refused us, or ended our session, may
   * be gone with the old one. The user's own refusal stands.
   */
  async documentChanged(): Promise<void> {
    if (!this.#recording) return;
    const {state, reason} = this.store.state.session.attachment;
    if (state === 'attached' || reason === 'canceled-by-user') return;
    await this.#attachment.attach();
  }

  async execute(command: InspectorCommand): Promise<CommandResult> {
    switch (command.type) {
      case 'start-recording':
        rememberRecording(true);
        return this.#start();
      case 'stop-recording':
        rememberRecording(false);
        return this.#stop();
      case 'preserve-log':
        this.#preserveLog = command.preserve;
        return OK;
      case 'request-wire-access':
        return this.#wire.read(command.origins);
      default:
        return this.#core.execute(command);
    }
  }

  async #start(): Promise<CommandResult> {
    if (!this.#recording) {
      this.#recording = true;
      rememberRecording(true);
      this.#core.panel.append({type: 'recording-changed', recording: true});
      this.#wire.start();
    }
    await this.#attachment.attach();
    const {state, message} = this.store.state.session.attachment;
    return state === 'attached'
      ? OK
      : refuse(message ?? 'The tab could not be attached.');
  }

  async #stop(): Promise<CommandResult> {
    if (!this.#recording) return OK;
    this.#recording = false;
    this.#wire.stop();
    if (this.#attachment.state === 'attached') {
      const left = this.#core.collector.execute({type: 'uninstall-hook'});
      await withinPatience(left, []);
      await this.#attachment.detach();
    }
    this.#core.panel.append({type: 'recording-changed', recording: false});
    return OK;
  }
}
