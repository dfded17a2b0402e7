/**
 * What a background fetch can run into, as logs. Each is played as it is, or
 * several one after another.
 */

import {
  cleared,
  conditions,
  hostileConditions,
  manyRules,
  nativeConditions,
  overruled,
  pageConditions,
  quickChanges,
  tunnel,
} from './condition-scenarios.js';

const ATTACHED = `
  0ms     panel   attachment attached
  0ms     panel   recording on
  10ms    page    opened
  12ms    worker  opened
  12ms    worker  handles backgroundfetchsuccess
  12ms    worker  handles backgroundfetchfail`;

const happy = `
  500ms   page    fetch ep-4 /ep-4.mp3 /ep-4.jpg total=42.1MB title="Episode 4"
  612ms   page    accepted ep-4
  4.5s    page    ramp ep-4 to=42.1MB until=11.5s steps=24
  11.6s   page    response ep-4 1 200
  11.6s   page    response ep-4 2 200
  11.6s   page    progress ep-4 42.1MB result=success
  11.62s  worker  event ep-4 backgroundfetchsuccess handlers=1
  11.63s  worker  waits ep-4 for=212ms
  11.66s  worker  matchall ep-4
  11.8s   worker  updates ep-4 "Episode 4 is ready"`;

const notFound = `
  3s      page    fetch ep-5 /ep-5.mp3 /ep-5-artwork.jpg total=62.9MB title="Interesting things"
  3.08s   page    accepted ep-5
  3.9s    page    ramp ep-5 to=62.7MB until=34s steps=40
  34.4s   page    response ep-5 1 200
  34.4s   page    response ep-5 2 404
  34.4s   page    progress ep-5 62.7MB result=failure:bad-status
  34.45s  worker  event ep-5 backgroundfetchfail handlers=1
  34.5s   worker  waits ep-5 for=1.2s
  34.6s   worker  match ep-5 1
  35s     worker  updates ep-5 "Episode 5 failed"`;

const resumed = `
  500ms   page    fetch ep-6 /ep-6.mp3 /ep-6.jpg total=60MB title="The tunnel"
  580ms   page    accepted ep-6
  900ms   wire    attempt a1 /ep-6.mp3
  950ms   wire    attempt a2 /ep-6.jpg
  1.1s    wire    answer a1 200
  1.1s    wire    answer a2 200
  1.2s    page    ramp ep-6 to=24MB until=9s steps=18
  1.6s    wire    done a2
  9.2s    wire    done a1 net::ERR_CONTENT_LENGTH_MISMATCH
  19s     wire    attempt a3 /ep-6.mp3 Range="bytes=24000000-" If-Range="e1"
  19.3s   wire    answer a3 206
  19.4s   page    ramp ep-6 to=60MB until=31s steps=20
  31.1s   wire    done a3
  31.2s   page    response ep-6 1 206
  31.2s   page    response ep-6 2 200
  31.2s   page    progress ep-6 60MB result=success
  31.25s  worker  event ep-6 backgroundfetchsuccess handlers=1
  31.26s  worker  waits ep-6 for=840ms
  31.3s   worker  matchall ep-6`;

/** The engine knows each attempt, of which record it is, and its bytes. */
const emulatedResumed = `
  500ms   page    fetch ep-6 /ep-6.mp3 /ep-6.jpg total=60MB title="The tunnel" route=emulated:setting
  520ms   page    accepted ep-6
  530ms   worker  attempt 1.0.1 /ep-6.mp3 of=ep-6:0
  531ms   worker  attempt 1.1.1 /ep-6.jpg of=ep-6:1
  600ms   worker  answer 1.1.1 200 length=212kB
  700ms   worker  done 1.1.1 received=212kB
  800ms   worker  answer 1.0.1 200 length=59.8MB
  800ms   page    ramp ep-6 to=24.2MB until=9s steps=18
  5s      worker  bytes 1.0.1 11MB
  9.2s    worker  done 1.0.1 dropped received=24MB
  10.2s   worker  attempt 1.0.2 /ep-6.mp3 of=ep-6:0 Range="bytes=24000000-" If-Range="e1"
  10.5s   worker  answer 1.0.2 206
  10.6s   page    ramp ep-6 to=41.2MB until=18s steps=15
  18s     worker  bytes 1.0.2 17MB`;

