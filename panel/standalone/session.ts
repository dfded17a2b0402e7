import {discoverRealms} from '../../inspector-core/bridge/bridge.js';
import type {EventLog} from '../../inspector-core/log/log.js';
import type {InspectorState} from '../../inspector-core/projections/projections.js';
import {
  OK,
  refuse,
  type CommandResult,
  type InspectorCommand,
} from '../../inspector-core/protocol/protocol.js';
import type {Inspector} from '../../inspector-core/store/inspector.js';
import type {Store} from '../../inspector-core/store/store.js';
import {SessionCore} from '../host/session-core.js';

/** Follows the realms of this origin that have loaded the library form. */
export class StandaloneSession implements Inspector {
  readonly #core = new SessionCore();
  #listening: AbortController | undefined;

  constructor() {
    this.#core.restore();
  }

  get log(): EventLog<InspectorState> {
    return this.#core.log;
  }

  get store(): Store<InspectorState> {
    return this.#core.store;
  }

  async execute(command: InspectorCommand): Promise<CommandResult> {
    switch (command.type) {
      case 'start-recording':
        this.#start();
        return OK;
      case 'stop-recording':
        this.#stop();
        return OK;
      case 'preserve-log':
        // Several pages are shown here at a time: none of them clears the log.
        return OK;
      case 'request-wire-access':
        return refuse(
          'Only the extension in DevTools can reach what goes over the wire.',
        );
      default:
        return this.#core.execute(command);
    }
  }

  #start(): void {
    if (this.#listening !== undefined) return;
    this.#listening = new AbortController();
    this.#core.panel.append({type: 'recording-changed', recording: true});
    this.#core.browser.append({type: 'attachment-changed', state: 'attached'});
    discoverRealms({
      name: crypto.getRandomValues(new Uint32Array(4)).join('-'),
      connect: (link) => this.#core.collector.connect(link),
      refuse: (realm, message) => this.#core.collector.refuse(realm, message),
      signal: this.#listening.signal,
    });
  }

  /** The page's hooks stay: they are its own, and others may read them. */
  #stop(): void {
    this.#listening?.abort();
    this.#listening = undefined;
    this.#core.browser.append({
      type: 'attachment-changed',
      state: 'detached',
      reason: 'not-wanted',
    });
    this.#core.panel.append({type: 'recording-changed', recording: false});
  }
}
