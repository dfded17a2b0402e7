import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {
  isOver,
  type FetchKey,
  type FetchPhase,
  type FetchState,
} from '../../inspector-core/projections/fetch-state.js';
import {formatPlural, visibleText} from '../format/format.js';
import {phaseNames} from '../strings.js';

/** Nobody can listen to more than one sentence in so many milliseconds. */
const PAUSE = 2_000;

/** Says which fetches ended, for a live region: seldom, and then all at once. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #phases = new Map<FetchKey, FetchPhase>();
  #ended: FetchState[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFirst = true;
  message = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Looks for fetches that have ended since the last time. */
  follow(fetches: ReadonlyMap<FetchKey, FetchState>): void {
    for (const [key, fetch] of fetches) {
      if (this.#phases.get(key) === fetch.phase) continue;
      this.#phases.set(key, fetch.phase);
      if (isOver(fetch.phase) && !this.#isFirst) this.#ended.push(fetch);
    }
    this.#isFirst = false;
    if (this.#phases.size > fetches.size * 2 + 100) {
      for (const key of this.#phases.keys()) {
        if (!fetches.has(key)) this.#phases.delete(key);
      }
    }
    if (this.#ended.length > 0) this.#timer ??= setTimeout(this.#say, PAUSE);
  }

  readonly #say = (): void => {
    this.#timer = undefined;
    const [only] = this.#ended;
    this.message =
      this.#ended.length === 1 && only !== undefined
        ? `${visibleText(only.id, 60)}: ${phaseNames[only.phase]}`
        : `${formatPlural(this.#ended.length, 'fetch', 'fetches')} ended`;
    this.#ended = [];
    this.#host.requestUpdate();
  };
}
