/** What Chromium refuses in `fetch()`, in its order and with its words. */
import {makeNoWorkerError} from '../../registration/errors.js';
import type {CallingRealm} from '../surface-rules.js';
import {BLOCKED_PORTS} from './blocked-ports.js';

/** The active worker comes first, before the list is looked at. */
export function admitCall({hasActiveWorker}: CallingRealm): void {
  if (!hasActiveWorker) throw makeNoWorkerError();
  // A service worker may not fetch at all, but still get() and match().
  if ('skipWaiting' in globalThis) {
    throw new DOMException(
      'backgroundFetch.fetch() is not allowed in service worker environments.',
      'NotAllowedError',
    );
  }
}

/** Of all requests before anything else of the first. */
export function admitSource(source: RequestInfo): void {
  if (typeof source === 'string') return;
  if (source.bodyUsed || source.body?.locked === true) {
    throw new TypeError('Request body is already used');
  }
}

export function admitRequest({url, mode}: Request): void {
  const {protocol, port} = new URL(url);
  if (mode === 'no-cors')
    throw refuse(url, 'the request mode must not be no-cors');
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw refuse(
      url,
      'only the https: scheme is allowed, or http: for loopback IPs',
    );
  }
  if (BLOCKED_PORTS.has(port)) throw refuse(url, 'that port is not allowed');
}

const refuse = (url: string, why: string): TypeError =>
  new TypeError(`Refused to fetch '${url}' because ${why}.`);
