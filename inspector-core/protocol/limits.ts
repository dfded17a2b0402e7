/**
 * Sizes that nothing from an inspected page may pass. The hooks clip to them,
 * and the parser refuses what is larger: a page can forge what a hook would
 * never send.
 */
export const LIMITS = {
  /** Characters of an id, a title, a message. */
  text: 1_024,
  /** Characters of a URL, a header value, a stack. */
  longText: 8_192,
  /** Members of any list: requests, records, headers, ids. */
  list: 10_000,
  /** The last time that `Date` knows: milliseconds since 1970. */
  time: 8.64e15,
  /** Entries in one batch. */
  batch: 10_000,
  /** Characters of one message on a channel that carries text. */
  message: 16 * 1024 * 1024,
} as const;
