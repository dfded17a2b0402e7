import {NEUTRAL_CONDITIONS} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import type {Projection} from './projection.js';
import type {SessionState} from './state.js';

/** How the inspector itself stands. */
export const session: Projection<SessionState> = {
  initial: {
    attachment: {state: 'detached', reason: 'not-wanted'},
    recording: false,
    route: 'auto',
    conditions: NEUTRAL_CONDITIONS,
    wireOrigins: [],
    navigations: [],
  },
  apply: (state, entries) =>
    entries.reduce((session, {at, fact}): SessionState => {
      switch (fact.type) {
        case 'attachment-changed': {
          const {type: _, ...attachment} = fact;
          return {...session, attachment};
        }
        case 'recording-changed':
          return {...session, recording: fact.recording};
        case 'route-changed':
          return {...session, route: fact.route};
        case 'conditions-set':
          return {...session, conditions: fact.conditions};
        case 'wire-access-changed':
          return {...session, wireOrigins: fact.origins};
        case 'page-navigated': {
          const navigation = {at, url: fact.url};
          return {
            ...session,
            navigations: pushBounded(
              session.navigations,
              navigation,
              BOUNDS.navigations,
            ),
          };
        }
        case 'log-cleared':
          return {...session, navigations: session.navigations.slice(-1)};
        default:
          return session;
      }
    }, state),
};
