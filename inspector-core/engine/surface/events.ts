// https://wicg.github.io/background-fetch/#background-fetch-event
import type {
  BackgroundFetchEventName,
  BackgroundFetchUIOptions,
} from '../../platform/background-fetch.js';
import {BackgroundFetchRegistration} from './background-fetch-registration.js';
import {toUIOptions} from './convert-arguments.js';
import {EventExtension} from './event-extension.js';
import {
  requireArguments,
  shapeInterface,
  toDictionary,
  toDOMString,
} from './web-idl.js';

/** What the engine's own events have, and a script's do not. */
interface Trust {
  readonly extension: EventExtension;
  readonly updateUI: (options: BackgroundFetchUIOptions) => Promise<void>;
}

export interface FunctionalEvent {
  readonly target: EventTarget;
  readonly name: BackgroundFetchEventName;
  readonly registration: BackgroundFetchRegistration;
  readonly updateUI: Trust['updateUI'];
}

type EventConstructor<T extends Event> = new (...args: unknown[]) => T;

type WithRegistration = Event & {
  readonly registration: BackgroundFetchRegistration;
};

export interface EventInterfaces {
  readonly interfaces: {
    readonly BackgroundFetchEvent: EventConstructor<WithRegistration>;
    readonly BackgroundFetchUpdateUIEvent: EventConstructor<
      WithRegistration & {updateUI(options?: unknown): Promise<undefined>}
    >;
  };
  /** "Fire a functional event"; resolves when it is not active any more. */
  readonly fire: (event: FunctionalEvent) => Promise<void>;
}

/**
 * The two event interfaces, which only service workers have.
 *
 * @param ExtendableEvent the interface that they inherit from
 */
export function defineEvents(ExtendableEvent: typeof Event): EventInterfaces {
  const trusted = new WeakMap<Event, Trust>();

  class BackgroundFetchEvent extends ExtendableEvent {
    readonly #registration: BackgroundFetchRegistration;

    constructor(...[type, init]: unknown[]) {
      requireArguments(arguments.length, 2);
      const name = toDOMString(type);
      const read = toDictionary(init);
      const bubbles = read('bubbles', Boolean) ?? false;
      const cancelable = read('cancelable', Boolean) ?? false;
      const composed = read('composed', Boolean) ?? false;
      const registration = read('registration', (value) => value);
      if (!(registration instanceof BackgroundFetchRegistration)) {
        throw new TypeError(
          "Failed to read the 'registration' property from 'BackgroundFetchEventInit'.",
        );
      }
      super(name, {bubbles, cancelable, composed});
      this.#registration = registration;
    }

    get registration(): BackgroundFetchRegistration {
      return this.#registration;
    }
  }

  class BackgroundFetchUpdateUIEvent extends BackgroundFetchEvent {
    #hasUpdated = false;

    async updateUI(...[options]: unknown[]): Promise<undefined> {
      const hasUpdated = this.#hasUpdated;
      const converted = toUIOptions(options);
      // "If any of the following is true: this's isTrusted attribute is false;
      // this's UI updated flag is set; this is not active — return a promise
      // rejected with an InvalidStateError."
      const trust = trusted.get(this);
      if (trust === undefined || hasUpdated || !trust.extension.isActive) {
        throw new DOMException(
          'The UI can be updated once, while the event is active.',
          'InvalidStateError',
        );
      }
      // "Set this's UI updated flag."
      this.#hasUpdated = true;
      await trust.updateUI(converted);
      return undefined;
    }
  }

  shapeInterface(BackgroundFetchEvent, 'BackgroundFetchEvent', {
    attributes: ['registration'],
    operations: {},
    length: 2,
  });
  shapeInterface(BackgroundFetchUpdateUIEvent, 'BackgroundFetchUpdateUIEvent', {
    attributes: [],
    operations: {updateUI: 0},
    length: 2,
  });

  return {
    interfaces: {BackgroundFetchEvent, BackgroundFetchUpdateUIEvent},

    fire({
      target,
      name,
      registration,
      updateUI,
    }: FunctionalEvent): Promise<void> {
      const hasUI =
        name === 'backgroundfetchsuccess' || name === 'backgroundfetchfail';
      const Interface = hasUI
        ? BackgroundFetchUpdateUIEvent
        : BackgroundFetchEvent;
      const event = new Interface(name, {registration});
      const extension = new EventExtension();
      trusted.set(event, {extension, updateUI});
      Object.defineProperty(event, 'waitUntil', {
        value: (...promises: unknown[]) => {
          requireArguments(promises.length, 1);
          extension.waitUntil(promises[0]);
        },
      });
      target.dispatchEvent(event);
      extension.endDispatch();
      return extension.over;
    },
  };
}
