// https://wicg.github.io/background-fetch/#background-fetch-registration
import {
  updateAnInstance,
  type Snapshot,
} from '../algorithms/update-an-instance.js';
import {describeRequest} from '../driver/make-request.js';
import type {
  BackgroundFetchFailureReason,
  BackgroundFetchResult,
} from '../../platform/background-fetch.js';
import {isObject} from '../../platform/primordials.js';
import {makeExpiredError} from '../registration/errors.js';
import type {Backend, RegistrationDescription} from './backend.js';
import {
  createRecord,
  type BackgroundFetchRecord,
} from './background-fetch-record.js';
import {toMatchOptions, toRequestInfo} from './convert-arguments.js';
import {EventHandler} from './event-handler.js';
import {requireInternal, type Internal} from './internal.js';
import {requireArguments, shapeInterface} from './web-idl.js';

interface RegistrationInit extends Internal {
  readonly description: RegistrationDescription;
  readonly backend: Backend;
}

let hasBrand: (value: object) => value is BackgroundFetchRegistration;
let update: (
  registration: BackgroundFetchRegistration,
  snapshot: Snapshot,
) => void;

export class BackgroundFetchRegistration extends EventTarget {
  readonly #description: RegistrationDescription;
  readonly #backend: Backend;
  readonly #onprogress: EventHandler;
  #shown: Snapshot;

  static {
    hasBrand = (value): value is BackgroundFetchRegistration =>
      #description in value;
    update = (registration, snapshot) => {
      registration.#update(snapshot);
    };
  }

  constructor(init?: RegistrationInit) {
    requireInternal(init);
    super();
    const {description, backend} = init;
    this.#description = description;
    this.#backend = backend;
    this.#shown = description.snapshot;
    this.#onprogress = new EventHandler(this, 'progress');
  }

  get id(): string {
    return this.#description.id;
  }
  get uploadTotal(): number {
    return this.#description.uploadTotal;
  }
  get uploaded(): number {
    return this.#shown.uploaded;
  }
  get downloadTotal(): number {
    return this.#description.downloadTotal;
  }
  get downloaded(): number {
    return this.#shown.downloaded;
  }
  get result(): BackgroundFetchResult {
    return this.#shown.result;
  }
  get failureReason(): BackgroundFetchFailureReason {
    return this.#shown.failureReason;
  }
  get recordsAvailable(): boolean {
    return this.#shown.recordsAvailable;
  }

  get onprogress(): ((event: Event) => unknown) | null {
    return this.#onprogress.value;
  }
  set onprogress(handler: unknown) {
    this.#onprogress.value = handler;
  }

  async abort(): Promise<boolean> {
    return this.#backend.abort(this.#description.key);
  }

  async match(
    ...[request, options]: unknown[]
  ): Promise<BackgroundFetchRecord | undefined> {
    // The brand first: of another object there is nothing to convert for.
    const {key} = this.#description;
    requireArguments(arguments.length, 1);
    const query = toRequestInfo(request);
    const records = await this.#match(key, query, toMatchOptions(options));
    return records[0];
  }

  async matchAll(
    ...[request, options]: unknown[]
  ): Promise<BackgroundFetchRecord[]> {
    const {key} = this.#description;
    const query = request === undefined ? undefined : toRequestInfo(request);
    return this.#match(key, query, toMatchOptions(options));
  }

  async #match(
    key: number,
    query: RequestInfo | undefined,
    options: ReturnType<typeof toMatchOptions>,
  ): Promise<BackgroundFetchRecord[]> {
    // "If this's records available flag is unset, return a promise rejected
    // with an InvalidStateError."
    if (!this.#shown.recordsAvailable) {
      throw makeExpiredError();
    }
    const request = typeof query === 'string' ? new Request(query) : query;
    const backend = this.#backend;
    const records = await backend.match(
      key,
      request && describeRequest(request),
      options,
    );
    return records.map((description) => createRecord(description, backend));
  }

  #update(snapshot: Snapshot): void {
    const {instance, firesProgress} = updateAnInstance(this.#shown, snapshot);
    this.#shown = instance;
    if (firesProgress) this.dispatchEvent(new Event('progress'));
  }
}

shapeInterface(BackgroundFetchRegistration, 'BackgroundFetchRegistration', {
  attributes: [
    'id',
    'uploadTotal',
    'uploaded',
    'downloadTotal',
    'downloaded',
    'result',
    'failureReason',
    'recordsAvailable',
    'onprogress',
  ],
  operations: {abort: 0, match: 1, matchAll: 0},
});

/** "Update background fetch instances", of one realm. */
export function updateRegistration(
  registration: BackgroundFetchRegistration,
  snapshot: Snapshot,
): void {
  update(registration, snapshot);
}

/** Whether it is of the engine: the browser's own have the same prototype. */
export function isRegistration(
  value: unknown,
): value is BackgroundFetchRegistration {
  return isObject(value) && hasBrand(value);
}
