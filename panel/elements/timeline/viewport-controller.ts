import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import {followDrag} from '../../controllers/follow-drag.js';
import {
  createScale,
  followViewport,
  lengthOf,
  panViewport,
  resolveViewport,
  zoomViewport,
  type TimeSpan,
  type Viewport,
} from '../../timeline/timeline.js';

/** The part of the session in view, and what keys, wheel and pointer do to it. */
export class ViewportController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #session: () => TimeSpan;
  #viewport: Viewport = {mode: 'fit'};

  constructor(host: ReactiveControllerHost, session: () => TimeSpan) {
    this.#host = host;
    this.#session = session;
    host.addController(this);
  }

  hostConnected(): void {}

  get viewport(): Viewport {
    return this.#viewport;
  }

  get span(): TimeSpan {
    return resolveViewport(this.#viewport, this.#session());
  }

  show(span: TimeSpan): void {
    if (lengthOf(span) > 0) this.#set({mode: 'free', span});
  }

  /** Shows the part of the session where a fetch is, and its neighbourhood. */
  zoomTo(fetch: FetchState): void {
    const end = fetch.events.reduce(
      (latest, event) => Math.max(latest, event.finishedAt ?? event.at),
      Math.max(fetch.settledAt ?? this.#session().end, fetch.openedAt),
    );
    const margin = Math.max(10, (end - fetch.openedAt) * 0.12);
    this.show({start: fetch.openedAt - margin / 2, end: end + margin * 2});
  }

  zoom(factor: number, anchor?: number): void {
    this.#set(zoomViewport(this.#viewport, this.#session(), factor, anchor));
  }

  pan(share: number): void {
    this.#set(panViewport(this.#viewport, this.#session(), share));
  }

  fit(): void {
    this.#set({mode: 'fit'});
  }

  follow(): void {
    if (this.#viewport.mode === 'fit') return;
    this.#set(followViewport(this.#viewport, this.#session()));
  }

  /** Ctrl zooms at the pointer; Shift, or a sideways wheel, moves. */
  handleWheel(event: WheelEvent, axis: Element): void {
    const {left, width} = axis.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const at = createScale(this.span, width).at(event.clientX - left);
      this.zoom(Math.exp(event.deltaY * 0.002), at);
    } else if (
      event.shiftKey ||
      Math.abs(event.deltaX) > Math.abs(event.deltaY)
    ) {
      event.preventDefault();
      const by = event.deltaX === 0 ? event.deltaY : event.deltaX;
      this.pan(by / Math.max(1, width));
    }
  }

  /** The axis is a handle: what is dragged stays under the pointer. */
  handleDrag(event: PointerEvent, axis: HTMLElement): void {
    let last = event.clientX;
    const width = Math.max(1, axis.clientWidth);
    followDrag(axis, event, (move) => {
      this.pan((last - move.clientX) / width);
      last = move.clientX;
    });
  }

  #set(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#host.requestUpdate();
  }
}
