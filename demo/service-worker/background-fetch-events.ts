import {
  describeError,
  situationOf,
  type RecordReport,
} from '../app/messages.js';
import type {
  BackgroundFetchEvent,
  BackgroundFetchEventName,
  BackgroundFetchRecord,
  BackgroundFetchUpdateUIEvent,
} from '../../inspector-core/platform/background-fetch.js';
import {EPISODES_CACHE} from './offline.js';
import {report} from './report.js';

/** How long the "long waitUntil" situation keeps its event open. */
const LONG_WAIT_MS = 5000;

/**
 * Does what the app does at the end of a fetch: keeps the episode, tells the
 * pages, and names the result in the browser's download UI. Some situations
 * ask for a handler that misbehaves: these do so after the pages were told.
 */
export function handleEnd(
  name: BackgroundFetchEventName,
  event: BackgroundFetchEvent,
  ui?: BackgroundFetchUpdateUIEvent,
): void {
  const {registration} = event;
  const situation = situationOf(registration.id);
  const work = finish(name, event, ui);
  event.waitUntil(work);
  if (name !== 'backgroundfetchsuccess') return;
  switch (situation) {
    case 'wait-until-rejects':
      event.waitUntil(
        work.then(() => {
          throw new Error('The promise given to waitUntil rejects, as asked.');
        }),
      );
      return;
    case 'long-wait-until':
      event.waitUntil(
        work.then(() => new Promise((done) => setTimeout(done, LONG_WAIT_MS))),
      );
      return;
    case 'handler-throws':
      throw new Error('The handler throws, as asked.');
    default:
  }
}

async function finish(
  name: BackgroundFetchEventName,
  {registration}: BackgroundFetchEvent,
  ui: BackgroundFetchUpdateUIEvent | undefined,
): Promise<void> {
  const {id} = registration;
  const isEpisode =
    situationOf(id) === 'episode' && name === 'backgroundfetchsuccess';
  // Taken now: the browser may free the records once this event is over.
  const records =
    name === 'backgroundfetchclick' ? [] : await registration.matchAll();
  const found = await Promise.all(
    records.map((record) => (isEpisode ? keep(record) : read(record))),
  );
  const notes: string[] = [];
  if (ui !== undefined) {
    const title =
      name === 'backgroundfetchsuccess' ? 'Ready to play' : 'Download failed';
    notes.push(await callUpdateUI(ui, title));
    if (situationOf(id) === 'update-ui-twice') {
      notes.push(await callUpdateUI(ui, 'Once more'));
    }
  }
  await report({
    type: 'worker-event',
    event: name,
    id,
    result: registration.result,
    failureReason: registration.failureReason,
    downloaded: registration.downloaded,
    uploaded: registration.uploaded,
    recordsAvailable: registration.recordsAvailable,
    records: found,
    notes,
  });
}

async function callUpdateUI(
  event: BackgroundFetchUpdateUIEvent,
  title: string,
): Promise<string> {
  try {
    await event.updateUI({title});
    return 'updateUI resolved';
  } catch (error) {
    return `updateUI rejected: ${describeError(error).name}`;
  }
}

/** Puts the response into the cache: the body never passes through memory. */
async function keep(record: BackgroundFetchRecord): Promise<RecordReport> {
  const {url, method} = record.request;
  const response = await record.responseReady;
  const {status} = response;
  const cache = await caches.open(EPISODES_CACHE);
  await cache.put(record.request, response);
  // Counted: the specification takes `Content-Length` off a record's response.
  const kept = await (await cache.match(record.request))?.blob();
  return {url, method, status, bytes: kept?.size ?? 0};
}

async function read(record: BackgroundFetchRecord): Promise<RecordReport> {
  const {url, method} = record.request;
  try {
    const response = await record.responseReady;
    const body = await response.arrayBuffer();
    return {
      url,
      method,
      status: response.status,
      bytes: body.byteLength,
      sha256: await digest(body),
    };
  } catch (error) {
    return {url, method, error: describeError(error)};
  }
}

async function digest(body: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
