/** One episode, as the server describes it. */
export interface Episode {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly seconds: number;
  readonly bytes: number;
  readonly artworkBytes: number;
  readonly audio: string;
  readonly artwork: string;
  readonly hue: number;
}

export interface Catalogue {
  /** Another origin that serves the same files. */
  readonly crossOrigin: string;
  readonly episodes: readonly Episode[];
}

/** Asks the server (or, without a network, the cache) what there is. */
export async function loadCatalogue(): Promise<Catalogue> {
  const response = await fetch('/catalogue.json');
  return (await response.json()) as Catalogue;
}
