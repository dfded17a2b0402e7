/** What a user may type to see less: Network's grammar, this API's words. */
export * from './entry-index.js';
export * from './entry-subject.js';
export * from './fetch-subject.js';
export * from './match-filter.js';
export * from './parse-filter.js';
export * from './term.js';
