/** One DevTools window's session: its log, what writes to it, what it is asked. */
import {
  Collector,
  OwnSource,
  type RealmRefusal,
} from '../../../inspector-core/bridge/bridge.js';
import {
  createEventLog,
  type EventLog,
} from '../../../inspector-core/log/log.js';
import {
  inspectorProjection,
  type InspectorState,
} from '../../../inspector-core/projections/projections.js';
import type {
  CommandResult,
  InspectorCommand,
  RealmCommand,
  SetConditions,
  SourceKind,
} from '../../../inspector-core/protocol/protocol.js';
import {createStore, type Store} from '../../../inspector-core/store/store.js';
import {keepSettings, readSettings} from '../../host/settings.js';
import {Wire} from '../wire/wire.js';
import {Attachment} from './attachment.js';
import type {HookSource} from './hook-source.js';
import {rememberRecording, wantsRecording} from './preferences.js';

/** Entries kept: about 25 MB. */
const CAPACITY = 100_000;
/** Characters that they take at most, whatever a page puts into its ids. */
const WEIGHT = 64_000_000;

/** A realm that does not answer must not keep the tab: milliseconds. */
const PATIENCE = 500;

const OK: CommandResult = {ok: true};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Session {
  readonly log: EventLog<InspectorState>;
  readonly store: Store<InspectorState>;
  readonly #panel: OwnSource;
  readonly #collector: Collector;
  readonly #attachment: Attachment;
  readonly #wire: Wire;
  #recording = false;
  readonly #hooks: HookSource;
  #preserveLog = readSettings().preserveLog;

  constructor(tabId: number, hooks: HookSource) {
    this.#hooks = hooks;
    this.log = createEventLog({
      capacity: CAPACITY,
      weight: WEIGHT,
      base: inspectorProjection,
    });
    this.store = createStore(this.log, inspectorProjection);
    const now = (): number => performance.timeOrigin + performance.now();
    const own = (kind: SourceKind): OwnSource =>
      new OwnSource(this.log, {kind, realm: kind, url: ''}, now);
    this.#panel = own('panel');
    const browser = own('browser');
    this.#wire = new Wire(own('wire'), this.#panel);
    const collector = new Collector({
      log: this.log,
      panel: this.#panel,
      browser,
      onRefused: (refusal) =>
        this.#panel.append({
          type: 'hook-faulted',
          where: 'route',
          error: {name: 'Error', message: this.#describe([refusal])},
        }),
    });
    this.#collector = collector;
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
        if (!this.#preserveLog) this.#clear();
      },
    });
  }

  /** Begins at once if that is how the user left it. */
  resume(): void {
    const {route} = readSettings();
    if (route !== 'auto') void this.#setRoute({type: 'set-route', route});
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
      case 'clear-log':
        this.#clear();
        return OK;
      case 'preserve-log':
        this.#preserveLog = command.preserve;
        return OK;
      case 'control-fetch':
      case 'restart-worker':
      case 'clear-storage':
        return this.#collector.request(command);
      case 'set-route':
        keepSettings({route: command.route});
        return this.#setRoute(command);
      case 'set-conditions':
        return this.#setConditions(command);
      case 'request-wire-access':
        return this.#wire.read(command.origins);
    }
  }

  async #start(): Promise<CommandResult> {
    if (!this.#recording) {
      this.#recording = true;
      rememberRecording(true);
      this.#panel.append({type: 'recording-changed', recording: true});
      this.#wire.start();
    }
    await this.#attachment.attach();
    const {state, message} = this.store.state.session.attachment;
    return state === 'attached'
      ? OK
      : {ok: false, message: message ?? 'The tab could not be attached.'};
  }

  async #stop(): Promise<CommandResult> {
    if (!this.#recording) return OK;
    this.#recording = false;
    this.#wire.stop();
    if (this.#attachment.state === 'attached') {
      await Promise.race([
        this.#collector.execute({type: 'uninstall-hook'}),
        pause(PATIENCE),
      ]);
      await this.#attachment.detach();
    }
    this.#panel.append({type: 'recording-changed', recording: false});
    return OK;
  }

  /** In every realm that there is, and before the first script of those to come. */
  async #setRoute(
    command: Extract<InspectorCommand, {type: 'set-route'}>,
  ): Promise<CommandResult> {
    this.#hooks.route = command.route;
    this.#attachment.renewHook();
    this.#panel.append({type: 'route-changed', route: command.route});
    return this.#askAll(command);
  }

  async #setConditions(command: SetConditions): Promise<CommandResult> {
    const {conditions} = command;
    this.#panel.append({type: 'conditions-set', conditions});
    return this.#askAll(command);
  }

  /** Every realm, and those to come. */
  async #askAll(command: RealmCommand): Promise<CommandResult> {
    const refusals = await Promise.race([
      this.#collector.standing(command),
      pause(PATIENCE).then(() => []),
    ]);
    return refusals.length === 0
      ? OK
      : {ok: false, message: this.#describe(refusals)};
  }

  #describe(refusals: readonly RealmRefusal[]): string {
    const {realms} = this.store.state;
    return refusals
      .map(({realm = '', message}) => {
        const url = realms.get(realm)?.source.url;
        return url === undefined ? message : `${url}: ${message}`;
      })
      .join(' ');
  }

  #clear(): void {
    this.#panel.append({type: 'log-cleared'});
  }
}
