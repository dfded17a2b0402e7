import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Subscription} from 'rxjs';
import type {InspectorState} from '../../inspector-core/projections/state.js';
import type {Inspector} from '../../inspector-core/store/inspector.js';
import {createFrameTask} from './frame-task.js';

/**
 * Follows an inspector's state. However many batches come in, its host is asked
 * to render once per frame at most, and only if the state did change.
 */
export class InspectorController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #render;
  #inspector: Inspector | undefined;
  #subscription: Subscription | undefined;
  #isConnected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#render = createFrameTask(() => this.#host.requestUpdate());
    host.addController(this);
  }

  get inspector(): Inspector | undefined {
    return this.#inspector;
  }

  set inspector(inspector: Inspector | undefined) {
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
