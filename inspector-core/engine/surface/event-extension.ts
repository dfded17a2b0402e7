// https://w3c.github.io/ServiceWorker/#extendableevent-interface
import {react, toPromise} from '../../platform/primordials.js';
import {createDeferred} from '../driver/deferred.js';
import {makeStateError} from '../registration/errors.js';

/**
 * How long an event is active. Browsers refuse `waitUntil()` of an event that a
 * script has made, so the engine's events bring their own.
 */
export class EventExtension {
  readonly #over = createDeferred<void>();
  #isDispatching = true;
  #pending = 0;

  /** "… its dispatch flag is set, or its pending promises count is not zero." */
  get isActive(): boolean {
    return this.#isDispatching || this.#pending > 0;
  }

  /** Resolves when the event is not active any more. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  waitUntil(value: unknown): void {
    const promise = toPromise(value);
    // "If event is not active, then throw an InvalidStateError."
    if (!this.isActive) {
      throw makeStateError('The event handler is already finished.');
    }
    this.#pending += 1;
    // "Upon fulfillment or rejection of f, queue a microtask to … decrement."
    const settle = (): void => {
      queueMicrotask(() => {
        this.#pending -= 1;
        this.#endIfInactive();
      });
    };
    void react(promise, settle, settle);
  }

  endDispatch(): void {
    this.#isDispatching = false;
    this.#endIfInactive();
  }

  #endIfInactive(): void {
    if (!this.isActive) this.#over.resolve();
  }
}
