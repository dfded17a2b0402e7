/**
 * What the worker under test tells the site, outside of the browser, where no
 * kill can take it back.
 */
export type Told =
  /** Storage has acknowledged a record's bytes up to `length`. */
  | {
      readonly type: 'stored';
      readonly life: string;
      readonly id: string;
      readonly record: number;
      readonly generation: number;
      readonly length: number;
    }
  /** A worker has started, and taken up these fetches. */
  | {
      readonly type: 'started';
      readonly life: string;
      readonly fetches: readonly {
        readonly id: string;
        readonly downloaded: number;
      }[];
    }
  /** The fetch's event has been fired; what is below follows, or a kill. */
  | {readonly type: 'event-began'; readonly id: string}
  | ({readonly type: 'ended'} & Ended);

/** A fetch as its event's handler found it. */
export interface Ended {
  readonly id: string;
  readonly event: string;
  readonly failureReason: string;
  readonly records: readonly EndedRecord[];
}

export interface EndedRecord {
  readonly url: string;
  readonly status: number;
  readonly length: number;
  /** SHA-256 of the bytes that were delivered, in hexadecimal. */
  readonly hash: string;
}
