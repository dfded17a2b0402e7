/** The long form of `offline.test.ts`, for `npm run reliability`. */
import {describeOffline} from './support/describe-offline.js';

describeOffline(1_000);
