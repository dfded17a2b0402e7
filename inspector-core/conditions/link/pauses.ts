/** Places of one stream at which nothing comes for a while. */
export interface Pauses {
  /** Bytes of the stream before the next one; 0: it is due now. */
  until(position: number): number;
  /** Milliseconds of the one that is due now; the next is drawn. */
  pass(): number;
}
