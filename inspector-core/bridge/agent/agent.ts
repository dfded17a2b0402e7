/** The realm's side of the bridge: runs in other people's pages. */
import {PROTOCOL_VERSION} from '../../protocol/entry.js';
import type {
  CommandResult,
  RealmCommand,
  Source,
  WireBatch,
} from '../../protocol/protocol.js';
import {packBatch} from '../../protocol/progress-rows.js';
import type {RealmLog} from '../../log/log.js';
import type {AgentApi} from '../agent-api.js';
import {Readers} from './readers.js';

export interface AgentOptions {
  readonly log: RealmLog;
  readonly source: Source;
  /** Does what an inspector asks of the realm. */
  readonly execute: (
    command: RealmCommand,
  ) => CommandResult | Promise<CommandResult>;
}

/** Answers any number of inspectors from the one log of this realm. */
export interface Agent {
  readonly source: Source;
  /**
   * What one inspector may call; its reads end only its own older reads.
   * `sent` is told the number of the last entry that went out to it.
   */
  connect(sent?: (last: number) => void): AgentApi;
  /**
   * What a read would give now, be it nothing. It answers no read: what it
   * leaves out counts as missed from the start, so that it can stand alone.
   */
  readNow(after: number, budget: number): WireBatch;
}

export function createAgent({log, source, execute}: AgentOptions): Agent {
  const readers = new Readers(log);
  const batch = (after: number, budget: number): WireBatch =>
    packBatch({
      protocol: PROTOCOL_VERSION,
      source,
      ...log.read(after, budget),
    });
  const connect = (sent?: (last: number) => void): AgentApi => {
    let supersede: (() => void) | undefined;
    const read = async (after: number, budget: number): Promise<WireBatch> => {
      supersede?.();
      const superseded = await new Promise<boolean>((resolve) => {
        const wake = (): void => resolve(false);
        supersede = () => {
          readers.forget(wake);
          resolve(true);
        };
        readers.wait(after, wake);
      });
      // After the await: the host's call that woke us has returned by now, and
      // whatever it appended meanwhile goes out in the same batch.
      const read = superseded
        ? packBatch({
            protocol: PROTOCOL_VERSION,
            source,
            entries: [],
            missed: 0,
          })
        : batch(after, budget);
      sent?.(lastOf(read, after));
      return read;
    };
    return Object.freeze(
      Object.assign(Object.create(null) as object, {
        read,
        execute: async (command: RealmCommand) => execute(command),
      }),
    );
  };
  const readNow = (after: number, budget: number): WireBatch => {
    const read = batch(after, budget);
    return {...read, missed: after + read.missed};
  };
  return {source, connect, readNow};
}

/** Number of the last entry that a batch stands for. */
export const lastOf = (
  {missed, entries}: Pick<WireBatch, 'missed' | 'entries'>,
  after: number,
): number => after + missed + entries.length;
