/** Attributes of the platform's objects, captured while our script starts. */
import {
  apply,
  dataOf,
  ownerOf,
  prototypeOf,
  readerOf,
  type Callable,
  type Reader,
} from './primordials.js';

type Readers<T, N extends keyof T> = {readonly [K in N]: Reader<T[K]>};

/** A reader of each of these attributes, by its name. */
export function readersOf<T extends object, N extends keyof T & string>(
  prototype: T,
  names: readonly N[],
): Readers<T, N> {
  const readers = {__proto__: null} as {-readonly [K in N]: Reader<T[K]>};
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index];
    if (name !== undefined) readers[name] = readerOf(prototype, name);
  }
  return readers;
}

export const readRequest = readersOf(prototypeIn('Request') as Request, [
  'url',
  'method',
  'headers',
  'mode',
  'credentials',
  'body',
]);

export const readResponse = readersOf(prototypeIn('Response') as Response, [
  'url',
  'status',
  'statusText',
  'type',
  'redirected',
  'headers',
]);

export const readException = readersOf(DOMException.prototype, [
  'name',
  'message',
]);

/** Unforgeable, so it is an accessor of each event itself. */
const sample = new Event('');

export const readEvent = {
  isTrusted: readerOf<boolean>(
    ownerOf(sample, 'isTrusted') ?? sample,
    'isTrusted',
  ),
  ...readersOf(Event.prototype, ['type', 'eventPhase']),
};

export const readAborted = readerOf<boolean>(AbortSignal.prototype, 'aborted');

export const readErrorEvent = readersOf(
  prototypeIn('ErrorEvent') as ErrorEvent,
  ['error', 'message'],
);

export const readHref = readerOf<string>(URL.prototype, 'href');

const URLCtor = URL;

/** The absolute form of a URL; the text as it was if it is none. */
export function resolveUrl(text: string, base: string): string {
  try {
    return readHref(new URLCtor(text, base));
  } catch {
    return text;
  }
}

const headersForEach = dataOf(prototypeIn('Headers'), 'forEach') as Callable;

export const eachHeader = (
  headers: object,
  visit: (value: string, name: string) => void,
): void => void apply(headersForEach, headers, [visit]);

/** What no browser lacks, but who renders pages, or tests them without one. */
function prototypeIn(name: string): object {
  return prototypeOf(globalThis, name) ?? {};
}
