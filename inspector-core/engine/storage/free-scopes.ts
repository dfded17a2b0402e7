import type {FetchStorage} from './fetch-storage.js';

/**
 * Frees all that is stored now of scopes whose registration is gone. What a new
 * registration of the same scope stores meanwhile is left alone.
 */
export async function freeScopes(
  storage: FetchStorage,
  isGone: (scope: string) => boolean | Promise<boolean>,
): Promise<void> {
  for (const [scope, keys] of await storage.scopes()) {
    if (!(await isGone(scope))) continue;
    await Promise.all(keys.map((key) => storage.delete(key)));
  }
}
