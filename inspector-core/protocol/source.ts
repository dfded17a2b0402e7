/**
 * Names one JavaScript global (or one observer) for its whole life: random,
 * never reused. A worker that starts again is a new realm.
 */
export type RealmId = string;

export const SOURCE_KINDS = [
  'page',
  'frame',
  'dedicated-worker',
  'shared-worker',
  'service-worker',
  'engine',
  'wire',
  'browser',
  'panel',
] as const;

/**
 * Who saw a fact. The first five are hooks in a realm of the inspected page;
 * `engine` is our own implementation of the API, `wire` the browser's network
 * layer, `browser` its targets and frames, `panel` the inspector itself.
 */
export type SourceKind = (typeof SOURCE_KINDS)[number];

export interface Source {
  readonly kind: SourceKind;
  readonly realm: RealmId;
  /** The realm's URL when it opened; empty where there is none. */
  readonly url: string;
}
