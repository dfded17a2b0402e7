import type {Snapshot} from '../../../../inspector-core/engine/algorithms/update-an-instance.js';
import type {FetchInput} from '../../../../inspector-core/engine/registration/store-a-fetch.js';
import type {StoredRequest} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import type {RandomFile} from './random-network.js';

export interface ModelFile {
  readonly url: string;
  readonly file: RandomFile;
  readonly isPost: boolean;
}

/** An event as its handler found it. */
export interface HeardEvent extends Omit<Snapshot, 'downloaded' | 'uploaded'> {
  readonly name: string;
  /** What was read of each record, or the error. */
  readonly records: readonly (
    {readonly status: number; readonly body: Uint8Array} | string
  )[];
}

/** What an app may see of one fetch, by the specification. */
export class FetchModel {
  readonly id: string;
  readonly downloadTotal: number;
  readonly files: readonly ModelFile[];
  readonly inputs: readonly FetchInput[];
  key: number | undefined;
  /** Whether it has begun; its worker may have died of the call. */
  isCertain = true;
  /** `abort()` has said so. */
  wasAborted = false;
  /** `abort()` said nothing any more. */
  mayBeAborted = false;
  /** How often its event came; its handler may have died of each. */
  deliveries = 0;
  readonly #heard: HeardEvent[] = [];

  constructor({
    id,
    downloadTotal,
    files,
    request,
  }: {
    readonly id: string;
    readonly downloadTotal: number;
    readonly files: readonly ModelFile[];
    readonly request: StoredRequest;
  }) {
    this.id = id;
    this.downloadTotal = downloadTotal;
    this.files = files;
    this.inputs = files.map(({url, isPost}) => ({
      request: {...request, url, method: isPost ? 'POST' : 'GET'},
      body: isPost ? (new Response('a body').body ?? undefined) : undefined,
    }));
  }

  has(url: string): boolean {
    return this.files.some((file) => file.url === url);
  }

  fail(sentence: string): never {
    throw new Error(`Fetch ${this.id} (${this.key}): ${sentence}.`);
  }

  /** While it is in the registration's map. */
  checkActive({downloaded, result, recordsAvailable}: Snapshot): void {
    if (result !== '') this.fail('it is active, and has a result');
    if (!recordsAvailable) this.fail('it is active, without records');
    if (this.wasAborted) this.fail('it is active, though it was aborted');
    if (this.#heard.length > 0) this.fail('it is active after its event');
    if (this.downloadTotal > 0 && downloaded > this.downloadTotal) {
      this.fail('it has downloaded more than its total');
    }
  }

  checkShown(isShown: boolean, snapshot: Snapshot | undefined): void {
    if (isShown || !this.isCertain || this.deliveries > 0) return;
    if (this.wasAborted || this.mayBeAborted) return;
    if (snapshot === undefined) this.fail('it is lost');
    if (snapshot.result === '') this.fail('it runs, and is not shown');
  }

  hear(event: HeardEvent): void {
    this.#heard.push(event);
    const {name, result, failureReason, recordsAvailable, records} = event;
    const [first] = this.#heard;
    if (first?.failureReason !== failureReason) {
      this.fail(
        `it ended with "${first?.failureReason}", then "${failureReason}"`,
      );
    }
    const expected = this.#reasons();
    if (!expected.has(failureReason)) {
      this.fail(`"${failureReason}" is not of "${[...expected].join('", "')}"`);
    }
    const wanted =
      failureReason === ''
        ? 'backgroundfetchsuccess'
        : failureReason === 'aborted'
          ? 'backgroundfetchabort'
          : 'backgroundfetchfail';
    if (name !== wanted) this.fail(`${name} instead of ${wanted}`);
    if (result !== (failureReason === '' ? 'success' : 'failure')) {
      this.fail(`the result is "${result}"`);
    }
    if (!recordsAvailable) this.fail('its event comes without records');
    for (const [index, record] of records.entries()) {
      this.#checkRecord(index, record, failureReason);
    }
  }

  checkEnd(): void {
    const isHeard = this.#heard.length > 0 || this.deliveries >= 3;
    if (this.isCertain && !isHeard) this.fail('it has no event');
    for (const {file, isPost, url} of this.files) {
      if (isPost && file.requests > 1) this.fail(`${url} was sent again`);
    }
  }

  /** Why it may end, the empty string standing for success. */
  #reasons(): ReadonlySet<string> {
    if (this.wasAborted) return new Set(['aborted']);
    const reasons = new Set<string>();
    const sum = this.files.reduce(
      (total, {file}) => total + file.content.length,
      0,
    );
    if (this.files.some(({file}) => file.status !== 200)) {
      reasons.add('bad-status');
    }
    if (this.downloadTotal > 0 && sum > this.downloadTotal) {
      reasons.add('download-total-exceeded');
    }
    if (reasons.size === 0) reasons.add('');
    if (this.mayBeAborted) reasons.add('aborted');
    // The connection, or the worker, may die of a request that is not repeated.
    if (this.files.some(({isPost}) => isPost)) {
      reasons.add('fetch-error');
      reasons.add('');
    }
    return reasons;
  }

  #checkRecord(
    index: number,
    record: HeardEvent['records'][number],
    failureReason: string,
  ): void {
    const {file, url} = this.files[index] ?? {};
    if (typeof record === 'string') {
      if (failureReason === '') this.fail(`${url} succeeded: ${record}`);
      return;
    }
    if (record.status !== file?.status && record.status !== 206) {
      this.fail(`${url} has status ${record.status}`);
    }
    const isServed = file?.versions.some(
      (version) =>
        version.length === record.body.length &&
        version.every((byte, place) => byte === record.body[place]),
    );
    if (isServed !== true) this.fail(`${url} has wrong bytes`);
  }
}
