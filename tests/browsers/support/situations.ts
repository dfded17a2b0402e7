/** What comes of the demo's situations, wherever the engine is. */

/** How each fetch of a situation is to end, in the words of who saw it. */
export interface Expected {
  /** The reason of a failure, or `success`: what the app is told. */
  readonly outcome: string;
  readonly event: string;
  /** What the panel calls it. */
  readonly phase: string;
  /**
   * "status ending" of the requests for each record, as the server saw them;
   * absent where the browser may break off, or not.
   */
  readonly served?: readonly (readonly string[])[];
  /** What the panel shows as received. */
  readonly received: RegExp;
}

const SUCCESS = {
  outcome: 'success',
  event: 'backgroundfetchsuccess',
  phase: 'succeeded',
} as const;

const FAILURE = {event: 'backgroundfetchfail', phase: 'failed'} as const;

const SMALL_FILE: Expected = {
  ...SUCCESS,
  served: [['200 finished']],
  received: /^600 kB$/,
};

/** One line for each fetch, in the order of the calls. */
export const SITUATIONS: Readonly<Record<string, readonly Expected[]>> = {
  download: [
    {
      ...SUCCESS,
      served: [['200 finished'], ['200 finished']],
      received: /^2\.03 MB$/,
    },
  ],
  'two-at-once': [SMALL_FILE, SMALL_FILE],
  'not-found': [
    {
      ...FAILURE,
      outcome: 'bad-status',
      served: [['404 finished']],
      received: /^22 B$/,
    },
  ],
  abort: [
    {
      outcome: 'aborted',
      event: 'backgroundfetchabort',
      phase: 'aborted',
      served: [['200 aborted']],
      received: /^\d\.\d\d \/ 8\.00 MB$/,
    },
  ],
  dropped: [
    {
      ...SUCCESS,
      served: [['200 dropped', '206 finished']],
      received: /^4\.00 MB$/,
    },
  ],
  'many-records': [
    {
      ...SUCCESS,
      served: Array.from({length: 20}, () => ['200 finished']),
      received: /^1\.75 MB$/,
    },
  ],
  'partly-missing': [
    {
      ...FAILURE,
      outcome: 'bad-status',
      served: [['200 finished'], ['404 finished']],
      received: /^300 kB$/,
    },
  ],
  'cross-origin': [
    {...SUCCESS, served: [['200 finished']], received: /^300 kB$/},
  ],
  'cross-origin-refused': [
    {
      ...FAILURE,
      outcome: 'fetch-error',
      received: /^0 B$/,
    },
  ],
  upload: [{...SUCCESS, served: [['200 finished']], received: /^116 B$/}],
};
