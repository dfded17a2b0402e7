/** Time to pixels, and what a lane is made of. Pure: no DOM in this folder. */
export * from './calls.js';
export * from './curve.js';
export * from './labels.js';
export * from './lane.js';
export * from './pauses.js';
export * from './rate.js';
export * from './record-bytes.js';
export * from './rows.js';
export * from './scale.js';
export * from './span.js';
export * from './ticks.js';
export * from './viewport.js';
