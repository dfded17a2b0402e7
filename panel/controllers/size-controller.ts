import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** The size of an element, told to its host when it has changed. */
export class SizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #target: () => Element | undefined;
  #observer: ResizeObserver | undefined;
  #observed: Element | undefined;
  width = 0;
  height = 0;

  /** Without `target` it is the host itself that is measured. */
  constructor(
    host: ReactiveControllerHost & Element,
    target: () => Element | undefined = () => host,
  ) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const {width, height} = entry.contentRect;
      if (width === this.width && height === this.height) return;
      this.width = width;
      this.height = height;
      // Rendering inside the observer's own callback may loop.
      requestAnimationFrame(() => this.#host.requestUpdate());
    });
    this.#observed = undefined;
    this.hostUpdated();
  }

  hostUpdated(): void {
    const target = this.#target();
    if (target === this.#observed) return;
    if (this.#observed !== undefined) this.#observer?.unobserve(this.#observed);
    this.#observed = target;
    if (target !== undefined) this.#observer?.observe(target);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed = undefined;
  }
}
