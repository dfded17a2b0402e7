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
  readonly #byKey = new Map<number, BackgroundFetchRegistration[]>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  get(description: RegistrationDescription): BackgroundFetchRegistration {
    const {key} = description;
    const known = this.#byKey.get(key);
    const [first] = known ?? [];
    const {isNewEachTime} = this.#backend.profile.surface;
    if (first !== undefined && !isNewEachTime) return first;
    const registration = construct(BackgroundFetchRegistration, {
      description,
      backend: this.#backend,
    });
    if (known !== undefined) {
      known.push(registration);
      return registration;
    }
    const registrations = [registration];
    this.#byKey.set(key, registrations);
    this.#backend.watch(description, (snapshot) => {
      // It cannot be got again; who has it keeps it.
      if (!snapshot.recordsAvailable) this.#byKey.delete(key);
      for (const each of registrations) updateRegistration(each, snapshot);
    });
    return registration;
  }
}
