import {
  Collector,
  discoverRealms,
  OwnSource,
  type RealmRefusal,
} from '../../inspector-core/bridge/bridge.js';
import {createEventLog, type EventLog} from '../../inspector-core/log/log.js';
import {
  inspectorProjection,
  type InspectorState,
} from '../../inspector-core/projections/projections.js';
import type {
  CommandResult,
  InspectorCommand,
  RealmCommand,
  SetConditions,
  SourceKind,
} from '../../inspector-core/protocol/protocol.js';
import type {Inspector} from '../../inspector-core/store/inspector.js';
import {createStore, type Store} from '../../inspector-core/store/store.js';
import {keepSettings, readSettings} from '../host/settings.js';

/** Entries kept: about 25 MB. */
const CAPACITY = 100_000;

/** A realm that does not answer is not waited for: milliseconds. */
const PATIENCE = 500;

const OK: CommandResult = {ok: true};

/** Follows the realms of this origin that have loaded the library form. */
export class StandaloneSession implements Inspector {
  readonly log: EventLog<InspectorState>;
  readonly store: Store<InspectorState>;
  readonly #panel: OwnSource;
  readonly #browser: OwnSource;
  readonly #collector: Collector;
  #listening: AbortController | undefined;

  constructor() {
    this.log = createEventLog({
      capacity: CAPACITY,
      base: inspectorProjection,
    });
    this.store = createStore(this.log, inspectorProjection);
    const now = (): number => performance.timeOrigin + performance.now();
    const own = (kind: SourceKind): OwnSource =>
      new OwnSource(this.log, {kind, realm: kind, url: ''}, now);
    this.#panel = own('panel');
    this.#browser = own('browser');
    this.#collector = new Collector({
      log: this.log,
      panel: this.#panel,
      browser: this.#browser,
    });
  }

  async execute(command: InspectorCommand): Promise<CommandResult> {
    switch (command.type) {
      case 'start-recording':
        this.#start();
        return OK;
      case 'stop-recording':
        this.#stop();
        return OK;
      case 'clear-log':
        this.#panel.append({type: 'log-cleared'});
        return OK;
      case 'preserve-log':
        // Several pages are shown here at a time: none of them clears the log.
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
        return {
          ok: false,
          message: 'Only the extension can read what goes over the wire.',
        };
    }
  }

  async #setRoute(
    command: Extract<InspectorCommand, {type: 'set-route'}>,
  ): Promise<CommandResult> {
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
    // A page that lies in the back-forward cache answers when it is back.
    const [refusal] = await Promise.race([
      this.#collector.standing(command),
      new Promise<readonly RealmRefusal[]>((resolve) =>
        setTimeout(() => resolve([]), PATIENCE),
      ),
    ]);
    return refusal === undefined ? OK : {ok: false, message: refusal.message};
  }

  #start(): void {
    if (this.#listening !== undefined) return;
    this.#listening = new AbortController();
    this.#panel.append({type: 'recording-changed', recording: true});
    const {route} = readSettings();
    if (route !== this.store.state.session.route) {
      void this.#setRoute({type: 'set-route', route});
    }
    this.#browser.append({type: 'attachment-changed', state: 'attached'});
    discoverRealms({
      name: crypto.getRandomValues(new Uint32Array(4)).join('-'),
      connect: (link) => this.#collector.connect(link),
      refuse: (realm, message) => this.#collector.refuse(realm, message),
      signal: this.#listening.signal,
    });
  }

  /** The page's hooks stay: they are its own, and others may read them. */
  #stop(): void {
    this.#listening?.abort();
    this.#listening = undefined;
    this.#browser.append({
      type: 'attachment-changed',
      state: 'detached',
      reason: 'not-wanted',
    });
    this.#panel.append({type: 'recording-changed', recording: false});
  }
}
