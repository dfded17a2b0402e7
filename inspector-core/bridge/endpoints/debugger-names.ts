/** The names by which the debugger channel is found in a realm. */

/** Function out: what the realm calls with text goes to the debugger session. */
export const BINDING = '__backgroundFetchInspector';

/**
 * Key of the one property that we put on a global: the way in, and the sign
 * that the realm has its hook. Not enumerable, and gone after uninstalling.
 */
export const REALM_KEY = 'background-fetch-inspector';

/** First message of a realm on a debugger session: "call me". */
export const HELLO = 'hello';

/** Key of a message that holds a batch which nobody asked for. */
export const FAREWELL = 'farewell';
