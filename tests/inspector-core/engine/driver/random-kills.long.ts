/** The long form of `random-kills.test.ts`, for `npm run reliability`. */
import {describeWorlds} from '../support/describe-worlds.js';

describeWorlds(1_000);
