/** The vocabulary: what can be observed, and what can be asked for. */
export * from './commands.js';
export * from './conditions.js';
export * from './control.js';
export * from './describe.js';
export * from './entry.js';
export * from './facts.js';
export * from './invocation.js';
export * from './limits.js';
export * from './lists.js';
export * from './progress-rows.js';
export * from './route.js';
export * from './source.js';
export * from './parse.js';
