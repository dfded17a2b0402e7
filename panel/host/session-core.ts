/** What the sessions of all forms have in common: one log, and who is asked. */
import {
  Collector,
  OwnSource,
  type RealmRefusal,
} from '../../inspector-core/bridge/bridge.js';
import {createEventLog, type EventLog} from '../../inspector-core/log/log.js';
import {
  inspectorProjection,
  type InspectorState,
} from '../../inspector-core/projections/projections.js';
import {
  OK,
  refuse,
  type CommandResult,
  type ConditionsFile,
  type Fact,
  type InspectorCommand,
  type SourceKind,
} from '../../inspector-core/protocol/protocol.js';
import {createStore, type Store} from '../../inspector-core/store/store.js';
import {
  keepConditions,
  keptConditions,
  readConditions,
} from './kept-conditions.js';
import {keepSettings, readSettings} from './settings.js';

/** Entries kept: about 25 MB. */
const CAPACITY = 100_000;
/** Characters that they take at most, whatever a page puts into its ids. */
const WEIGHT = 64_000_000;

/** A realm that does not answer must not keep the others: milliseconds. */
const PATIENCE = 500;

/** What every realm is asked, also those that are still to come. */
export type StandingCommand = Extract<
  InspectorCommand,
  {type: 'set-route' | 'set-conditions'}
>;

/** Commands that any session carries out in the same way. */
export type SharedCommand =
  | StandingCommand
  | Extract<
      InspectorCommand,
      {type: 'clear-log' | 'control-fetch' | 'control-worker'}
    >;

export interface SessionCoreOptions {
  /** Before realms are asked: those to come may be told before their scripts. */
  readonly onStanding?: (command: StandingCommand) => void;
  /**
   * Has the browser itself stop workers, by the places of their links; whether it
   * did any. Not given: the engine in them begins anew, as much as a page can do.
   */
  readonly stopWorkers?: (places: readonly string[]) => Promise<boolean>;
}

export class SessionCore {
  readonly log: EventLog<InspectorState>;
  readonly store: Store<InspectorState>;
  readonly panel: OwnSource;
  readonly browser: OwnSource;
  readonly collector: Collector;
  readonly #onStanding: (command: StandingCommand) => void;
  readonly #stopWorkers: (places: readonly string[]) => Promise<boolean>;

  constructor({
    onStanding = () => undefined,
    stopWorkers = () => Promise.resolve(false),
  }: SessionCoreOptions = {}) {
    this.#onStanding = onStanding;
    this.#stopWorkers = stopWorkers;
    this.log = createEventLog({
      capacity: CAPACITY,
      weight: WEIGHT,
      base: inspectorProjection,
    });
    this.store = createStore(this.log, inspectorProjection);
    this.panel = this.own('panel');
    this.browser = this.own('browser');
    this.collector = new Collector({
      log: this.log,
      panel: this.panel,
      browser: this.browser,
      onRefused: (refusal) =>
        this.panel.append({
          type: 'hook-faulted',
          where: NAMES[refusal.command.type] ?? 'command',
          error: {name: 'Error', message: this.#describe([refusal])},
        }),
    });
  }

  /** A source of this log, for what the inspector itself sees. */
  own(kind: SourceKind): OwnSource {
    const now = (): number => performance.timeOrigin + performance.now();
    return new OwnSource(this.log, {kind, realm: kind, url: ''}, now);
  }

  /** Once, at the start: asks for what the user had set the last time. */
  restore(): void {
    const {route} = readSettings();
    if (route !== 'auto') void this.#stand({type: 'set-route', route});
    try {
      const conditions = keptConditions();
      if (conditions === undefined) return;
      void this.#stand({type: 'set-conditions', conditions});
    } catch (error) {
      this.#complain(
        `The conditions that were kept are dropped, and nothing is simulated. ${messageOf(error)}`,
      );
    }
  }

  #complain(message: string): void {
    this.panel.append({
      type: 'hook-faulted',
      where: 'settings',
      error: {name: 'Error', message},
    });
  }

  async execute(command: SharedCommand): Promise<CommandResult> {
    switch (command.type) {
      case 'clear-log':
        this.panel.append({type: 'log-cleared'});
        return OK;
      case 'control-fetch': {
        const result = await this.collector.request(command);
        if (result.ok) {
          this.panel.append({...command, type: 'fetch-controlled'});
        }
        return result;
      }
      case 'control-worker': {
        const {scope, action} = command;
        const isStopped =
          action === 'kill-worker' &&
          (await this.#stopWorkers(this.#placesOf(scope)));
        const result = isStopped ? OK : await this.collector.request(command);
        if (result.ok) {
          this.panel.append({...command, type: 'worker-controlled'});
        }
        return result;
      }
      case 'set-route':
        keepSettings({route: command.route});
        return this.#stand(command);
      case 'set-conditions':
        return this.#setConditions(command.conditions);
    }
  }

  /** Where the workers of a scope are that run. */
  #placesOf(wanted: string): readonly string[] {
    return [...this.store.state.realms.values()].flatMap(
      ({source, phase, scope}) => {
        if (source.kind !== 'service-worker' || scope !== wanted) return [];
        return phase === 'open'
          ? (this.collector.placeOf(source.realm) ?? [])
          : [];
      },
    );
  }

  /** All of them, or none. */
  async #setConditions(input: unknown): Promise<CommandResult> {
    let conditions: ConditionsFile;
    try {
      conditions = readConditions(input);
    } catch (error) {
      return refuse(messageOf(error));
    }
    if (!keepConditions(conditions)) {
      this.#complain(
        'The conditions hold, but the browser has no room to keep them: they end with this window. Export them to a file.',
      );
    }
    return this.#stand({type: 'set-conditions', conditions});
  }

  /** In every realm that there is, and in those to come. */
  async #stand(command: StandingCommand): Promise<CommandResult> {
    this.#onStanding(command);
    this.panel.append(factOf(command));
    // A page that lies in the back-forward cache answers when it is back.
    const refusals = await withinPatience(this.collector.standing(command), []);
    return refusals.length === 0 ? OK : refuse(this.#describe(refusals));
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
}

/** What came within the time that a realm has, or else what stands for it. */
export const withinPatience = <T>(answer: Promise<T>, late: T): Promise<T> =>
  Promise.race([
    answer,
    new Promise<T>((resolve) => setTimeout(() => resolve(late), PATIENCE)),
  ]);

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** What was refused, in the log. */
const NAMES: Readonly<Partial<Record<string, string>>> = {
  'set-route': 'route',
  'set-conditions': 'conditions',
};

function factOf(command: StandingCommand): Fact {
  switch (command.type) {
    case 'set-route':
      return {type: 'route-changed', route: command.route};
    case 'set-conditions':
      return {type: 'conditions-set', conditions: command.conditions};
  }
}
