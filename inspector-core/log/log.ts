/** The append-only log: one per realm, and the one that merges them. */
export * from './event-log.js';
export * from './realm-log.js';
