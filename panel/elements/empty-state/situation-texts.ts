import {strings} from '../../strings.js';
import type {Situation} from './situation.js';

export interface SituationText {
  readonly title: string;
  readonly text: string;
  readonly steps?: readonly string[];
  readonly sample?: string;
  /** A button's words; it starts the recording. */
  readonly action?: string;
}

const SAMPLE = `const registration = await navigator.serviceWorker.ready;
await registration.backgroundFetch.fetch('episode-5',
  ['/episode-5.mp3', '/episode-5.jpg'],
  {title: 'Episode 5', downloadTotal: 62_914_560});`;

/** What is the matter, and what to do next: never the one without the other. */
export const situationTexts: Readonly<Record<Situation, SituationText>> = {
  'no-inspector': {
    title: 'Nothing is being inspected',
    text: 'This panel has not been connected to a page. Open it from DevTools, or connect it to a page that has loaded the hooks.',
  },
  empty: {
    title: 'Waiting for a background fetch',
    text: 'Every background fetch of this page and of its service worker shows up here as it happens: its records, its bytes, its worker events and every call, rejected ones too.',
    steps: [
      'Do what starts a download in the page, or run the lines below in the console.',
      'Select a fetch to see what happened and why.',
      'Reload the page to record it from its first script on.',
    ],
    sample: SAMPLE,
  },
  'no-worker': {
    title: 'No service worker yet',
    text: 'Background Fetch belongs to a service worker registration, and no worker of this page is running. Its events will show once it starts.',
    steps: [
      'If the page registers a worker, reload it, or start a fetch: that wakes the worker.',
      'If it does not, call navigator.serviceWorker.register() first; without an active worker fetch() rejects.',
    ],
    sample: SAMPLE,
  },
  attaching: {
    title: 'Attaching to the page …',
    text: 'Page, frames and workers are being connected. A page that is stopped in the debugger answers when it goes on.',
  },
  detached: {
    title: 'Not attached to the page',
    text: 'Nothing is recorded until the inspector is attached. What was recorded before stays in the Entries view.',
    action: strings.attachAgain,
  },
  canceled: {
    title: 'Debugging was canceled',
    text: 'The banner “started debugging this browser” was closed, so page and service worker are not watched any more. The banner has to stay while the inspector records.',
    action: strings.attachAgain,
  },
  failed: {
    title: 'The page could not be attached',
    text: 'The browser refused the connection. Another extension may hold the debugger of this tab: close it, then attach again.',
    action: strings.attachAgain,
  },
  restricted: {
    title: 'This page cannot be inspected',
    text: 'The browser keeps extensions away from its own pages, such as chrome:// pages, the web store and other extensions. Such pages have no background fetches of interest.',
    steps: [
      'Go to a page on http://localhost or https://, and it is attached.',
    ],
    action: strings.attachAgain,
  },
  insecure: {
    title: 'This page is not secure',
    text: 'Background Fetch exists in secure contexts only, and this page was loaded over plain HTTP.',
    steps: [
      'Serve it over https://, or open it by http://localhost, which counts as secure.',
    ],
  },
  opaque: {
    title: 'This page has no origin',
    text: 'Pages such as about:blank, data: URLs and sandboxed documents have an opaque origin: no service worker, hence no background fetch.',
    steps: [
      'Open a page on http://localhost or https://.',
      'Of a sandboxed frame, add allow-same-origin to its sandbox attribute.',
    ],
  },
  unsupported: {
    title: 'This browser has no Background Fetch',
    text: 'The API is missing in this page. Chromium-based browsers have it since version 74; Firefox and Safari never had it.',
    steps: [
      'Set the route to auto or emulated and reload the page: then the engine brings the API.',
      'Open the page in Chrome, Edge or another Chromium-based browser.',
      'If it is one, see whether the feature was switched off by a flag or by policy.',
    ],
  },
  'not-recording': {
    title: 'Not recording',
    text: 'The inspector is attached, but new entries are not taken in.',
    action: strings.record,
  },
};
