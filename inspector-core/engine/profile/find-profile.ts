import {CHROMIUM} from './chromium.js';
import type {Profile, ProfileName} from './profile.js';
import {SPEC} from './spec.js';

/** The profile of a name. */
export const findProfile = (name: ProfileName): Profile =>
  name === 'chromium' ? CHROMIUM : SPEC;
