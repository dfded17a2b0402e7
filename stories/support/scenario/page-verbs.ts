import type {
  FactOf,
  RecordDescription,
  RegistrationSnapshot,
  RequestDescription,
  RouteChoice,
} from '../../../inspector-core/protocol/protocol.js';
import {readBytes, readTime, type Line} from './line.js';
import {emptySnapshot, ORIGIN, type Stage} from './stage.js';
import {absolute, one, settleCall, startCall, type Verb} from './verb.js';

function showSnapshot(
  stage: Stage,
  line: Line,
  changes: Partial<RegistrationSnapshot>,
  at = line.at,
): void {
  const id = one(line.words);
  const fetch = stage.fetch(id);
  const isKnown = stage.realm(line.realm).instanceOf.has(id);
  fetch.snapshot = {...fetch.snapshot, ...changes};
  const registration = stage.registration(line, id);
  const {snapshot} = fetch;
  stage.append(
    line,
    isKnown
      ? {type: 'registration-progressed', registration, snapshot}
      : {
          type: 'registration-seen',
          registration,
          snapshot,
          via: 'attach',
          ...(fetch.isEmulated === true ? {route: 'emulated'} : {}),
        },
    at,
  );
}

/** The response of a record, by its number in the fetch, comes or fails. */
function settleResponse(
  stage: Stage,
  line: Line,
  outcomeOf: (
    record: RecordDescription,
  ) => FactOf<'response-settled'>['outcome'],
): void {
  const [id = '', number = '1'] = line.words;
  const record = stage.records(line, id)[Number(number) - 1];
  if (record === undefined) throw new SyntaxError(`${id} has no ${number}.`);
  stage.append(line, {
    type: 'response-settled',
    registration: stage.registration(line, id),
    record: record.record,
    outcome: outcomeOf(record),
  });
}

/** `emulated:setting` */
function readRoute(word: string | undefined): RouteChoice | undefined {
  if (word === undefined) return undefined;
  const [route, why] = word.split(':');
  return {route, why} as RouteChoice;
}

/** `success`, `failure:bad-status` */
function readResult(word: string | undefined): Partial<RegistrationSnapshot> {
  if (word === undefined) return {};
  const [result, reason = ''] = word.split(':');
  return {
    result: result as RegistrationSnapshot['result'],
    failureReason: reason as RegistrationSnapshot['failureReason'],
  };
}

