import {describeOffline} from './support/describe-offline.js';

// Some; `npm run reliability` makes more. Databases of others are slower.
describeOffline(navigator.userAgent.includes('Chrome') ? 100 : 50);
