// https://wicg.github.io/background-fetch/#background-fetch-record
import {restoreRequest} from '../driver/make-request.js';
import type {Backend, RecordDescription} from './backend.js';
import {InternalSlots} from './internal-slots.js';
import {makeResponse} from './make-response.js';
import {shapeInterface} from './web-idl.js';

interface RecordState {
  readonly request: Request;
  readonly responseReady: Promise<Response>;
}

const slots = new InternalSlots<RecordState>();

export class BackgroundFetchRecord {
  constructor() {
    throw new TypeError('Illegal constructor');
  }

  get request(): Request {
    return slots.of(this).request;
  }

  get responseReady(): Promise<Response> {
    // An attribute that is a promise does not throw, whatever it is asked of.
    return isRecord(this)
      ? slots.of(this).responseReady
      : Promise.reject(new TypeError('Illegal invocation'));
  }
}

shapeInterface(BackgroundFetchRecord, 'BackgroundFetchRecord', {
  attributes: ['request', 'responseReady'],
  operations: {},
});

export function createRecord(
  description: RecordDescription,
  backend: Backend,
): BackgroundFetchRecord {
  const {request, body} = description;
  const responseReady = open(backend, description);
  // Who does not ask for the response is not told that there is none.
  responseReady.catch(() => {});
  return slots.create(BackgroundFetchRecord, {
    request: backend.profile.surface.showRequest(
      restoreRequest(request, body === undefined ? {} : {body}),
    ),
    responseReady,
  });
}

/** Whether it is of the engine: the browser's own have the same prototype. */
export const isRecord = (value: unknown): value is BackgroundFetchRecord =>
  slots.has(value);

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
