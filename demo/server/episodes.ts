/** One episode of the demo's podcast. */
export interface Episode {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly seconds: number;
  /** Bytes of the audio file: known before it is made. */
  readonly bytes: number;
  readonly audio: string;
  readonly artwork: string;
  /** Beats a minute; with the slug, all that the music is made from. */
  readonly tempo: number;
  /** Semitones above A2. */
  readonly key: number;
  /** Degrees of the artwork's main colour. */
  readonly hue: number;
}

/** Mono, 16 bit: 44.1 kB a second. */
export const SAMPLE_RATE = 22_050;

const EPISODES: readonly Omit<Episode, 'bytes' | 'audio' | 'artwork'>[] = [
  {
    slug: 'harbour-lights',
    title: 'Harbour lights',
    summary: 'Four keepers, one lamp, and the night the fog would not lift.',
    seconds: 46,
    tempo: 84,
    key: 0,
    hue: 196,
  },
  {
    slug: 'the-night-bus',
    title: 'The night bus',
    summary: 'Last stop to first light with the driver of route N19.',
    seconds: 58,
    tempo: 104,
    key: 5,
    hue: 258,
  },
  {
    slug: 'salt-and-bread',
    title: 'Salt and bread',
    summary: 'A baker explains why dough tastes better at four in the morning.',
    seconds: 92,
    tempo: 76,
    key: 3,
    hue: 350,
  },
  {
    slug: 'number-stations',
    title: 'Number stations',
    summary: 'Somebody still reads digits into the shortwave. To whom?',
    seconds: 182,
    tempo: 112,
    key: 10,
    hue: 158,
  },
  {
    slug: 'the-sleeper',
    title: 'The sleeper',
    summary: 'Eleven hundred kilometres in a bunk, told in one breath.',
    seconds: 190,
    tempo: 92,
    key: 7,
    hue: 316,
  },
  {
    slug: 'all-the-small-hours',
    title: 'All the small hours',
    summary: 'The long one: a whole night, from the first yawn to the birds.',
    seconds: 680,
    tempo: 68,
    key: 2,
    hue: 226,
  },
];

/** The season, newest last. */
export const episodes: readonly Episode[] = EPISODES.map((episode) => ({
  ...episode,
  bytes: 44 + episode.seconds * SAMPLE_RATE * 2,
  audio: `/episodes/${episode.slug}.wav`,
  artwork: `/artwork/${episode.slug}.svg`,
}));
