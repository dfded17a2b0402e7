/** What comes of the demo's situations, wherever the engine is. */

/** How each fetch of a situation is to end, in the words of who saw it. */
export interface Expected {
  /** The reason of a failure, or `success`: what the app is told. */
  readonly outcome: string;
  readonly event: string;
  /** What the panel calls it. */
  readonly phase: string;
  /** "status ending" of the requests for each record, as the server saw them. */
  readonly served: readonly (readonly string[])[];
  /** What the panel shows as received. */
  readonly received: RegExp;
}

const SUCCESS = {
  outcome: 'success',
  event: 'backgroundfetchsuccess',
  phase: 'succeeded',
} as const;

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
      outcome: 'bad-status',
      event: 'backgroundfetchfail',
      phase: 'failed',
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
  upload: [{...SUCCESS, served: [['200 finished']], received: /^116 B$/}],
};
