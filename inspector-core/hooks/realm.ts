import type {Source, SourceKind} from '../protocol/protocol.js';
import {describeUrl} from './describe.js';
import {hex} from './hex.js';
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

function makeId(scope: typeof globalThis): string {
  const words = scope.crypto.getRandomValues(new Uint32Array(4));
  let id = '';
  for (let index = 0; index < words.length; index += 1) {
    id += hex(words[index] ?? 0);
  }
  return id;
}
