/** What comes of conditions, as logs. */
import {trainTunnel} from '../../inspector-core/conditions/schedule/presets.js';
import type {ConditionsFile} from '../../inspector-core/protocol/protocol.js';

/** A file of conditions as one word of a scenario. */
const word = (file: Omit<ConditionsFile, 'version'>): string =>
  JSON.stringify(JSON.stringify(file));

const RULES: ConditionsFile['rules'] = [
  {
    match: {url: '/*.mp3', attempt: {first: 1}},
    effect: {type: 'status', status: 503},
  },
  {
    name: 'A lift between the floors',
    match: {fetchId: 'ep-4', record: 0},
    trigger: {at: 'percent', percent: 40},
    effect: {type: 'offline', ms: 10_000},
  },
  {
    enabled: false,
    match: {probability: 0.1},
    effect: {type: 'stall', ms: 5_000, next: 'drop'},
  },
];

/** Rules fail a first attempt, and take the network away for a while. */
export const conditions = `
  100ms   panel   conditions ${word({profile: 'Slow 4G', rules: RULES})}
  120ms   worker  simulates "Slow 4G" rules=3
  500ms   page    fetch ep-4 /ep-4.mp3 /ep-4.jpg total=42.1MB title="Episode 4" route=emulated:setting
  612ms   page    accepted ep-4
  1.2s    worker  fires 0 ep-4 status at=request record=0
  4.5s    page    ramp ep-4 to=16.8MB until=11.5s steps=24
  11.5s   worker  fires 1 ep-4 offline at=percent record=0 attempt=2
  11.5s   worker  offline
  21.5s   worker  online
  22s     page    ramp ep-4 to=24MB until=25s steps=10
  25s     panel   controlled ep-4 pause
  29s     panel   controlled ep-4 resume
  29.5s   page    ramp ep-4 to=42.1MB until=36s steps=24
  36.1s   page    response ep-4 1 200
  36.1s   page    response ep-4 2 200
  36.1s   page    progress ep-4 42.1MB result=success
  36.2s   worker  event ep-4 backgroundfetchsuccess handlers=1
  36.2s   worker  waits ep-4 for=212ms
  37s     page    fetch ep-5 /ep-5.mp3 total=60MB title="Episode 5" route=emulated:setting
  37.1s   page    accepted ep-5
  38s     worker  fires 0 ep-5 status at=request record=0
  39s     page    ramp ep-5 to=24MB until=48s steps=24`;

/** The worker is killed while a fetch goes on, and then all of it is cleared. */
export const cleared = `
  500ms   page    fetch ep-4 /ep-4.mp3 total=42.1MB title="Episode 4" route=emulated:setting
  612ms   page    accepted ep-4
  1s      page    ramp ep-4 to=16.8MB until=6s steps=24
  6s      panel   controlled-worker kill-worker
  9s      page    ramp ep-4 to=24MB until=12s steps=24
  13s     panel   controlled-worker clear-storage`;

/** A text that reorders its neighbours, closes tags and rings a bell. */
const EVIL = '<script>alert(1)</script>\u202Egnp.exe\u0007';

/** From a file that somebody sent. */
export const hostileConditions = `
  100ms   panel   conditions ${word({
    profile: {name: `${EVIL} link`, download: 50_000},
    rules: [
      {
        name: `${EVIL} rule ${'e\u0301\u0302\u0303'.repeat(100)}`,
        match: {fetchId: `${EVIL}*`, url: '/<b>*'},
        effect: {type: 'headers', headers: {'x-b': '<b>'}},
      },
      {effect: {type: 'etag', etag: '"<script>"'}},
    ],
    schedule: {name: `${EVIL} schedule`, phases: []},
  })}
  120ms   worker  simulates "evil \u202E link" rules=2 schedule="evil \u202E schedule"
  500ms   page    fetch ep-4 /<b>.mp3 total=42.1MB route=emulated:setting
  612ms   page    accepted ep-4`;

/** Of which the browser's own route can do some. */
export const nativeConditions = `
  50ms    panel   route native
  100ms   panel   conditions ${word({
    profile: '3G',
    rules: [
      {match: {url: '/*.mp3'}, effect: {type: 'fail', reason: 'bad-status'}},
      {effect: {type: 'too-many-fetches'}},
      {effect: {type: 'truncate'}},
    ],
  })}
  500ms   page    fetch ep-4 /ep-4.mp3 total=42.1MB route=native:setting
  612ms   page    accepted ep-4`;

/** Somebody tries six networks within a second. */
export const quickChanges = `
  500ms   page    fetch ep-4 /ep-4.mp3 total=42.1MB route=emulated:setting
  612ms   page    accepted ep-4
${Object.entries(['3G', 'DSL', 'GPRS', 'Slow 4G', 'Wi-Fi', 'Fast 4G'])
  .map(
    ([index, profile]) =>
      `  ${4_000 + 150 * Number(index)}ms panel conditions ${word({profile})}`,
  )
  .join('\n')}
  5.5s    panel   conditions
  9s      page    ramp ep-4 to=24MB until=12s steps=24
  12.1s   panel   conditions ${word({profile: '3G', rules: RULES})}`;

/** As many rules as a file may have; too many for a story that axe reads. */
export const manyRules = `
  100ms   panel   conditions ${word({
    rules: Array.from({length: 1_000}, (_, index) => ({
      name: `Rule ${index + 1} of a long file`,
      match: {url: `/season-${index}/*`},
      effect: {type: 'status', status: 503},
    })),
  })}
  500ms   page    fetch ep-4 /season-7/ep-4.mp3 total=42.1MB route=emulated:setting
  612ms   page    accepted ep-4`;

/** Another panel has set something else since. */
export const overruled = `
  100ms   panel   conditions ${word({profile: '3G', rules: RULES})}
  120ms   worker  simulates 3G rules=3
  4s      worker  simulates GPRS
  5s      page    fetch ep-4 /ep-4.mp3 total=42.1MB route=emulated:setting
  5.1s    page    accepted ep-4`;

/** A train that is in its tunnel now. */
export const tunnel = `
  100ms   panel   conditions ${word({schedule: trainTunnel()})}
  120ms   worker  simulates "No throttling" schedule="Train tunnel"
  500ms   page    fetch ep-4 /ep-4.mp3 total=42.1MB route=emulated:setting
  612ms   page    accepted ep-4
  1s      page    ramp ep-4 to=16.8MB until=6s steps=24
  6s      worker  offline
  8s      page    progress ep-4 16.8MB`;

/** A script of the page has set them itself. */
export const pageConditions = `
  100ms   worker  simulates 3G rules=2
  500ms   page    fetch ep-4 /ep-4.mp3 total=42.1MB route=emulated:setting
  612ms   page    accepted ep-4
  1s      page    ramp ep-4 to=200kB until=6s steps=24`;
