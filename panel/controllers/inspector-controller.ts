import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Subscription} from 'rxjs';
import type {InspectorState} from '../../inspector-core/projections/state.js';
import type {Inspector} from '../../inspector-core/store/inspector.js';
import {createFrameTask, DRAWING_REST} from './frame-task.js';

/**
 * Follows an inspector's state. The first change is rendered with the next
 * frame; while batches keep coming in, only so often that it can be followed.
 */
export class InspectorController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #render;
  #inspector: Inspector | undefined;
  #subscription: Subscription | undefined;
  #isConnected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#render = createFrameTask(
      () => this.#host.requestUpdate(),
      DRAWING_REST,
    );
    host.addController(this);
  }

  follow(inspector: Inspector | undefined): void {
    if (inspector === this.#inspector) return;
    this.#unsubscribe();
    this.#inspector = inspector;
    if (this.#isConnected) this.#subscribe();
  }

  get state(): InspectorState | undefined {
    return this.#inspector?.store.state;
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#subscribe();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#unsubscribe();
  }

  /** Renders with the next frame, together with what the state asks for. */
  render(): void {
    this.#render.schedule();
  }

  #subscribe(): void {
    this.#subscription = this.#inspector?.store.state$.subscribe(() =>
      this.#render.schedule(),
    );
  }

  #unsubscribe(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#render.cancel();
  }
}
