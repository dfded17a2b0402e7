/** A number from 0, inclusive, to 1, exclusive: what `Math.random` gives. */
export type Random = () => number;
