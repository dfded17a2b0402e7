import type {OwnSource} from '../../../inspector-core/bridge/bridge.js';
import {
  LIMITS,
  type HeaderList,
} from '../../../inspector-core/protocol/protocol.js';

/** Requests that may be open at once; the oldest is forgotten beyond. */
const OPEN = 1_000;

const FILTER: chrome.webRequest.RequestFilter = {
  urls: ['<all_urls>'],
  types: ['other'],
  tabId: -1,
};

interface Details {
  readonly requestId: string;
  readonly timeStamp: number;
}

/** Turns the requests of background fetches into facts, attempt by attempt. */
export class WireFacts {
  readonly #wire: OwnSource;
  readonly #isInspected: (initiator: string) => boolean;
  readonly #open = new Set<string>();
  #listening = false;

  constructor(wire: OwnSource, isInspected: (initiator: string) => boolean) {
    this.#wire = wire;
    this.#isInspected = isInspected;
  }

  start(): void {
    if (this.#listening) return;
    this.#listening = true;
    const {webRequest} = chrome;
    webRequest.onBeforeRequest.addListener(this.#begun, FILTER);
    webRequest.onSendHeaders.addListener(this.#sent, FILTER, [
      'requestHeaders',
      'extraHeaders',
    ]);
    webRequest.onBeforeRedirect.addListener(this.#redirected, FILTER);
    webRequest.onResponseStarted.addListener(this.#responded, FILTER, [
      'responseHeaders',
      'extraHeaders',
    ]);
    webRequest.onCompleted.addListener(this.#completed, FILTER);
    webRequest.onErrorOccurred.addListener(this.#failed, FILTER);
  }

  stop(): void {
    if (!this.#listening) return;
    this.#listening = false;
    this.#open.clear();
    const {webRequest} = chrome;
    webRequest.onBeforeRequest.removeListener(this.#begun);
    webRequest.onSendHeaders.removeListener(this.#sent);
    webRequest.onBeforeRedirect.removeListener(this.#redirected);
    webRequest.onResponseStarted.removeListener(this.#responded);
    webRequest.onCompleted.removeListener(this.#completed);
    webRequest.onErrorOccurred.removeListener(this.#failed);
  }

  readonly #begun = (
    details: chrome.webRequest.OnBeforeRequestDetails,
  ): undefined => {
    const {requestId, initiator = '', timeStamp} = details;
    // A redirect begins the same request once more.
    if (this.#open.has(requestId) || !this.#isInspected(initiator)) return;
    this.#open.add(requestId);
    const [oldest] = this.#open;
    if (this.#open.size > OPEN && oldest !== undefined) {
      this.#open.delete(oldest);
    }
    this.#wire.append(
      {
        type: 'attempt-started',
        attempt: requestId,
        url: clip(details.url),
        method: details.method,
        initiator,
      },
      timeStamp,
    );
  };

  readonly #sent = (
    details: chrome.webRequest.OnSendHeadersDetails,
  ): undefined => {
    if (!this.#isOpen(details)) return;
    const headers = describeHeaders(details.requestHeaders);
    const {requestId: attempt, timeStamp} = details;
    this.#wire.append({type: 'attempt-sent', attempt, headers}, timeStamp);
  };

  readonly #redirected = (
    details: chrome.webRequest.OnBeforeRedirectDetails,
  ): undefined => {
    if (!this.#isOpen(details)) return;
    const {requestId: attempt, statusCode: status, redirectUrl} = details;
    this.#wire.append(
      {type: 'attempt-redirected', attempt, status, to: clip(redirectUrl)},
      details.timeStamp,
    );
  };

  readonly #responded = (
    details: chrome.webRequest.OnResponseStartedDetails,
  ): undefined => {
    if (!this.#isOpen(details)) return;
    const {ip, statusLine, fromCache} = details;
    this.#wire.append(
      {
        type: 'attempt-responded',
        attempt: details.requestId,
        status: details.statusCode,
        statusLine: clip(statusLine),
        headers: describeHeaders(details.responseHeaders),
        ...(ip === undefined ? {} : {ip}),
        fromCache,
      },
      details.timeStamp,
    );
  };

  readonly #completed = (
    details: chrome.webRequest.OnCompletedDetails,
  ): undefined => {
    if (!this.#open.delete(details.requestId)) return;
    const {requestId: attempt, timeStamp} = details;
    this.#wire.append({type: 'attempt-finished', attempt}, timeStamp);
  };

  readonly #failed = (
    details: chrome.webRequest.OnErrorOccurredDetails,
  ): undefined => {
    if (!this.#open.delete(details.requestId)) return;
    const {requestId: attempt, timeStamp, error} = details;
    this.#wire.append({type: 'attempt-finished', attempt, error}, timeStamp);
  };

  #isOpen({requestId}: Details): boolean {
    return this.#open.has(requestId);
  }
}

const clip = (text: string): string => text.slice(0, LIMITS.longText);

/** Headers that are not text come as bytes, which nothing of ours shows. */
const describeHeaders = (
  headers: readonly chrome.webRequest.HttpHeader[] = [],
): HeaderList =>
  headers
    .slice(0, LIMITS.list)
    .map(({name, value = ''}) => [clip(name), clip(value)] as const);
