// https://wicg.github.io/background-fetch/#background-fetch-manager
import {describeRequest} from '../driver/make-request.js';
import type {FetchInput} from '../registration/store-a-fetch.js';
import type {BackgroundFetchRegistration} from './background-fetch-registration.js';
import {toFetchOptions, toRequestInfos} from './convert-arguments.js';
import {InternalSlots} from './internal-slots.js';
import type {SurfaceBackend} from './surface-scope.js';
import {requireArguments, shapeInterface, toDOMString} from './web-idl.js';

const slots = new InternalSlots<SurfaceBackend>();

export class BackgroundFetchManager {
  constructor() {
    throw new TypeError('Illegal constructor');
  }

  async fetch(
    ...[id, requests, options]: unknown[]
  ): Promise<BackgroundFetchRegistration> {
    const {backend, instances} = slots.of(this);
    requireArguments(arguments.length, 2);
    const name = toDOMString(id);
    const infos = toRequestInfos(requests);
    const {surface} = backend.profile;
    const converted = toFetchOptions(options, surface);
    surface.admitCall({hasActiveWorker: backend.hasActiveWorker()});
    // "If requests is empty, then return a promise rejected with a TypeError."
    if (infos.length === 0) {
      throw new TypeError('At least one request must be given.');
    }
    // "For each request of requests: let internalRequest be the request of the
    // result of invoking the Request constructor with request."
    const copies = infos.map((info) => {
      surface.admitSource(info);
      return new Request(info);
    });
    for (const copy of copies) surface.admitRequest(copy);
    const inputs = await Promise.all(
      copies.map(async (copy, index) => {
        const {request, body} = await toInput(copy);
        const checked = hasDanglingMarkup(infos[index])
          ? {...request, blockedBy: 'markup' as const}
          : request;
        return {request: surface.prepare(checked), body};
      }),
    );
    return instances.get(await backend.fetch(name, inputs, converted));
  }

  async get(
    ...[id]: unknown[]
  ): Promise<BackgroundFetchRegistration | undefined> {
    const {backend, instances} = slots.of(this);
    requireArguments(arguments.length, 1);
    const name = toDOMString(id);
    // Deviation: the text has no such rule; its tests, and Chromium, do.
    if (name === '') throw new TypeError('The provided id is invalid.');
    const description = await backend.get(name);
    return description && instances.get(description);
  }

  async getIds(): Promise<string[]> {
    const {backend} = slots.of(this);
    return backend.profile.surface.showIds(await backend.getIds());
  }
}

shapeInterface(BackgroundFetchManager, 'BackgroundFetchManager', {
  attributes: [],
  operations: {fetch: 2, get: 1, getIds: 0},
});

export const createManager = (
  surface: SurfaceBackend,
): BackgroundFetchManager => slots.create(BackgroundFetchManager, surface);

/**
 * What markup that is left open would send to an attacker: a URL with line breaks
 * and `<`, as it was written. Chromium's `fetch()` refuses it.
 */
function hasDanglingMarkup(info: RequestInfo | undefined): boolean {
  return (
    typeof info === 'string' && /[\n\r\t]/.test(info) && info.includes('<')
  );
}

async function toInput(copy: Request): Promise<FetchInput> {
  const request = describeRequest(copy);
  if ('body' in Request.prototype) {
    return {request, body: copy.body ?? undefined};
  }
  // A browser that does not show the body gives it only as a whole.
  const canHaveBody = request.method !== 'GET' && request.method !== 'HEAD';
  const blob = canHaveBody ? await copy.blob() : undefined;
  return {request, body: blob?.size ? blob.stream() : undefined};
}
