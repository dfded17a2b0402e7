import {html, type TemplateResult} from 'lit';
import type {Episode} from '../catalogue.js';
import type {Download, Downloads} from '../downloads.js';
import {formatBytes, formatDuration} from '../format.js';

/** What the list's buttons do. */
export interface EpisodeActions {
  readonly play: (episode: Episode) => void;
}

/** The season as cards. */
export function renderEpisodes(
  episodes: readonly Episode[],
  downloads: Downloads,
  playing: Episode | undefined,
  actions: EpisodeActions,
): TemplateResult {
  return html`<ul class="episodes">
    ${episodes.map((episode) =>
      renderEpisode(
        episode,
        downloads,
        episode.slug === playing?.slug,
        actions,
      ),
    )}
  </ul>`;
}

function renderEpisode(
  episode: Episode,
  downloads: Downloads,
  isPlaying: boolean,
  actions: EpisodeActions,
): TemplateResult {
  const state = downloads.of(episode);
  return html`<li
    class="episode"
    data-episode=${episode.slug}
    data-state=${state.status}
  >
    <button
      class="cover"
      aria-label="Play ${episode.title}"
      aria-pressed=${isPlaying}
      @click=${() => actions.play(episode)}
    >
      <img src=${episode.artwork} alt="" width="512" height="512" />
      <span class="play" aria-hidden="true"></span>
    </button>
    <div class="words">
      <h3>${episode.title}</h3>
      <p>${episode.summary}</p>
      <p class="facts">
        ${formatDuration(episode.seconds)} · ${formatBytes(episode.bytes)}
      </p>
    </div>
    <div class="download">${renderDownload(episode, state, downloads)}</div>
  </li>`;
}

function renderDownload(
  episode: Episode,
  state: Download,
  downloads: Downloads,
): TemplateResult {
  const {title} = episode;
  switch (state.status) {
    case 'downloading':
      return html`<progress
          max="1"
          .value=${state.share}
          aria-label="Download of ${title}"
        ></progress>
        <span class="share">${Math.round(state.share * 100)} %</span>
        <button
          aria-label="Cancel the download of ${title}"
          @click=${() => downloads.cancel(episode)}
        >
          Cancel
        </button>`;
    case 'stored':
      return html`<span class="kept">Kept</span>
        <button
          aria-label="Remove ${title}"
          @click=${() => downloads.remove(episode)}
        >
          Remove
        </button>`;
    case 'failed':
    case 'absent':
      return html`${
          state.status === 'failed'
            ? html`<span class="failure">Failed: ${state.reason}</span>`
            : ''
        }
        <button
          class="primary"
          aria-label="Download ${title}"
          ?disabled=${!downloads.isAvailable}
          @click=${() => downloads.download(episode)}
        >
          ${state.status === 'failed' ? 'Try again' : 'Download'}
        </button>`;
    default:
      return state satisfies never;
  }
}
