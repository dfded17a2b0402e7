/** A realm and an inspector with a real channel, or a bad one, between them. */
import {
  createAgent,
  type Agent,
} from '../../../inspector-core/bridge/agent/agent.js';
import {exposeAgent} from '../../../inspector-core/bridge/agent/expose-agent.js';
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
  /** The realm sends all that follows a number, unasked. */
  farewell(after: number): void;
}

/** As the debugger does it: text both ways, each in a task of its own. */
export function wireByText(
  agent: Agent,
  place = 'tab',
  kinds: readonly SourceKind[] = REALM_KINDS,
): Wire {
  const ended = new AbortController();
  const realmEnd = createRealmEnd();
  const later = (step: () => void): void => {
    const {port1, port2} = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      step();
    });
    port1.start();
    port2.postMessage(undefined);
  };
  const end = createDebuggerEnd((_text, argument) => {
    later(() => realmEnd.receive(argument));
  });
  exposeAgent(agent.connect(), realmEnd.endpoint);
  realmEnd.attach((text) => {
    if (text !== 'hello') later(() => end.receive(text));
  });
  return {
    link: {
      endpoint: end.endpoint,
      onFarewell: end.onFarewell,
      signal: ended.signal,
      place,
      kinds,
    },
    farewell: (after) => {
      realmEnd.sayFarewell(agent.readNow(after, 1_000));
    },
    forge: (payload) => end.receive(payload),
    end: (reason) => endLink(ended, reason),
  };
}
