// https://wicg.github.io/background-fetch/#background-fetch-record
import {restoreRequest} from '../driver/make-request.js';
import type {Backend, RecordDescription} from './backend.js';
import {requireInternal, type Internal} from './internal.js';
import {shapeInterface} from './web-idl.js';

interface RecordInit extends Internal {
  readonly key: number;
  readonly description: RecordDescription;
  readonly backend: Backend;
}

export class BackgroundFetchRecord {
  readonly #request: Request;
  readonly #responseReady: Promise<Response>;

  constructor(init?: RecordInit) {
    requireInternal(init);
    const {key, description, backend} = init;
    const {request, body} = description;
    this.#request = restoreRequest(request, body === undefined ? {} : {body});
    this.#responseReady = backend.whenResponseReady(key, description);
    // Who does not ask for the response is not told that there is none.
    this.#responseReady.catch(() => {});
  }

  get request(): Request {
    return this.#request;
  }

  get responseReady(): Promise<Response> {
    return this.#responseReady;
  }
}

shapeInterface(BackgroundFetchRecord, 'BackgroundFetchRecord', {
  attributes: ['request', 'responseReady'],
  operations: {},
});
