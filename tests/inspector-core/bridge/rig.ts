/** A realm and an inspector with a real channel, or a bad one, between them. */
import {
  createAgent,
  type Agent,
} from '../../../inspector-core/bridge/agent/agent.js';
import {
  Collector,
  createDebuggerEnd,
  endLink,
  OwnSource,
  REALM_KINDS,
  type Link,
  type LinkEnd,
} from '../../../inspector-core/bridge/bridge.js';
import {createRealmEnd} from '../../../inspector-core/bridge/endpoints/debugger-realm.js';
import {
  createEventLog,
  RealmLog,
  type EventLog,
} from '../../../inspector-core/log/log.js';
import type {
  CommandResult,
  LogEntry,
  RealmCommand,
  Source,
  SourceKind,
} from '../../../inspector-core/protocol/protocol.js';

export interface Realm {
  readonly log: RealmLog;
  readonly agent: Agent;
  readonly source: Source;
  readonly commands: string[];
  /** Writes `count` entries that can be told from all others. */
  write(count: number): void;
}

export function createRealm(
  id: string,
  kind: SourceKind = 'page',
  capacity = 50_000,
  answer: CommandResult = {ok: true},
): Realm {
  const log = new RealmLog({now: () => 1_000, capacity});
  const source = {kind, realm: id, url: 'https://page.example/'};
  const commands: string[] = [];
  const execute = ({type}: RealmCommand): CommandResult => {
    commands.push(type);
    return answer;
  };
  return {
    log,
    source,
    commands,
    agent: createAgent({log, source, execute}),
    write: (count) => {
      for (let index = 0; index < count; index += 1) {
        log.append({type: 'realm-resumed'});
      }
    },
  };
}

export interface Desk {
  readonly log: EventLog<number>;
  readonly collector: Collector;
  entries(): readonly LogEntry[];
  /** Numbers of the entries that came from a realm. */
  numbers(realm: string): readonly number[];
  /** How much was refused, or is missing. */
  count(type: 'entries-rejected' | 'entries-missed'): number;
  /** Waits until the log is as wanted. */
  until(isThere: () => boolean): Promise<void>;
}

export function createDesk(): Desk {
  const log = createEventLog({
    capacity: 1_000_000,
    base: {initial: 0, apply: (state: number) => state},
  });
  const own = (kind: SourceKind): OwnSource =>
    new OwnSource(log, {kind, realm: kind, url: ''}, () => 1_000);
  const collector = new Collector({
    log,
    panel: own('panel'),
    browser: own('browser'),
  });
  const entries = (): readonly LogEntry[] => log.slice(0);
  return {
    log,
    collector,
    entries,
    numbers: (realm) =>
      entries().flatMap(({source, seq}) =>
        source.realm === realm ? [seq] : [],
      ),
    count: (type) => {
      collector.flush();
      return entries().reduce(
        (sum, {fact}) => (fact.type === type ? sum + fact.count : sum),
        0,
      );
    },
    until: async (isThere) => {
      while (!isThere()) {
        await new Promise<void>((resolve) => {
          const woken = new AbortController();
          log.subscribe(
            () => {
              woken.abort();
              resolve();
            },
            {signal: woken.signal},
          );
        });
      }
    },
  };
}

export interface Wire {
  readonly link: Link;
  /** A message to the inspector that the hook did not send. */
  forge(payload: string): boolean;
  end(reason?: LinkEnd): void;
  /** Waits until entries up to a number were sent, and have arrived. */
  arrived(last: number): Promise<void>;
  /** The realm sends unasked what it has not sent, or what follows a number. */
  farewell(after?: number): void;
}

/** One way of a channel: each message in a task of its own, none overtakes. */
function createLane(): (step: () => void) => void {
  const {port1, port2} = new MessageChannel();
  const steps: (() => void)[] = [];
  port1.addEventListener('message', () => steps.shift()?.());
  port1.start();
  return (step) => {
    steps.push(step);
    port2.postMessage(undefined);
  };
}

/** As the debugger does it: text both ways, each in a task of its own. */
export function wireByText(
  agent: Agent,
  place = 'tab',
  kinds: readonly SourceKind[] = REALM_KINDS,
): Wire {
  const ended = new AbortController();
  const toRealm = createLane();
  const toInspector = createLane();
  const progress = {sent: 0};
  const realmEnd = createRealmEnd(
    agent.connect((last) => {
      progress.sent = last;
    }),
  );
  const end = createDebuggerEnd((_text, argument) => {
    toRealm(() => realmEnd.receive(argument));
  });
  realmEnd.attach((text) => {
    if (text !== 'hello') toInspector(() => end.receive(text));
  });
  return {
    link: {
      endpoint: end.endpoint,
      onFarewell: end.onFarewell,
      signal: ended.signal,
      place,
      kinds,
    },
    arrived: async (last) => {
      const turn = (): Promise<void> => new Promise(toInspector);
      while (progress.sent < last) await turn();
      await turn();
    },
    farewell: (after = progress.sent) => {
      realmEnd.sayFarewell(agent.readNow(after, 1_000));
    },
    forge: (payload) => end.receive(payload),
    end: (reason) => endLink(ended, reason),
  };
}

/** The inspector's thread is busy: whoever lets others go first waits. */
export function keepBusy(desk: Desk): () => void {
  const free = new AbortController();
  const spin = (): void => {
    const until = performance.now() + 5;
    while (performance.now() < until);
  };
  desk.log.subscribe(spin, {signal: free.signal});
  const original = Object.getOwnPropertyDescriptor(globalThis, 'scheduler');
  const isFree = new Promise((resolve) => {
    free.signal.addEventListener('abort', resolve);
  });
  Reflect.defineProperty(globalThis, 'scheduler', {
    value: {postTask: () => isFree},
    configurable: true,
  });
  return () => {
    Reflect.deleteProperty(globalThis, 'scheduler');
    if (original !== undefined) {
      Reflect.defineProperty(globalThis, 'scheduler', original);
    }
    free.abort();
  };
}