/** The switch is turned, and both routes are on their way at the same time. */
const bothRoutes = `
  500ms   page    fetch ep-1 /ep-1.mp3 /ep-1.jpg total=42.1MB title="Episode 1" route=native:default
  612ms   page    accepted ep-1
  2.1s    page    ramp ep-1 to=42.1MB until=11.5s steps=24
  3s      panel   route emulated
  4s      page    fetch ep-2 /ep-2.mp3 /ep-2.jpg total=60MB title="Episode 2" route=emulated:setting
  4.01s   page    accepted ep-2
  4.1s    page    ramp ep-2 to=60MB until=14s steps=80
  6s      page    fetch gone /gone.mp3 route=emulated:setting title="No longer there"
  6.02s   page    accepted gone
  6.1s    page    response gone 1 404
  6.1s    page    progress gone 0 result=failure:bad-status
  6.11s   worker  event gone backgroundfetchfail handlers=1
  6.12s   worker  waits gone for=60ms
  11.6s   page    response ep-1 1 200
  11.6s   page    response ep-1 2 200
  11.6s   page    progress ep-1 42.1MB result=success
  11.62s  worker  event ep-1 backgroundfetchsuccess handlers=1
  11.63s  worker  waits ep-1 for=212ms
  14.1s   page    response ep-2 1 200
  14.1s   page    response ep-2 2 200
  14.1s   page    progress ep-2 60MB result=success
  14.12s  worker  event ep-2 backgroundfetchsuccess handlers=1
  14.13s  worker  waits ep-2 for=180ms
  15s     page    fetch ep-3 /ep-3.mp3 total=25MB title="Episode 3" route=emulated:setting
  15.01s  page    accepted ep-3
  15.1s   page    ramp ep-3 to=11MB until=19s steps=30`;

const exceeds = `
  500ms   page    fetch ep-7 /ep-7.mp3 total=300kB title="Longer than told"
  560ms   page    accepted ep-7
  800ms   page    ramp ep-7 to=1MB until=2.2s steps=4
  2.4s    page    progress ep-7 0 result=failure:download-total-exceeded
  2.45s   worker  event ep-7 backgroundfetchfail handlers=1
  2.46s   worker  waits ep-7 for=40ms`;

const aborted = `
  1s      page    fetch ep-2 /ep-2.mp3 total=18MB title="Episode 2"
  1.1s    page    accepted ep-2
  1.6s    page    ramp ep-2 to=3.1MB until=5.9s steps=12
  6s      page    abort ep-2
  6.05s   page    progress ep-2 3.1MB result=failure:aborted
  6.1s    worker  event ep-2 backgroundfetchabort handlers=0`;

const rejected = `
  400ms   page    fetch ep-8 /ep-8.mp3 total=5MB
  403ms   page    rejected ep-8 TypeError "This origin does not have permission to start a fetch."`;

const upload = `
  700ms   page    fetch upload-7 /upload upload=12MB title="Clip"
  760ms   page    accepted upload-7
  900ms   page    ramp upload-7 way=up to=8.5MB until=9s steps=20`;

const sent = `
  700ms   page    fetch upload-9 /upload upload=12MB title="Clip"
  760ms   page    accepted upload-9
  900ms   page    ramp upload-9 way=up to=12MB until=6s steps=14
  9s      page    progress upload-9 0 up=12MB`;

const short = `
  10ms    page    fetch first /a.mp3
  20ms    page    accepted first
  30ms    page    progress first 2kB result=failure:bad-status
  32ms    worker  event first backgroundfetchfail handlers=1
  33ms    worker  waits first for=4ms
  40ms    page    fetch second /b.mp3
  41ms    page    rejected second TypeError "Refused"
  60s     page    fetch third /c.mp3
  60.01s  page    accepted third
  60.02s  page    progress third 2kB result=success`;

