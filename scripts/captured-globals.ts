/**
 * Globals of which the injected scripts take their own reference when they
 * start. They run in other people's pages: one that later replaces `Promise`,
 * `Map` or `JSON` (as polyfills and zone.js do), or has a `const URL` of its own,
 * must not change what we do.
 */
export const CAPTURED_GLOBALS = [
  'AbortController',
  'AbortSignal',
  'Array',
  'ArrayBuffer',
  'BigInt',
  'Blob',
  'Boolean',
  'BroadcastChannel',
  'DOMException',
  'Error',
  'Event',
  'EventTarget',
  'FinalizationRegistry',
  'Headers',
  'IDBKeyRange',
  'JSON',
  'Map',
  'Math',
  'MessageChannel',
  'Number',
  'Object',
  'Proxy',
  'RangeError',
  'ReadableStream',
  'Reflect',
  'Request',
  'Response',
  'Set',
  'String',
  'Symbol',
  'TransformStream',
  'TypeError',
  'URL',
  'URLPattern',
  'Uint32Array',
  'Uint8Array',
  'WeakMap',
  'WeakRef',
  'WeakSet',
  'crypto',
  'navigator',
  'performance',
  'queueMicrotask',
] as const;

/**
 * The language's own, which the platform gives: where zone.js came before us,
 * the global one cannot even wait for it.
 */
const PROMISE = 'const Promise = (async () => {})().constructor;';

/** Statements for the top of a function that holds a whole script. */
export const captureGlobals = (): string =>
  `const {${CAPTURED_GLOBALS.join(', ')}} = globalThis;${PROMISE}`;
