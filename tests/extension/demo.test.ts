/**
 * Each situation of the demo, native, in real DevTools: what the log says must be
 * what the page saw, and what the server's own log says.
 */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {RequestLogEntry} from '../../demo/server/request-log.js';
import type {SituationRun} from '../../demo/app/situations/run.js';
import type {Seen} from '../../demo/app/seen.js';
import type {LogEntry} from '../../inspector-core/protocol/protocol.js';
import {inspectDemo, type Inspection} from './support/inspection.js';
import {probe} from './support/probe.js';
import {assertComplete} from './support/sequences.js';

let inspection: Inspection;

before(async () => {
  inspection = await inspectDemo();
});

after(() => inspection.close());

/** One fetch as the log tells it. */
interface Logged {
  readonly id: string;
  readonly urls: readonly string[];
  readonly outcome: string;
  readonly progress: readonly string[];
  readonly events: readonly string[];
  /** What the worker's events showed. */
  readonly ends: readonly {
    readonly result: string;
    readonly downloaded: number;
  }[];
}

/** Reads one fetch() call out of the log: which one, if an id came twice. */
function readLogged(
  entries: readonly LogEntry[],
  id: string,
  nth: number,
): Logged {
  const started = entries.filter(
    ({fact}) =>
      fact.type === 'call-started' &&
      fact.invocation.method === 'fetch' &&
      fact.invocation.id === id,
  );
  const call = started[nth];
  assert.ok(call?.fact.type === 'call-started', `a fetch() call for ${id}`);
  const {invocation, call: number} = call.fact;
  assert.ok(invocation.method === 'fetch');
  const settled = entries.find(
    ({source, fact}) =>
      source.realm === call.source.realm &&
      fact.type === 'call-settled' &&
      fact.call === number,
  );
  assert.ok(settled?.fact.type === 'call-settled', `${id} settled`);
  const {outcome} = settled.fact;
  return {
    id,
    urls: invocation.requests.map(({url}) => url),
    outcome:
      outcome.status === 'rejected'
        ? `${outcome.error.name}: ${outcome.error.message}`
        : 'resolved',
    progress: entries.flatMap(({source, fact}) =>
      source.realm === call.source.realm &&
      fact.type === 'registration-progressed' &&
      fact.registration.id === id
        ? [describeProgress(fact.snapshot)]
        : [],
    ),
    events: entries.flatMap(({fact}) =>
      fact.type === 'event-dispatched' && fact.registration.id === id
        ? [
            `${fact.name} ${fact.snapshot.result} ${fact.snapshot.failureReason} ` +
              `${fact.snapshot.downloaded}`,
          ]
        : [],
    ),
    ends: entries.flatMap(({fact}) =>
      fact.type === 'event-dispatched' && fact.registration.id === id
        ? [fact.snapshot]
        : [],
    ),
  };
}

const describeProgress = (
  snapshot: Pick<
    Extract<Seen, {type: 'progress'}>,
    'downloaded' | 'uploaded' | 'result' | 'failureReason'
  >,
): string =>
  `${snapshot.downloaded} ${snapshot.uploaded} ${snapshot.result} ${snapshot.failureReason}`;

/** What a registration shows when it is new. */
const START = describeProgress({
  downloaded: 0,
  uploaded: 0,
  result: '',
  failureReason: '',
});

/** A progress event that changes nothing is one that the log leaves out. */
const changesOf = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, index) => text !== (texts[index - 1] ?? START));

/** The page's own account, in the same words. */
function readSeen(
  run: SituationRun,
  id: string,
  nth: number,
): Pick<Logged, 'outcome' | 'progress' | 'events'> {
  const calls = run.seen.filter(
    (entry) =>
      entry.type === 'call' && entry.method === 'fetch' && entry.id === id,
  );
  const call = calls[nth];
  assert.ok(call?.type === 'call', `the page called fetch() for ${id}`);
  return {
    outcome:
      call.error === undefined
        ? 'resolved'
        : `${call.error.name}: ${call.error.message}`,
    progress: changesOf(
      run.seen.flatMap((entry) =>
        entry.type === 'progress' && entry.id === id
          ? [describeProgress(entry)]
          : [],
      ),
    ),
    events: run.seen.flatMap((entry) =>
      entry.type === 'worker-event' && entry.id === id
        ? [
            `${entry.event} ${entry.result} ${entry.failureReason} ${entry.downloaded}`,
          ]
        : [],
    ),
  };
}

/** What each record ended with, by URL: what the worker's match could read. */
function readStatuses(
  entries: readonly LogEntry[],
  id: string,
): ReadonlyMap<string, number> {
  const urls = new Map<string, string>();
  const statuses = new Map<string, number>();
  for (const {source, fact} of entries) {
    const describe = (record: number): string => `${source.realm} ${record}`;
    if (fact.type === 'records-listed' && fact.registration.id === id) {
      for (const {record, request} of fact.records) {
        urls.set(describe(record), request.url);
      }
    }
    if (
      fact.type === 'call-settled' &&
      fact.outcome.status === 'fulfilled' &&
      fact.outcome.value.kind === 'records'
    ) {
      for (const {record, request} of fact.outcome.value.records) {
        urls.set(describe(record), request.url);
      }
    }
    if (
      fact.type === 'response-settled' &&
      fact.registration.id === id &&
      fact.outcome.status === 'fulfilled'
    ) {
      const url = urls.get(describe(fact.record));
      if (url !== undefined) statuses.set(url, fact.outcome.response.status);
    }
  }
  return statuses;
}

