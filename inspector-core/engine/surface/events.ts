// https://wicg.github.io/background-fetch/#background-fetch-event
import type {
  BackgroundFetchEventName,
  BackgroundFetchUIOptions,
} from '../../platform/background-fetch.js';
import {isObject} from '../../platform/primordials.js';
import type {Profile} from '../profile/profile.js';
import {SPEC} from '../profile/spec.js';
import {makeStateError} from '../registration/errors.js';
import {
  isRegistration,
  type BackgroundFetchRegistration,
} from './background-fetch-registration.js';
import {toUIOptions} from './convert-arguments.js';
import {EventExtension} from './event-extension.js';
import {constructAsSeen} from './exposed.js';
import {
  requireArguments,
  shapeInterface,
  toDictionary,
  toDOMString,
} from './web-idl.js';

/** How many a handler may go through before it extends its event. */
const MICROTASKS = 100;

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
  /** Whether an event is of these interfaces, and not of the browser's own. */
  readonly isOwn: (value: unknown) => boolean;
  /** Whether the engine fired it: scripts can make such events, too. */
  readonly isFired: (value: unknown) => boolean;
  /** ExtendableEvent's, for these: browsers refuse what a script dispatches. */
  readonly waitUntil: (this: unknown, ...promises: unknown[]) => undefined;
  /** "Fire a functional event"; resolves when it is not active any more. */
  readonly fire: (event: FunctionalEvent) => Promise<void>;
}

/**
 * The two event interfaces, which only service workers have.
 *
 * @param ExtendableEvent the interface that they inherit from
 */
export function defineEvents(
  ExtendableEvent: typeof Event,
  {surface}: Profile = SPEC,
): EventInterfaces {
  const trusted = new WeakMap<object, Trust>();
  let hasBrand: (value: object) => boolean = () => false;

  class BackgroundFetchEvent extends ExtendableEvent {
    readonly #registration: BackgroundFetchRegistration;

    static {
      hasBrand = (value) => #registration in value;
    }

    constructor(...[type, init]: unknown[]) {
      requireArguments(arguments.length, 2);
      const name = toDOMString(type);
      const read = toDictionary(init, 'BackgroundFetchEventInit');
      const bubbles = read('bubbles', Boolean) ?? false;
      const cancelable = read('cancelable', Boolean) ?? false;
      const composed = read('composed', Boolean) ?? false;
      const registration = read('registration', (value) => value);
      if (!isRegistration(registration)) {
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
      const converted = toUIOptions(options, surface);
      // "If any of the following is true: this's isTrusted attribute is false;
      // this's UI updated flag is set; this is not active — return a promise
      // rejected with an InvalidStateError."
      const trust = trusted.get(this);
      if (hasUpdated) throw makeStateError('updateUI may only be called once.');
      const isActive = trust?.extension.isActive ?? surface.updatesMadeEvents;
      if (!isActive) {
        throw makeStateError('ExtendableEvent is no longer active.');
      }
      // "Set this's UI updated flag."
      this.#hasUpdated = true;
      await trust?.updateUI(converted);
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

    isFired: (value) => trusted.has(value as object),

    isOwn: (value) => isObject(value) && hasBrand(value),

    waitUntil(...promises) {
      requireArguments(promises.length, 1);
      const trust = typeof this === 'object' && this && trusted.get(this);
      // "If the isTrusted attribute is false, throw an InvalidStateError."
      if (!trust) {
        throw makeStateError(
          'Can not call waitUntil on a script constructed ExtendableEvent.',
        );
      }
      trust.extension.waitUntil(promises[0]);
    },

    async fire({
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
      const event = constructAsSeen(Interface, [name, {registration}]);
      const extension = new EventExtension();
      trusted.set(event, {extension, updateUI});
      target.dispatchEvent(event);
      // Browsers run microtasks while they dispatch; here they come after it.
      for (let turn = 0; turn < MICROTASKS; turn += 1) await Promise.resolve();
      extension.endDispatch();
      return extension.over;
    },
  };
}
