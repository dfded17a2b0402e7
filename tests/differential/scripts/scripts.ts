import type {Script} from '../support/script.js';
import {ARGUMENTS} from './arguments.js';
import {ENDINGS} from './endings.js';
import {EVENTS} from './events.js';
import {IDENTITY} from './identity.js';
import {LIMITS} from './limits.js';
import {MATCHING} from './matching.js';
import {OBJECTS} from './objects.js';
import {POLICY} from './policy.js';
import {RESPONSES} from './responses.js';
import {RESUMING} from './resuming.js';
import {UPLOADS} from './uploads.js';

/** All that is compared. */
export const SCRIPTS: readonly Script[] = [
  ...ARGUMENTS,
  ...IDENTITY,
  ...OBJECTS,
  ...ENDINGS,
  ...RESPONSES,
  ...MATCHING,
  ...UPLOADS,
  ...EVENTS,
  ...LIMITS,
  ...RESUMING,
  ...POLICY,
];
