/** Where the profile is not Chromium, and why it cannot, or should not, be. */
export interface KnownDifference {
  readonly script: string;
  /** Of facts: one path, or all that begin with it. */
  readonly path: string;
  readonly why: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    script: 'tells how it ended',
    path: 'atProgress.0.isTrusted',
    why: 'No script can make an event that is trusted.',
  },
  {
    script: 'reads what is elsewhere',
    path: 'facts.event.records.0.response.headers',
    why: 'The engine has what fetch() gives it: CORS hides the other headers.',
  },
  {
    script: 'asks for a part itself',
    path: 'facts',
    why: 'Chromium loses a body that comes whole when a part was asked for.',
  },
  {
    script: 'sends a stream',
    path: '',
    why: 'Chromium drops a streamed body; no Request tells that it is one.',
  },
];