const growing = `
  6s      page    fetch model /model-1.bin /model-2.bin /model-3.bin total=1GB title="Language model"
  6.1s    page    accepted model
  7s      page    ramp model to=380MB until=46s steps=60`;

const late = `
  21s     page    fetch clip-9 /upload upload=12MB title="Clip"
  21.1s   page    accepted clip-9
  21.4s   page    ramp clip-9 way=up to=8.5MB until=46s steps=40`;

const hostile = `
  500ms   page    fetch "<img src=x onerror=alert(1)>" /a.mp3 total=1MB title="<script>alert(2)</script>"
  560ms   page    accepted "<img src=x onerror=alert(1)>"
  600ms   page    ramp "<img src=x onerror=alert(1)>" to=1MB until=2s steps=6
  2.1s    page    progress "<img src=x onerror=alert(1)>" 1MB result=success
  3s      page    fetch "gpj.\\u202Eexe.innocent" javascript:alert(3) total=1MB title="right to left"
  3.01s   page    rejected "gpj.\\u202Eexe.innocent" TypeError "Refused to fetch"
  4s      page    fetch "nul\\u0000byte and bell\\u0007" /b.mp3 title="line\\nbreak\\ttab"
  4.1s    page    accepted "nul\\u0000byte and bell\\u0007"
  5s      page    fetch "lone\\uD83Dsurrogate" "/c.mp3?<b>=1" title="\\u2066isolate"
  5.1s    page    accepted "lone\\uD83Dsurrogate"
  6s      page    fetch "__proto__" /d.mp3
  6.1s    page    accepted "__proto__"
  6.2s    page    fetch "شريط صوتي" /e.mp3 title="حلقة"
  6.3s    page    accepted "شريط صوتي"
  7s      page    faulted "fetch <b>" "\\u202Egnitset"`;

const long = 'x'.repeat(1_024);

