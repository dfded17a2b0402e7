import type {Observation} from '../attempt-observer.js';
import type {Profile} from '../profile/profile.js';
import type {Clock} from '../../seams/clock.js';
import type {Network} from '../../seams/network.js';
import type {FetchStorage} from '../storage/fetch-storage.js';
import type {BlobParts} from './blob-parts.js';
import {BufferPool} from './part-buffer.js';
import type {Room} from './room.js';

/** The world outside the engine, as the driver uses it. */
export interface DriverSeams {
  readonly clock: Clock;
  readonly network: Network;
  readonly storage: FetchStorage;
  /** Buffers of the size of a part, shared by all fetches. */
  readonly pool: BufferPool;
  /** By default the specification's. */
  readonly profile?: Profile;
  /** Where bodies may come in large parts; else all are counted. */
  readonly blobParts?: BlobParts;
  /** What leaves the app connections; else all are taken. */
  readonly room?: Room;
  /** Who is told of the attempts. */
  readonly observation?: Observation;
  /** Conditions have the worker killed. */
  readonly onKilled?: () => void;
}

/**
 * Bytes that are stored together, and so lost together at most, where they come
 * fast: what comes slowly is stored twice a second. Each put costs, so parts of
 * 4 MiB are stored a third slower.
 */
const PART_SIZE = 16 * 2 ** 20;

export function makePool(partSize = PART_SIZE): BufferPool {
  return new BufferPool(partSize);
}
