import type {Source, SourceKind} from '../protocol/protocol.js';
import {describeUrl} from './describe.js';
import {dataOf} from '../platform/primordials.js';

/**
 * Names the realm that a hook runs in: its kind, a random id that no other realm
 * has, and its URL.
 */
export function describeRealm(scope: typeof globalThis): Source {
  return {
    kind: kindOf(scope),
    realm: makeId(scope),
    url: describeUrl(scope.location.href),
  };
}

/** Each kind of worker exposes the interface of its own global, and no other. */
function kindOf(scope: typeof globalThis): SourceKind {
  const has = (name: string): boolean => dataOf(scope, name) !== undefined;
  if (has('ServiceWorkerGlobalScope')) return 'service-worker';
  if (has('SharedWorkerGlobalScope')) return 'shared-worker';
  if (has('DedicatedWorkerGlobalScope')) return 'dedicated-worker';
  return scope.top === scope.self ? 'page' : 'frame';
}

const DIGITS = '0123456789abcdef';

function makeId(scope: typeof globalThis): string {
  const bytes = scope.crypto.getRandomValues(new Uint8Array(16));
  let id = '';
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    id += `${DIGITS[byte >> 4]}${DIGITS[byte & 15]}`;
  }
  return id;
}
