/** Why a test is not passed by the browser's own Background Fetch. */
export interface Difference {
  readonly reason: string;
  /**
   * `fails`: it is run, and must fail. `skipped`: it is not run, because it would
   * hang, be very slow, or lose the page.
   */
  readonly natively: 'fails' | 'skipped';
}

const fails = (reason: string): Difference => ({reason, natively: 'fails'});
const skipped = (reason: string): Difference => ({reason, natively: 'skipped'});

/**
 * Where Chromium 156 does not follow the specification, by suite and test. The
 * list stays true: an entry whose test passes natively fails.
 */
export const knownDifferences: Readonly<
  Record<string, Readonly<Record<string, Difference>>>
> = {
  'fetch(): arguments': {
    'an id may be empty': skipped('the browser ends the page'),
  },
  'fetch()': {
    'a negative downloadTotal is beyond the quota': fails(
      'its storage takes it for none',
    ),
    'works in a service worker': fails('it is not allowed there'),
    'starts the records at the same time': skipped('two run at once'),
  },
};
