import {findVisible, type Constructor} from './exposed.js';

/**
 * Any interface of the platform whose objects cannot be cloned. Captured: a page
 * may put its own in its place.
 */
const PlatformObject = EventTarget;

/**
 * The state of the objects of an interface that inherits from no other. Were they
 * made by its class, they would be plain objects, which `structuredClone()` and
 * `postMessage()` take; the platform's they refuse.
 */
export class InternalSlots<State> {
  readonly #states = new WeakMap<object, State>();

  /** An object of the interface that scripts see for this class. */
  create<T extends object>(own: Constructor<T>, state: State): T {
    const object = Reflect.construct(PlatformObject, [], findVisible(own)) as T;
    this.#states.set(object, state);
    return object;
  }

  has(value: unknown): boolean {
    return this.#states.has(value as object);
  }

  /** Throws for what is none of these objects. */
  of(value: unknown): State {
    const state = this.#states.get(value as object);
    if (state === undefined) throw new TypeError('Illegal invocation');
    return state;
  }
}
