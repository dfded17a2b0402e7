/**
 * How the engine behaves where a page can tell: to the letter of the text, or as
 * the one browser that has the API.
 */
import type {FetchRules} from './fetch-rules.js';
import type {RecordRules} from './record-rules.js';
import type {SurfaceRules} from './surface-rules.js';

export const PROFILE_NAMES = ['spec', 'chromium'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/**
 * What differs. A worker's says how its registration's fetches run, a realm's
 * how its objects look: one that is asked for in both is meant.
 */
export interface Profile {
  readonly name: ProfileName;
  readonly records: RecordRules;
  readonly fetches: FetchRules;
  readonly surface: SurfaceRules;
}
