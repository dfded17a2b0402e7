import type {Projection} from './projection.js';
import type {HealthState} from './state.js';

/** What the inspector failed to see, counted and said. */
export const health: Projection<HealthState> = {
  initial: {rejected: 0, missed: 0, faults: 0},
  apply: (state, entries) =>
    entries.reduce((health, {fact}): HealthState => {
      switch (fact.type) {
        case 'entries-rejected':
          return {
            ...health,
            rejected: health.rejected + fact.count,
            message: fact.message,
          };
        case 'entries-missed':
          return {
            ...health,
            missed: health.missed + fact.count,
            message: `${fact.count} entries were lost: a page wrote them faster than they could be read.`,
          };
        case 'hook-faulted':
          return {
            ...health,
            faults: health.faults + 1,
            message: `${fact.where}: ${fact.error.message}`,
          };
        case 'log-cleared':
          return {rejected: 0, missed: 0, faults: 0};
        default:
          return health;
      }
    }, state),
};
