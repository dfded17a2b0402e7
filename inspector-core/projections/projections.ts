/** Entries folded into what the panel shows. */
import {calls} from './calls.js';
import {fetches} from './fetches.js';
import {health} from './health.js';
import {combine, type Projection} from './projection.js';
import {realms} from './realms.js';
import {session} from './session.js';
import {simulation} from './simulation.js';
import type {InspectorState} from './state.js';

export * from './fetch-state.js';
export type {Projection} from './projection.js';
export * from './state.js';

export const inspectorProjection: Projection<InspectorState> = combine({
  fetches,
  calls,
  realms,
  session,
  simulation,
  health,
});
