// https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes
import {isObject} from '../../platform/primordials.js';

type Handler = ((event: Event) => unknown) | null;

/**
 * One `on…` attribute of one object. Its listener takes its place among the
 * others when a handler is first set, and keeps it until there is none.
 */
export class EventHandler {
  readonly #target: EventTarget;
  readonly #type: string;
  #handler: Handler = null;

  constructor(target: EventTarget, type: string) {
    this.#target = target;
    this.#type = type;
  }

  get value(): Handler {
    return this.#handler;
  }

  /** Any object is kept, though only a function is called. */
  set value(value: unknown) {
    const isKept = isObject(value);
    const hadHandler = this.#handler !== null;
    this.#handler = isKept ? (value as Handler) : null;
    if (isKept && !hadHandler) {
      this.#target.addEventListener(this.#type, this.#listen);
    } else if (!isKept && hadHandler) {
      this.#target.removeEventListener(this.#type, this.#listen);
    }
  }

  readonly #listen = (event: Event): void => {
    const handler: unknown = this.#handler;
    if (typeof handler !== 'function') return;
    const result: unknown = Reflect.apply(handler, event.currentTarget, [
      event,
    ]);
    if (result === false) event.preventDefault();
  };
}
