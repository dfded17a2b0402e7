/** How fetches end, as the tests expect it. */
import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../../inspector-core/platform/background-fetch.js';
import type {EventReport} from './report-event.js';
import {until} from './files.js';
import type {Given} from './suite.js';

/** Resolves when a fetch's event is over: its handlers have ended. */
export async function whenOver(
  {worker, id}: Pick<Given, 'worker' | 'id'>,
  registration: BackgroundFetchRegistration,
): Promise<void> {
  await worker.event(id);
  await until(() => !registration.recordsAvailable);
}

/** Waits for a fetch's event; both it and the page's object must tell this end. */
export async function expectEnd(
  {worker, id}: Pick<Given, 'worker' | 'id'>,
  registration: BackgroundFetchRegistration,
  end: Pick<EventReport, 'type' | 'result' | 'failureReason'> &
    Partial<EventReport>,
): Promise<EventReport> {
  const event = await worker.event(id);
  expect(event).to.deep.include({
    ...end,
    recordsAvailable: true,
    isActive: false,
  });
  const {result, failureReason} = end;
  expect(registration).to.include({result, failureReason});
  return event;
}
