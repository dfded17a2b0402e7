export const makeTakenError = (): TypeError =>
  new TypeError('There already is a registration for the given id.');

export const makeBodyError = (cause: unknown): TypeError =>
  new TypeError('A request’s body could not be read.', {cause});

/** Of a worker that was asked. */
export const STOPPED = 'The service worker stopped before it answered.';

/** Errors of storage itself are not shown to pages. */
export const makeIoError = (cause?: unknown): TypeError =>
  new TypeError('Failed to store registration due to I/O error.', {cause});

export const makeStateError = (message: string): DOMException =>
  new DOMException(message, 'InvalidStateError');

/** "If this's records available flag is unset …". */
export const makeExpiredError = (): DOMException =>
  makeStateError(
    'The records associated with this background fetch are no longer available.',
  );

const NO_WORKER =
  'No active registration available on the ServiceWorkerRegistration.';

export const makeNoWorkerError = (): TypeError => new TypeError(NO_WORKER);

/** Also of one that came from another realm, by a message. */
export const isNoWorkerError = (error: unknown): boolean =>
  error instanceof TypeError && error.message === NO_WORKER;

/** A DOMException that is made of more than its name. */
interface QuotaExceededErrorConstructor {
  new (message?: string): DOMException;
}

/**
 * "QuotaExceededError" with `quota` and `requested`, both null: as an interface
 * where the browser has it, else as the DOMException that it was before.
 *
 * @see https://webidl.spec.whatwg.org/#quotaexceedederror
 */
export function makeQuotaExceededError(
  message = 'Quota exceeded.',
): DOMException {
  const constructor: unknown = Reflect.get(globalThis, 'QuotaExceededError');
  if (typeof constructor === 'function') {
    return new (constructor as QuotaExceededErrorConstructor)(message);
  }
  const error = new DOMException(message, 'QuotaExceededError');
  Object.defineProperties(error, {
    quota: {value: null},
    requested: {value: null},
  });
  return error;
}
