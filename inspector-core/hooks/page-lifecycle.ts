import type {Fact, Source} from '../protocol/protocol.js';
import type {HookContext} from './hook-context.js';
import {readerOf} from '../platform/primordials.js';

/** Observed: a document's way into the back-forward cache, out of it, its end. */
export function followPageLifecycle(
  {scope, append, onGlobal}: HookContext,
  {realm}: Source,
): void {
  const isPersisted = readerOf<boolean>(
    scope.PageTransitionEvent.prototype,
    'persisted',
  );
  onGlobal(scope, 'pagehide', (event) => {
    const end: Fact = {type: 'realm-closed', realm, reason: 'unloaded'};
    append(isPersisted(event) ? {type: 'realm-suspended'} : end);
  });
  onGlobal(scope, 'pageshow', (event) => {
    if (isPersisted(event)) append({type: 'realm-resumed'});
  });
}
