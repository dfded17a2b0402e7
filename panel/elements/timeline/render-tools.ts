import {html, nothing, type TemplateResult} from 'lit';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import {formatRate} from '../../format/format.js';
import {strings} from '../../strings.js';
import {
  fitIcon,
  followIcon,
  zoomInIcon,
  zoomOutIcon,
} from '../../templates/icons.js';
import {
  recentRate,
  type TimeSpan,
  type Viewport,
} from '../../timeline/timeline.js';

export interface ViewTools {
  readonly fetches: readonly FetchState[];
  readonly session: TimeSpan;
  readonly viewport: Viewport;
  readonly live: boolean;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  readonly follow: () => void;
}

/** Bytes per second that all active fetches bring together now. */
function currentRate(fetches: readonly FetchState[]): number {
  return fetches
    .filter((fetch) => fetch.phase === 'active')
    .reduce(
      (sum, {curve}) =>
        sum + recentRate(curve, 'downloaded') + recentRate(curve, 'uploaded'),
      0,
    );
}

/** What is left of the overview: the rate now, and what moves the time axis. */
export function renderViewTools(tools: ViewTools): TemplateResult {
  const {viewport, live} = tools;
  const rate = live ? currentRate(tools.fetches) : 0;
  return html`<div class="tools">
    <span class="peak clip"
      >${rate > 0 ? `${formatRate(rate)} now` : nothing}</span
    >
    <button
      class="icon-only"
      title=${strings.zoomOut}
      aria-label=${strings.zoomOut}
      @click=${() => tools.zoom(1.25)}
    >
      ${zoomOutIcon}
    </button>
    <button
      class="icon-only"
      title=${strings.zoomIn}
      aria-label=${strings.zoomIn}
      @click=${() => tools.zoom(0.8)}
    >
      ${zoomInIcon}
    </button>
    <button
      class="icon-only"
      title=${strings.fit}
      aria-label=${strings.fit}
      aria-pressed=${viewport.mode === 'fit'}
      @click=${tools.fit}
    >
      ${fitIcon}
    </button>
    <button
      class="icon-only"
      title=${strings.follow}
      aria-label=${strings.follow}
      aria-pressed=${viewport.mode === 'follow'}
      @click=${tools.follow}
    >
      ${followIcon}
    </button>
  </div>`;
}
