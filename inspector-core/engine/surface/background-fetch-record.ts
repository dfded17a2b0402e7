// https://wicg.github.io/background-fetch/#background-fetch-record
import {restoreRequest} from '../driver/make-request.js';
import type {Backend, RecordDescription} from './backend.js';
import {requireInternal, type Internal} from './internal.js';
import {makeResponse} from './make-response.js';
import {shapeInterface} from './web-idl.js';

interface RecordInit extends Internal {
  readonly description: RecordDescription;
  readonly backend: Backend;
}

let hasBrand: (value: object) => value is BackgroundFetchRecord;

export class BackgroundFetchRecord {
  readonly #request: Request;
  readonly #responseReady: Promise<Response>;

  static {
    hasBrand = (value): value is BackgroundFetchRecord => #request in value;
  }

  constructor(init?: RecordInit) {
    requireInternal(init);
    const {description, backend} = init;
    const {request, body} = description;
    this.#request = backend.profile.surface.showRequest(
      restoreRequest(request, body === undefined ? {} : {body}),
    );
    this.#responseReady = open(backend, description);
    // Who does not ask for the response is not told that there is none.
    this.#responseReady.catch(() => {});
  }

  get request(): Request {
    return this.#request;
  }

  get responseReady(): Promise<Response> {
    // An attribute that is a promise does not throw, whatever it is asked of.
    return isRecord(this)
      ? this.#responseReady
      : Promise.reject(new TypeError('Illegal invocation'));
  }
}

shapeInterface(BackgroundFetchRecord, 'BackgroundFetchRecord', {
  attributes: ['request', 'responseReady'],
  operations: {},
});

/** Whether it is of the engine: the browser's own have the same prototype. */
export function isRecord(value: unknown): value is BackgroundFetchRecord {
  return typeof value === 'object' && value !== null && hasBrand(value);
}

/** "Resolve when the record has a response": with its body still to come. */
async function open(
  backend: Backend,
  {key, record, generation, request}: RecordDescription,
): Promise<Response> {
  const match = {key, record, generation, request};
  const {surface} = backend.profile;
  const opened = await backend.open(match);
  if (opened === 'never') return new Promise<never>(() => {});
  const {head, hold, length, match: read = match} = opened;
  return makeResponse(
    head,
    {
      read: (position) => backend.read(read, hold, position),
      release: () => {
        backend.release(hold);
      },
    },
    {
      showHead: surface.showHead,
      hasNoBody: surface.dropsEmptyBodies && length === 0,
    },
  );
}
