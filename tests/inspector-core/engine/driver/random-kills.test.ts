import {describeWorlds} from '../support/describe-worlds.js';

// Some; `npm run reliability` lives through more. Databases of others are slower.
describeWorlds(navigator.userAgent.includes('Chrome') ? 200 : 48);
