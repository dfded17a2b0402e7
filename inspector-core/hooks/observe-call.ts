import type {CallOutcome, CallValue, Invocation} from '../protocol/protocol.js';
import {createStackReader} from './caller-stack.js';
import {describeError} from './describe.js';
import type {HookContext} from './hook-context.js';
import type {Trap} from '../platform/patch.js';
import {apply, elapsed, now, react} from '../platform/primordials.js';

/** What is particular to one method. */
export interface CallObserver {
  /** `undefined` if `self` is not what the method is for. */
  readonly describe: (
    self: unknown,
    args: readonly unknown[],
  ) => Invocation | undefined;
  /** Tells the value by `settle`, and follows what is in it. */
  readonly follow: (
    value: unknown,
    self: unknown,
    settle: (value: CallValue) => void,
  ) => void;
  readonly onSettled?: (self: unknown) => void;
}

/**
 * Observed: a call's arguments, its caller's stack, and how its promise settled.
 * Not changed: the arguments (none is converted twice, iterated or read through
 * an accessor), the value, the reason of a rejection, and whether the rejection
 * counts as unhandled.
 *
 * The host gets a promise derived from the native one: handlers on the native
 * promise itself would make its rejection a handled one. It settles one microtask
 * later, the one thing that a page could measure: no promise can be watched
 * without either.
 */
export function createCallObserver({
  append,
  guard,
}: HookContext): (observer: CallObserver) => Trap {
  const readStack = createStackReader();
  let calls = 0;

  return ({describe, follow, onSettled}) =>
    (native, self, args, frame) => {
      const stack = readStack(frame);
      const start = now();
      const call = guard('call', () => {
        const invocation = describe(self, args);
        if (invocation === undefined) return undefined;
        calls += 1;
        append({
          type: 'call-started',
          call: calls,
          invocation,
          ...(stack !== undefined && {stack}),
        });
        return calls;
      });
      if (call === undefined) return apply(native, self, args);
      const settle = (outcome: CallOutcome): void => {
        const duration = elapsed(start, now());
        append({type: 'call-settled', call, duration, outcome});
      };
      const fail = (reason: unknown): never => {
        guard('call', () => {
          settle({status: 'rejected', error: describeError(reason)});
          onSettled?.(self);
        });
        throw reason;
      };
      let promise: Promise<unknown>;
      try {
        promise = apply(native, self, args);
      } catch (reason) {
        return fail(reason);
      }
      const pass = (value: unknown): unknown => {
        guard('call', () => {
          follow(value, self, (told) =>
            settle({status: 'fulfilled', value: told}),
          );
          onSettled?.(self);
        });
        return value;
      };
      return guard('call', () => react(promise, pass, fail)) ?? promise;
    };
}
