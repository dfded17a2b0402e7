/** The engine's database: in each origin that ever had an emulated fetch. */
export const DATABASE_NAME = 'background-fetch-engine';

/**
 * Whether the engine has stored anything in this origin. Asking must not make
 * the database: a site that is only observed is left as it is.
 */
export async function isEngineUsed(): Promise<boolean> {
  // No storage; and asked for it, Chromium leaves a rejection behind that nobody
  // can handle.
  if (globalThis.origin === 'null') return false;
  try {
    // Not all browsers can list them; then there may be one.
    if (!('databases' in indexedDB)) return true;
    const databases = await indexedDB.databases();
    return databases.some(({name}) => name === DATABASE_NAME);
  } catch {
    // No storage where it is forbidden.
    return false;
  }
}
