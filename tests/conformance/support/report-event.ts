import type {BackgroundFetchUpdateUIEvent} from '../../../inspector-core/platform/background-fetch.js';
import type {Post, WorkerSelf} from './worker-script.js';

/** What a worker saw while its event was active. */
export interface EventReport {
  readonly type: string;
  readonly id: string;
  readonly interface: string;
  readonly result: string;
  readonly failureReason: string;
  readonly downloaded: number;
  readonly recordsAvailable: boolean;
  /** Whether `get(id)` still found it. */
  readonly isActive: boolean;
  readonly records: readonly RecordReport[];
}

/** One record: its response, or the name of the error there is instead. */
export interface RecordReport {
  readonly url: string;
  readonly method: string;
  readonly error?: string;
  readonly status?: number;
  readonly bytes?: number | string;
}

/** Becomes text: a service worker's handler that reports each event. */
export function reportEvent(
  event: BackgroundFetchUpdateUIEvent,
  post: Post,
): void {
  const self = globalThis as unknown as WorkerSelf;
  const {registration} = event;
  const report = async (): Promise<void> => {
    const {id, result, failureReason, downloaded, recordsAvailable} =
      registration;
    const records = await registration.matchAll();
    await post({
      type: event.type,
      id,
      interface: Object.prototype.toString.call(event),
      result,
      failureReason,
      downloaded,
      recordsAvailable,
      isActive: (await self.registration.backgroundFetch.get(id)) !== undefined,
      records: await Promise.all(
        records.map(async ({request, responseReady}) => {
          const {url, method} = request;
          try {
            const response = await responseReady;
            const {status} = response;
            const bytes = await response.arrayBuffer().then(
              ({byteLength}) => byteLength,
              (error: Error) => error.name,
            );
            return {url, method, status, bytes};
          } catch (error) {
            return {url, method, error: (error as Error).name};
          }
        }),
      ),
    });
  };
  event.waitUntil(report());
}
