/**
 * Globals of which the injected scripts take their own reference when they
 * start. They run in other people's pages: one that later replaces `Promise`,
 * `Map` or `JSON` (as polyfills and zone.js do) must not change what we do.
 */
export const CAPTURED_GLOBALS = [
  'Array',
  'BroadcastChannel',
  'Error',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'Reflect',
  'Set',
  'String',
  'Symbol',
  'TypeError',
  'Uint32Array',
  'WeakMap',
  'WeakSet',
  'crypto',
  'performance',
] as const;

/** Statement for the top of a function that holds a whole script. */
export const captureGlobals = (): string =>
  `const {${CAPTURED_GLOBALS.join(', ')}} = globalThis;`;
