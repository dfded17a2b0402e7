import type {
  CommandResult,
  RealmCommand,
  WireBatch,
} from '../protocol/protocol.js';

/**
 * What the hook in a realm offers to whoever inspects it, and the whole of what
 * crosses a channel. It goes one way: the inspector calls, the realm answers. A
 * page is never given anything to call, so nothing that it forges can become
 * more than data.
 */
export interface AgentApi {
  /**
   * Entries after number `after`; waits until there is at least one. A newer
   * read ends an older one with an empty batch. `budget` bounds the size, see
   * `RealmLog.read`. Reading again from an old number repeats the entries:
   * this is all there is to reconnecting.
   */
  read(after: number, budget: number): Promise<WireBatch>;
  execute(command: RealmCommand): Promise<CommandResult>;
}
