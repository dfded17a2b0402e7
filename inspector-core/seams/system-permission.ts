/**
 * Asks the browser for the permission "background-fetch". Never rejects.
 *
 * What is not "denied" lets a fetch start: there is nobody here whom "prompt"
 * could make ask. Browsers without the API do not know the name, and refuse
 * nothing.
 */
export function createSystemPermission(
  realm: {
    readonly navigator: {readonly permissions?: Permissions};
  } = globalThis,
): () => Promise<PermissionState> {
  // Kept from now on: the worker's script may replace it.
  const {permissions} = realm.navigator;
  const query = permissions?.query.bind(permissions);
  return async () => {
    try {
      // Not in the types of a name that one browser knows.
      const name = 'background-fetch' as PermissionName;
      const status = await query?.({name});
      return status?.state ?? 'granted';
    } catch {
      return 'granted';
    }
  };
}
