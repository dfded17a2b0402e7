import {describeError, type StartFromWorker} from '../app/messages.js';
import type {BackgroundFetchServiceWorkerRegistration} from '../../inspector-core/platform/background-fetch.js';
import {report} from './report.js';

declare const self: ServiceWorkerGlobalScope;

/** Starts a fetch from the worker, which newer browsers may refuse. */
export async function startFetch({id, urls}: StartFromWorker): Promise<void> {
  const registration =
    self.registration as BackgroundFetchServiceWorkerRegistration;
  try {
    await registration.backgroundFetch.fetch(id, [...urls], {
      title: 'Started by the worker',
    });
    await report({type: 'worker-call', id});
  } catch (error) {
    await report({type: 'worker-call', id, error: describeError(error)});
  }
}
