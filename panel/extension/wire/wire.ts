import type {OwnSource} from '../../../inspector-core/bridge/bridge.js';
import {
  OK,
  refuse,
  type CommandResult,
} from '../../../inspector-core/protocol/protocol.js';
import {WireFacts} from './wire-facts.js';

/** Origins whose background fetches are told: the newest documents' ones. */
const ORIGINS = 32;

/**
 * The browser's own account of native background fetches. Chrome shows these
 * requests to `chrome.webRequest` only: they belong to no tab, so the origin
 * that they name as initiator is what ties them to the inspected page.
 */
export class Wire {
  readonly #facts: WireFacts;
  readonly #panel: OwnSource;
  readonly #origins = new Set<string>();
  #told: readonly string[] = [];
  #wanted = false;

  constructor(wire: OwnSource, panel: OwnSource) {
    this.#panel = panel;
    this.#facts = new WireFacts(wire, (initiator) =>
      this.#origins.has(initiator),
    );
    const changed = (): void => void this.#look();
    chrome.permissions.onAdded.addListener(changed);
    chrome.permissions.onRemoved.addListener(changed);
  }

  start(): void {
    this.#wanted = true;
    void this.#look();
  }

  stop(): void {
    this.#wanted = false;
    this.#facts.stop();
  }

  /** A frame of the inspected tab shows this document now. */
  follow(url: string): void {
    const origin = URL.canParse(url) ? new URL(url).origin : 'null';
    if (origin === 'null' || this.#origins.has(origin)) return;
    this.#origins.add(origin);
    const [oldest] = this.#origins;
    if (this.#origins.size > ORIGINS && oldest !== undefined) {
      this.#origins.delete(oldest);
    }
    void this.#look();
  }

  /** After the user was asked: says what came of it. */
  async read(origins: readonly string[]): Promise<CommandResult> {
    origins.forEach((origin) => this.follow(origin));
    await this.#look();
    return (await areReadable(origins))
      ? OK
      : refuse('Chrome did not grant access to these sites.');
  }

  async #look(): Promise<void> {
    const readable: string[] = [];
    for (const origin of this.#origins) {
      if (await areReadable([origin])) readable.push(origin);
    }
    if (readable.length > 0 && this.#wanted) this.#facts.start();
    else this.#facts.stop();
    if (readable.join(' ') === this.#told.join(' ')) return;
    this.#told = readable;
    this.#panel.append({type: 'wire-access-changed', origins: readable});
  }
}

/** To read the requests, and to have conditions act on them. */
const PERMISSIONS: chrome.runtime.ManifestPermission[] = [
  'webRequest',
  'declarativeNetRequestWithHostAccess',
];

const areReadable = (origins: readonly string[]): Promise<boolean> =>
  chrome.permissions.contains({
    permissions: PERMISSIONS,
    origins: origins.map(toPattern),
  });

/** Permissions are per host: a match pattern with a port would not be granted. */
export function toPattern(origin: string): string {
  const {protocol, hostname} = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/**
 * Asks the user, in whose panel the click was: Chrome wants the gesture in the
 * very window that asks. Sync up to the request, for the same reason.
 */
export const askForWire = (
  {permissions}: typeof chrome,
  origins: readonly string[],
): Promise<boolean> =>
  permissions.request({
    permissions: PERMISSIONS,
    origins: origins.map(toPattern),
  });