/** Each is a log by itself. */
export const scenarios = {
  happy: ATTACHED + happy,
  notFound: ATTACHED + notFound,
  /** The page has the engine's interfaces, and its worker has no engine. */
  engineMissing: `
  0ms     panel   attachment attached
  0ms     panel   recording on
  10ms    page    opened
  500ms   page    fetch ep-1 /ep-1.mp3 route=emulated:no-native`,
  bothRoutes: `${ATTACHED}${bothRoutes}`,
  /** Without an API of its own: all is emulated, and nobody asked for it. */
  noNative: `${ATTACHED}${bothRoutes
    .replaceAll('native:default', 'emulated:no-native')
    .replaceAll('emulated:setting', 'emulated:no-native')
    .replace(/.*route emulated$/mu, '')}`,
  emulatedResumed: `${ATTACHED}${emulatedResumed}`,
  conditions: ATTACHED + conditions,
  cleared: ATTACHED + cleared,
  hostileConditions: ATTACHED + hostileConditions,
  manyRules: ATTACHED + manyRules,
  nativeConditions: ATTACHED + nativeConditions,
  overruled: ATTACHED + overruled,
  quickChanges: ATTACHED + quickChanges,
  tunnel: ATTACHED + tunnel,
  pageConditions: ATTACHED + pageConditions,
  resumed: `${ATTACHED}\n  20ms panel access https://podcast.example${resumed}`,
  exceeds: ATTACHED + exceeds,
  aborted: ATTACHED + aborted,
  rejected: ATTACHED + rejected,
  sent: ATTACHED + sent,
  short: ATTACHED + short,
  upload: ATTACHED + upload,
  twoAtOnce: `${ATTACHED}
  500ms   page    fetch ep-1 /ep-1.mp3 total=20MB title="Episode 1"
  580ms   page    accepted ep-1
  700ms   page    fetch ep-3 /ep-3.mp3 total=30MB title="Episode 3"
  790ms   page    accepted ep-3
  1s      page    ramp ep-1 to=20MB until=8s steps=20
  1.5s    page    ramp ep-3 to=14MB until=9s steps=20
  8.1s    page    response ep-1 1 200
  8.1s    page    progress ep-1 20MB result=success
  8.12s   worker  event ep-1 backgroundfetchsuccess handlers=1
  8.13s   worker  waits ep-1 for=300ms`,
  busy:
    ATTACHED +
    happy +
    notFound +
    growing +
    late +
    aborted.replaceAll('ep-2', 'ep-9') +
    rejected,
  hostile: `${ATTACHED}${hostile}
  8s      page    fetch ${long} /f.mp3
  8.1s    page    accepted ${long}`,
  empty: ATTACHED,
  noWorker: `
  0ms     panel   attachment attached
  0ms     panel   recording on
  10ms    page    opened`,
  notRecording: `
  0ms     panel   attachment attached
  0ms     panel   recording off
  10ms    page    opened`,
  canceled: `${ATTACHED}
  2s      panel   attachment detached canceled-by-user`,
  canceledLater: `${ATTACHED}${happy}
  13s     panel   attachment detached canceled-by-user`,
  restricted: `
  0ms     panel   attachment refused restricted-page "Cannot access a chrome:// URL"`,
  failed: `
  0ms     panel   attachment refused failed "Another debugger is already attached to the tab with id: 42."`,
  unsupported: `
  0ms     panel   attachment attached
  0ms     panel   recording on
  10ms    page    opened api=no`,
  insecure: `
  0ms     panel   attachment attached
  0ms     panel   recording on
  10ms    page    opened api=no secure=no origin=http://podcast.example`,
  opaque: `
  0ms     panel   attachment attached
  0ms     panel   recording on
  10ms    page    opened api=no secure=no origin=null`,
  workerLost: `${ATTACHED}${happy}
  14s     page    fetch ep-1 /ep-1.mp3 total=20MB
  14.1s   page    accepted ep-1
  14.5s   page    ramp ep-1 to=9MB until=17s
  17s     browser closed worker crashed`,
  missed: `${ATTACHED}${happy}
  12s     browser missed page 1200
  12.1s   browser refused page 3 "batch.entries.4.fact.type: Invalid type: no fact has this name"
  12.2s   page    faulted observeRegistration "Illegal invocation"`,
  lateHook: `
  0ms     panel   attachment attached
  0ms     panel   recording on
  10ms    page    opened late=yes
  20ms    page    progress ep-1 4MB
  1s      page    ramp ep-1 to=9MB until=5s`,
} as const;

export type ScenarioName = keyof typeof scenarios;

/** A thousand fetches, of all outcomes, some at once. */
export function manyFetches(count = 1_000): string {
  const lines = [ATTACHED];
  for (let number = 1; number <= count; number += 1) {
    const at = 500 + number * 230;
    const id = `track-${number}`;
    const end = at + 900 + (number % 7) * 300;
    lines.push(
      `${at}ms page fetch ${id} /${id}.mp3 total=4MB`,
      `${at + 40}ms page accepted ${id}`,
      `${at + 200}ms page ramp ${id} to=4MB until=${end}ms steps=6`,
    );
    if (number % 11 === 0) {
      lines.push(
        `${end}ms page response ${id} 1 404`,
        `${end}ms page progress ${id} result=failure:bad-status`,
      );
    } else if (number < count - 2) {
      lines.push(
        `${end}ms page response ${id} 1 200`,
        `${end}ms page progress ${id} result=success`,
      );
    }
  }
  return lines.join('\n');
}

/** One fetch that says very often how far it is. */
export const manyEntries = (count = 100_000): string => `${ATTACHED}
  500ms   page    fetch stream /stream.bin total=2GB title="Large"
  560ms   page    accepted stream
  600ms   page    ramp stream to=1.6GB until=600s steps=${count}`;
