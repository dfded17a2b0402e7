import {LIMITS} from '../protocol/limits.js';
import {clip} from './clip.js';
import {
  apply,
  cut,
  dataOf,
  defineProperty,
  ErrorCtor,
  find,
  hasPrefix,
  ownDescriptor,
  type Callable,
} from '../platform/primordials.js';

/** Reads the stack below a frame of ours: the page's part of it. */
export type StackReader = (frame: Callable) => string | undefined;

const capture = dataOf(ErrorCtor, 'captureStackTrace');

/**
 * Frames of ours on top of the page's where a call is observed: this reader, the
 * observing trap, and the Proxy's handler. A number, not names: a minifier
 * changes those.
 */
const OWN_FRAMES = 3;

/**
 * Where the browser can leave out the frames above a function (V8, and by now
 * the others), it does; elsewhere our own frames are cut off as lines.
 */
export function createStackReader(
  captureStackTrace: unknown = capture,
): StackReader {
  return (frame) => {
    const here =
      typeof captureStackTrace === 'function' ? undefined : new ErrorCtor();
    try {
      const text =
        here === undefined
          ? withoutPreparing(() =>
              stackBelow(captureStackTrace as Callable, frame),
            )
          : belowOwnFrames(stackOf(here));
      return text === '' ? undefined : clip(text, LIMITS.longText);
    } catch {
      return undefined;
    }
  };
}

/** `stack` may be an accessor, of Error.prototype even: it is the browser's. */
function stackOf(holder: object): string {
  const stack: unknown = (holder as {stack?: unknown}).stack;
  if (typeof stack !== 'string') return '';
  // V8 begins with the error itself, the others with the first frame.
  return hasPrefix(stack, 'Error') && find(stack, '\n    at ') >= 0
    ? cut(stack, find(stack, '\n') + 1)
    : stack;
}

function stackBelow(captureStackTrace: Callable, frame: Callable): string {
  const holder: object = {__proto__: null};
  apply(captureStackTrace, undefined, [holder, frame]);
  const stack = stackOf(holder);
  // Nothing, if the frame is not found: in JavaScriptCore a function that ends
  // with a call, as a trap does, has left the stack by then.
  return belowProxy(stack === '' ? stackOf(new ErrorCtor()) : stack) ?? stack;
}

function belowOwnFrames(stack: string): string {
  return belowProxy(stack) ?? dropLines(stack, OWN_FRAMES);
}

/** JavaScriptCore alone shows the call of the Proxy, on top of the page's part. */
function belowProxy(stack: string): string | undefined {
  const proxy = find(stack, '@[native code]');
  if (proxy < 0) return undefined;
  const end = find(stack, '\n', proxy);
  return end < 0 ? '' : cut(stack, end + 1);
}

function dropLines(text: string, count: number): string {
  let start = 0;
  for (let line = 0; line < count; line += 1) {
    const end = find(text, '\n', start);
    if (end < 0) return '';
    start = end + 1;
  }
  return cut(text, start);
}

/**
 * V8 formats a stack by `Error.prepareStackTrace`, if the page has set one. It
 * must not be run by our reading, nor decide what we read.
 */
function withoutPreparing(step: () => string): string {
  const name = 'prepareStackTrace';
  const descriptor = ownDescriptor(ErrorCtor, name);
  if (descriptor === undefined) return step();
  if (descriptor.configurable !== true) return '';
  const absent = {__proto__: null, value: undefined, configurable: true};
  defineProperty(ErrorCtor, name, absent);
  try {
    return step();
  } finally {
    defineProperty(ErrorCtor, name, descriptor);
  }
}
