import {html, type TemplateResult} from 'lit';
import type {Episode} from '../catalogue.js';
import {formatBytes} from '../format.js';

/** The parts of the page, already rendered. */
export interface PageParts {
  readonly isAvailable: boolean;
  /** The browser has no such API, and a script stands in for it. */
  readonly isByScript: boolean;
  readonly isOffline: boolean;
  readonly usage: number | undefined;
  readonly playing: Episode | undefined;
  readonly episodes: TemplateResult;
  readonly situations: TemplateResult;
  readonly seen: TemplateResult;
}

export function renderPage(parts: PageParts): TemplateResult {
  return html`
    <header>
      <div class="masthead">
        <p class="brand">
          <span class="moon" aria-hidden="true"></span>Small Hours
        </p>
        <p class="storage" data-usage=${parts.usage ?? ''}>
          ${parts.isOffline ? html`<strong>Offline</strong> · ` : ''}${
            parts.usage === undefined
              ? ''
              : `${formatBytes(parts.usage)} on this device`
          }
        </p>
      </div>
      <h1>Stories for people who are still awake</h1>
      <p class="lead">
        Six episodes to keep for the journey.
        ${
          parts.isByScript
            ? 'Downloads go on while any page of this app is open, and when you come back.'
            : 'Downloads go on when you close the page, because the browser does them: with Background Fetch.'
        }
      </p>
    </header>
    <main>
      ${parts.isAvailable ? '' : renderUnsupported()}
      ${parts.isByScript ? renderByScript() : ''}
      <div class="columns">
        <div class="content">
          <section aria-labelledby="episodes-title">
            <h2 id="episodes-title">Episodes</h2>
            ${parts.episodes}
          </section>
          <section aria-labelledby="situations-title">
            <h2 id="situations-title">Situations</h2>
            <p class="lead">
              Each button makes one case of the API happen, on a server that
              misbehaves on demand. Watch it in
              ${
                parts.isByScript
                  ? html`<a href="/panel/" target="_blank">the panel</a>, in
                      another tab.`
                  : 'the “Background Fetch” tab of DevTools.'
              }
            </p>
            ${parts.situations}
            <p class="hint">
              <strong>backgroundfetchclick</strong> has no button:
              ${
                parts.isByScript
                  ? 'it takes a browser that lists the downloads, and this one does not know of them.'
                  : 'the browser sends it when you click the download in its own list or notification. Start “Slow download”, then click it there.'
              }
            </p>
          </section>
        </div>
        <section class="log" aria-labelledby="log-title">
          <h2 id="log-title">What this page saw</h2>
          ${parts.seen}
        </section>
      </div>
    </main>
    ${parts.playing === undefined ? '' : renderPlayer(parts.playing)}
  `;
}

function renderByScript(): TemplateResult {
  return html`<p class="by-script" role="status">
    <strong>Emulated.</strong> This browser has no Background Fetch of its own:
    an engine in the service worker carries the downloads out.
  </p>`;
}

function renderUnsupported(): TemplateResult {
  return html`<p class="unsupported" role="status">
    This browser has no Background Fetch, so episodes cannot be kept for later.
    You can still listen to all of them here; to see the downloads, open this
    page in Chromium.
  </p>`;
}

function renderPlayer({title, audio, artwork}: Episode): TemplateResult {
  return html`<aside class="player" aria-label="Player">
    <img src=${artwork} alt="" width="48" height="48" />
    <p>${title}</p>
    <audio controls autoplay src=${audio}></audio>
  </aside>`;
}
