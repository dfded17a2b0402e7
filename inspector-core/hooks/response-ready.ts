import type {HookContext} from './hook-context.js';
import {apply, createTable, isObject, react} from '../platform/primordials.js';
import type {Records} from './records.js';

/**
 * Observed: nothing here. What is kept as it was: `record.responseReady` is one
 * promise, the same at each reading, and it counts as unhandled exactly if the
 * page does not handle it.
 *
 * `records.ts` has put handlers on the native promise of each record that came
 * through the hook; a page that read it would find its rejection handled. It
 * gets a promise derived from it. It is made when the page first asks, because
 * the browser, too, reports only a promise that was read. A record that the page
 * got before the hook came still has its own promise, untouched.
 */
export function keepResponseReady(
  {api, guard, patches}: HookContext,
  records: Records,
): void {
  const given = createTable<object, Promise<unknown>>();
  patches.accessor(api.records, 'responseReady', {
    get(native, self, args) {
      const promise = apply<Promise<unknown>>(native, self, args);
      const derived = guard('response-ready', () => {
        if (!isObject(self) || !records.isKnown(self)) return undefined;
        const before = given.get(self);
        if (before !== undefined) return before;
        const fresh = react(promise, pass, fail);
        given.set(self, fresh);
        return fresh;
      });
      return derived ?? promise;
    },
  });
}

const pass = (value: unknown): unknown => value;

function fail(reason: unknown): never {
  throw reason;
}
