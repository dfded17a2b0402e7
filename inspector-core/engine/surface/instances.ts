// https://wicg.github.io/background-fetch/#get-a-backgroundfetchregistration-instance
import type {Backend, RegistrationDescription} from './backend.js';
import {
  BackgroundFetchRegistration,
  updateRegistration,
} from './background-fetch-registration.js';
import {construct} from './exposed.js';

/**
 * This realm's objects: one for each fetch, the same one each time.
 *
 * Deviation: the text keeps them on "the only manager of the realm", but each
 * ServiceWorkerRegistration has its own.
 */
export class Instances {
  readonly #backend: Backend;
  readonly #byKey = new Map<number, BackgroundFetchRegistration>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get(description: RegistrationDescription): BackgroundFetchRegistration {
    const {key} = description;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const registration = construct(BackgroundFetchRegistration, {
      description,
      backend: this.#backend,
    });
    this.#byKey.set(key, registration);
    this.#backend.watch(key, (snapshot) => {
      // It cannot be got again; who has it keeps it.
      if (!snapshot.recordsAvailable) this.#byKey.delete(key);
      updateRegistration(registration, snapshot);
    });
    return registration;
  }
}