/** What scripts of a page, or of its worker, do. */
export const pageVerbs: Readonly<Record<string, Verb>> = {
  /** `opened [origin=] [late=] [api=no] [secure=no]` */
  opened: (stage, line) =>
    stage.append(line, {
      type: 'realm-opened',
      timing: line.options['late'] === undefined ? 'before-scripts' : 'late',
      backgroundFetch: line.options['api'] !== 'no',
      secureContext: line.options['secure'] !== 'no',
      origin: line.options['origin'] ?? ORIGIN,
      ...(line.realm.startsWith('worker') ? {scope: `${ORIGIN}/`} : {}),
    }),

  /** `fetch ID URL… [total=] [upload=] [title=] [route=emulated:setting]` */
  fetch: (stage, line) => {
    const [id = '', ...urls] = line.words;
    const upload = line.options['upload'];
    const requests = urls.map((url): RequestDescription => ({
      url: absolute(url),
      method: upload === undefined ? 'GET' : 'POST',
      headers: [],
      hasBody: upload !== undefined,
    }));
    const downloadTotal = readBytes(line.options['total'] ?? '0');
    const title = line.options['title'];
    stage.realm(line.realm).instanceOf.delete(id);
    stage.realm(line.realm).recordsOf.delete(id);
    const routed = readRoute(line.options['route']);
    stage.addFetch({
      id,
      requests,
      isEmulated: routed?.route === 'emulated',
      snapshot: emptySnapshot(downloadTotal, readBytes(upload ?? '0')),
    });
    startCall(stage, line, id, {
      method: 'fetch',
      scope: `${ORIGIN}/`,
      id,
      requests,
      options: {downloadTotal, ...(title === undefined ? {} : {title})},
      ...(routed === undefined ? {} : {routed}),
    });
  },

  /** fetch() resolves. */
  accepted: (stage, line) => {
    const id = one(line.words);
    const {snapshot, isEmulated} = stage.fetch(id);
    const registration = stage.registration(line, id);
    stage.append(line, {
      type: 'registration-seen',
      registration,
      snapshot,
      via: 'fetch',
      ...(isEmulated === true ? {route: 'emulated'} : {}),
    });
    settleCall(stage, line, id, {
      status: 'fulfilled',
      value: {kind: 'registration', registration, snapshot},
    });
    stage.append(line, {
      type: 'records-listed',
      registration,
      records: stage.records(line, id),
    });
  },

  /** `rejected ID NAME MESSAGE` */
  rejected: (stage, line) =>
    settleCall(stage, line, one(line.words), {
      status: 'rejected',
      error: {name: one(line.words, 1), message: one(line.words, 2)},
    }),

  /** `progress ID [DOWNLOADED] [up=] [result=]` */
  progress: (stage, line) => {
    const downloaded = line.words[1];
    const up = line.options['up'];
    showSnapshot(stage, line, {
      ...(downloaded === undefined ? {} : {downloaded: readBytes(downloaded)}),
      ...(up === undefined ? {} : {uploaded: readBytes(up)}),
      ...readResult(line.options['result']),
    });
  },

  /** `ramp ID to=BYTES until=TIME [steps=] [way=up]`: bytes flow, unevenly. */
  ramp: (stage, line) => {
    const way = line.options['way'] === 'up' ? 'uploaded' : 'downloaded';
    const from = stage.fetch(one(line.words)).snapshot[way];
    const to = readBytes(line.options['to'] ?? '0');
    const until = readTime(line.options['until'] ?? '0ms');
    const steps = Number(line.options['steps'] ?? 20);
    for (let step = 1; step <= steps; step += 1) {
      const time = step / steps;
      const share = step === steps ? 1 : time + 0.04 * Math.sin(time * 21);
      showSnapshot(
        stage,
        line,
        {[way]: Math.round(from + (to - from) * share)},
        line.at + (until - line.at) * time,
      );
    }
  },

  /** `response ID NUMBER STATUS` */
  response: (stage, line) =>
    settleResponse(stage, line, ({request: {url}}) => ({
      status: 'fulfilled',
      response: {
        url,
        status: Number(one(line.words, 2) || '200'),
        statusText: '',
        responseType: 'default',
        redirected: false,
        headers: [
          ['content-type', 'audio/mpeg'],
          ['etag', '"3f80f-1b6"'],
        ],
      },
    })),

  /** `unanswered ID NUMBER MESSAGE` */
  unanswered: (stage, line) =>
    settleResponse(stage, line, () => ({
      status: 'rejected',
      error: {name: 'TypeError', message: one(line.words, 2)},
    })),

  /** `abort ID`: resolves with true within 4 ms. */
  abort: (stage, line) => {
    const registration = stage.registration(line, one(line.words));
    startCall(stage, line, 'abort', {method: 'abort', registration});
    settleCall(stage, {...line, at: line.at + 4}, 'abort', {
      status: 'fulfilled',
      value: {kind: 'boolean', value: true},
    });
  },

  /** `match ID NUMBER`: asks for one record, and gets it. */
  match: (stage, line) => {
    const id = one(line.words);
    const records = stage.records(line, id);
    const record = records[Number(one(line.words, 1)) - 1];
    startCall(stage, line, 'match', {
      method: 'match',
      registration: stage.registration(line, id),
      ...(record === undefined ? {} : {request: record.request}),
    });
    settleCall(stage, {...line, at: line.at + 3}, 'match', {
      status: 'fulfilled',
      value: {kind: 'records', records: record === undefined ? [] : [record]},
    });
  },

  /** `matchall ID` */
  matchall: (stage, line) => {
    const id = one(line.words);
    startCall(stage, line, 'matchAll', {
      method: 'matchAll',
      registration: stage.registration(line, id),
    });
    settleCall(stage, {...line, at: line.at + 5}, 'matchAll', {
      status: 'fulfilled',
      value: {kind: 'records', records: stage.records(line, id)},
    });
  },

  expired: (stage, line) =>
    stage.append(line, {
      type: 'records-expired',
      registration: stage.registration(line, one(line.words)),
    }),

  suspended: (stage, line) => stage.append(line, {type: 'realm-suspended'}),
  resumed: (stage, line) => stage.append(line, {type: 'realm-resumed'}),

  faulted: (stage, line) =>
    stage.append(line, {
      type: 'hook-faulted',
      where: one(line.words),
      error: {name: 'TypeError', message: one(line.words, 1)},
    }),
};
