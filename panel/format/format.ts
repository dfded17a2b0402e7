/** Numbers, times and strangers' text, as the panel shows them. */
export * from './bytes.js';
export * from './conditions.js';
export * from './entry-summary.js';
export * from './fetch-sentence.js';
export * from './number.js';
export * from './route.js';
export * from './rule.js';
export * from './time.js';
export * from './url.js';
export * from './visible-text.js';
