/** The episodes that are kept, and those that are on their way. */
import type {BackgroundFetchManager} from '../../inspector-core/platform/background-fetch.js';
import {attempt, startFetch, watch} from './calls.js';
import type {Episode} from './catalogue.js';
import {onSeen, see, takeSnapshot, type Seen} from './seen.js';

/** Shared with the service worker, which fills it. */
const EPISODES_CACHE = 'episodes';

export type Download =
  | {readonly status: 'absent'}
  | {readonly status: 'downloading'; readonly share: number}
  | {readonly status: 'stored'}
  | {readonly status: 'failed'; readonly reason: string};

/** The state of every episode, by slug; tells when it changes. */
export class Downloads {
  readonly #manager: BackgroundFetchManager | undefined;
  readonly #changed: () => void;
  readonly #states = new Map<string, Download>();

  constructor(
    manager: BackgroundFetchManager | undefined,
    changed: () => void,
  ) {
    this.#manager = manager;
    this.#changed = changed;
    onSeen((entry) => this.#handleSeen(entry));
  }

  get isAvailable(): boolean {
    return this.#manager !== undefined;
  }

  of({slug}: Episode): Download {
    return this.#states.get(slug) ?? {status: 'absent'};
  }

  /** Finds what earlier visits kept, and what they left on its way. */
  async restore(episodes: readonly Episode[]): Promise<void> {
    if ('caches' in globalThis) {
      const cache = await caches.open(EPISODES_CACHE);
      for (const episode of episodes) {
        const kept = await cache.match(episode.audio);
        if (kept !== undefined) this.#set(episode.slug, {status: 'stored'});
      }
    }
    const manager = this.#manager;
    if (manager === undefined) return;
    for (const id of (await attempt('getIds', '', () => manager.getIds())) ??
      []) {
      const registration = await attempt('get', id, () => manager.get(id));
      if (registration === undefined) continue;
      watch(registration);
      this.#handleSeen({
        type: 'progress',
        ...takeSnapshot(registration),
        sequence: 0,
        at: 0,
      });
    }
  }

  async download({
    slug,
    title,
    audio,
    artwork,
    ...size
  }: Episode): Promise<void> {
    if (this.#manager === undefined) return;
    this.#set(slug, {status: 'downloading', share: 0});
    const registration = await startFetch(
      this.#manager,
      `episode.${slug}`,
      [audio, artwork],
      {
        title: `Downloading “${title}”`,
        icons: [{src: artwork, sizes: '512x512', type: 'image/svg+xml'}],
        downloadTotal: size.bytes + size.artworkBytes,
      },
    );
    if (registration === undefined) {
      this.#set(slug, {status: 'failed', reason: 'the browser refused'});
    }
  }

  async cancel({slug}: Episode): Promise<void> {
    const id = `episode.${slug}`;
    const registration = await attempt('get', id, async () =>
      this.#manager?.get(id),
    );
    if (registration === undefined) return;
    await attempt('abort', id, () => registration.abort());
  }

  async remove({slug, audio, artwork}: Episode): Promise<void> {
    const cache = await caches.open(EPISODES_CACHE);
    await Promise.all([cache.delete(audio), cache.delete(artwork)]);
    see({type: 'note', id: `episode.${slug}`, text: 'removed from the cache'});
    this.#set(slug, {status: 'absent'});
  }

  #handleSeen(entry: Seen): void {
    if (!('id' in entry) || !entry.id.startsWith('episode.')) return;
    const slug = entry.id.slice('episode.'.length);
    if (entry.type === 'progress' && entry.result === '') {
      const share = entry.downloaded / Math.max(1, entry.downloadTotal);
      this.#set(slug, {status: 'downloading', share: Math.min(1, share)});
    }
    // Only the worker knows when the episode is in the cache.
    if (entry.type !== 'worker-event') return;
    if (entry.event === 'backgroundfetchsuccess') {
      this.#set(slug, {status: 'stored'});
    } else if (entry.event === 'backgroundfetchabort') {
      this.#set(slug, {status: 'absent'});
    } else if (entry.event === 'backgroundfetchfail') {
      this.#set(slug, {status: 'failed', reason: entry.failureReason});
    }
  }

  #set(slug: string, state: Download): void {
    this.#states.set(slug, state);
    this.#changed();
  }
}