/** The server's requests for a URL, without those that a resume made. */
function requestsFor(url: string): readonly RequestLogEntry[] {
  const {host, pathname, search} = new URL(url);
  return inspection.server.requests.entries.filter(
    (request) => request.host === host && request.url === pathname + search,
  );
}

const headerOf = (
  {responseHeaders}: RequestLogEntry,
  wanted: string,
): string | undefined =>
  responseHeaders.find(([name]) => name.toLowerCase() === wanted)?.[1];

/** Waits until the worker is done with an event that the page was told of. */
async function eventFinished({
  event: name,
  id,
}: SituationRun['ends'][number]['worker']): Promise<void> {
  const {inspector} = inspection;
  const dispatched = await inspector.entry(
    'event-dispatched',
    (fact) => fact.name === name && fact.registration.id === id,
  );
  await inspector.entry(
    'event-finished',
    ({event}, {source}) =>
      source.realm === dispatched.source.realm &&
      event === dispatched.fact.event,
  );
}

async function compare(situation: string): Promise<void> {
  const {page, inspector} = inspection;
  const run = await page.evaluate((name) => window.demo.run(name), situation);
  // Both realms tell in order: once these are here, all before them is.
  const [last = ''] = await probe(page, `after-${situation}`, 1);
  await inspector.entry(
    'call-started',
    ({invocation}) => invocation.method === 'get' && invocation.id === last,
  );
  for (const {worker} of run.ends) await eventFinished(worker);
  const entries = await inspector.entries();
  assertComplete(entries);
  const count = new Map<string, number>();
  for (const id of run.ids) {
    const nth = count.get(id) ?? 0;
    count.set(id, nth + 1);
    const logged = readLogged(entries, id, nth);
    const seen = readSeen(run, id, nth);
    assert.equal(logged.outcome, seen.outcome, id);
    if (nth > 0) continue;
    assert.deepEqual(logged.events, seen.events, id);
    assert.deepEqual(changesOf(logged.progress), seen.progress, id);
    if (logged.outcome === 'resolved') compareWithServer(entries, logged);
  }
  const order = entries.flatMap(({fact}) =>
    fact.type === 'call-started' &&
    fact.invocation.method === 'fetch' &&
    run.ids.includes(fact.invocation.id)
      ? [fact.invocation.id]
      : [],
  );
  assert.deepEqual(order, run.ids, 'fetches in the order of their calls');
}

function compareWithServer(entries: readonly LogEntry[], logged: Logged): void {
  const statuses = readStatuses(entries, logged.id);
  const served = logged.urls.flatMap((url) => {
    const requests = requestsFor(url);
    assert.ok(requests.length > 0, `the server was asked for ${url}`);
    // A redirect is one response to the page: that of its target.
    const answers = requests.flatMap((request) => {
      const target = headerOf(request, 'location');
      return target === undefined
        ? [request]
        : requestsFor(new URL(target, url).href);
    });
    const status = statuses.get(url);
    // A resumed download is one response as well: the first one's 200. What
    // CORS refused is a network error (0) to whoever waited for it, and nothing
    // at all to who asks later.
    const isHidden = logged.id.startsWith('cross-origin-refused');
    assert.ok(
      status === undefined ||
        (status === 0 && isHidden) ||
        answers.some((each) => each.status === status),
      `${url}: ${status} of ${answers.map((each) => each.status).join()}`,
    );
    return answers;
  });
  const [end] = logged.ends;
  // What broke off, was sent again or refused was sent, but not received whole.
  const isClean = served.every(
    ({status, ending}) => status === 200 && ending === 'finished',
  );
  if (end?.result !== 'success' || !isClean) return;
  const bytes = served.reduce((sum, {bytesSent}) => sum + bytesSent, 0);
  assert.equal(end.downloaded, bytes, `${logged.id}: bytes that were served`);
}

const SITUATIONS = [
  'download',
  'two-at-once',
  'six-at-once',
  'many-records',
  'upload',
  'abort',
  'dropped',
  'not-found',
  'partly-missing',
  'total-exceeded',
  'cross-origin',
  'duplicate-id',
  'no-cors',
  'empty-list',
  'match-while-active',
  'get-and-get-ids',
  'update-ui',
  'update-ui-twice',
  'handler-throws',
  'wait-until-rejects',
  'long-wait-until',
  'five-at-once',
  'slow',
  'changed-meanwhile',
  'redirect',
  'cross-origin-refused',
  'from-service-worker',
  'from-dedicated-worker',
  // Chromium waits 20 s before it asks again, and the second asks 30 times.
  'unavailable-once',
  'always-dropped',
] as const;

for (const situation of SITUATIONS) {
  test(`the log equals what page and server saw: ${situation}`, () =>
    compare(situation));
}
