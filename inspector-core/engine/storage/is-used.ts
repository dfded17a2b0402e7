/** The engine's database: in each origin that ever had an emulated fetch. */
export const DATABASE_NAME = 'background-fetch-engine';

/**
 * Whether the engine has stored anything in this origin. Asking must not make
 * the database: a site that is only observed is left as it is.
 */
export async function isEngineUsed(): Promise<boolean> {
  try {
    // Not all browsers can list them; then there may be one.
    if (!('databases' in indexedDB)) return true;
    const databases = await indexedDB.databases();
    return databases.some(({name}) => name === DATABASE_NAME);
  } catch {
    // No storage in an opaque origin, or where it is forbidden.
    return false;
  }
}
