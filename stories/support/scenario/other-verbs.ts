import type {
  AttachmentChanged,
  HeaderList,
  RealmClosed,
  RecordRef,
  RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import type {BackgroundFetchEventName} from '../../../inspector-core/platform/background-fetch.js';
import {readBytes, readTime} from './line.js';
import {absolute, one, settleCall, startCall, type Verb} from './page-verbs.js';
import {ORIGIN} from './stage.js';

const headersOf = (options: Readonly<Record<string, string>>): HeaderList => [
  ['accept-encoding', 'identity'],
  ...Object.entries(options).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  ),
];

/** What the service worker is told, and what it does about it. */
export const workerVerbs: Readonly<Record<string, Verb>> = {
  /** `handles NAME` */
  handles: (stage, line) =>
    stage.append(line, {
      type: 'handler-changed',
      event: one(line.words) as BackgroundFetchEventName,
      via: 'addEventListener',
      change: 'added',
      name: one(line.words, 1),
    }),

  /** `event ID NAME [handlers=]` */
  event: (stage, line) => {
    const id = one(line.words);
    const realm = stage.realm(line.realm);
    realm.events += 1;
    realm.eventOf.set(id, {event: realm.events, at: line.at, waits: 0});
    stage.append(line, {
      type: 'event-dispatched',
      event: realm.events,
      name: one(line.words, 1) as BackgroundFetchEventName,
      registration: stage.registration(line, id),
      snapshot: stage.fetch(id).snapshot,
      handlers: Number(line.options['handlers'] ?? 1),
    });
  },

  /** `waits ID for=TIME [error=]`: one waitUntil(), and the event's end. */
  waits: (stage, line) => {
    const open = stage.realm(line.realm).eventOf.get(one(line.words));
    if (open === undefined) throw new SyntaxError('No event is dispatched.');
    const duration = readTime(line.options['for'] ?? '0ms');
    const message = line.options['error'];
    const outcome =
      message === undefined
        ? ({status: 'fulfilled'} as const)
        : ({
            status: 'rejected',
            error: {name: 'TypeError', message},
          } as const);
    open.waits += 1;
    const wait = open.waits;
    const {event} = open;
    stage.append(line, {type: 'wait-until-called', event, wait});
    const end = line.at + duration;
    stage.append(
      line,
      {type: 'wait-until-settled', event, wait, duration, outcome},
      end,
    );
    stage.append(
      line,
      {
        type: 'event-finished',
        event,
        duration: end - open.at,
        waits: wait,
        outcome,
      },
      end,
    );
  },

  /** `updates ID TITLE` */
  updates: (stage, line) => {
    const [id = '', title = ''] = line.words;
    const open = stage.realm(line.realm).eventOf.get(id);
    startCall(stage, line, 'updateUI', {
      method: 'updateUI',
      event: open?.event ?? 0,
      options: {title},
    });
    settleCall(stage, {...line, at: line.at + 6}, 'updateUI', {
      status: 'fulfilled',
      value: {kind: 'undefined'},
    });
  },
};

/** Of each record of a fetch, by `ID:PLACE`; the scenarios use an id once. */
function recordOf(text: string): RecordRef {
  const [id = '', index = '0'] = text.split(':');
  return {id, scope: `${ORIGIN}/`, fetch: 1, index: Number(index)};
}

/** What the browser's network layer saw, or the engine made. */
export const wireVerbs: Readonly<Record<string, Verb>> = {
  /** `attempt NAME URL [of=ID:PLACE] [range=]`: with a place, of the engine. */
  attempt: (stage, line) => {
    const [attempt = '', url = ''] = line.words;
    const {method = 'GET', of, ...headers} = line.options;
    stage.append(line, {
      type: 'attempt-started',
      attempt,
      url: absolute(url),
      method,
      ...(of === undefined ? {initiator: ORIGIN} : {of: recordOf(of)}),
    });
    stage.append(
      line,
      {type: 'attempt-sent', attempt, headers: headersOf(headers)},
      line.at + 1,
    );
  },

  /** `answer NAME STATUS [length=BYTES]` */
  answer: (stage, line) => {
    const {length} = line.options;
    stage.append(line, {
      type: 'attempt-responded',
      attempt: one(line.words),
      status: Number(one(line.words, 1)),
      statusLine: `HTTP/1.1 ${one(line.words, 1)}`,
      headers: [
        ['content-type', 'audio/mpeg'],
        ...(length === undefined
          ? []
          : [['content-length', String(readBytes(length))] as const]),
      ],
      ...(line.realm === 'wire' ? {ip: '192.0.2.7', fromCache: false} : {}),
    });
  },

  /** `bytes NAME BYTES` */
  bytes: (stage, line) =>
    stage.append(line, {
      type: 'attempt-progressed',
      attempt: one(line.words),
      received: readBytes(one(line.words, 1)),
    }),

  redirect: (stage, line) =>
    stage.append(line, {
      type: 'attempt-redirected',
      attempt: one(line.words),
      status: Number(one(line.words, 1)),
      to: absolute(one(line.words, 2)),
    }),

  /** `done NAME [ERROR] [received=BYTES]` */
  done: (stage, line) => {
    const [attempt = '', error] = line.words;
    const {received} = line.options;
    stage.append(line, {
      type: 'attempt-finished',
      attempt,
      ...(received === undefined ? {} : {received: readBytes(received)}),
      ...(error === undefined ? {} : {error}),
    });
  },
};

/** What browser and panel know. */
export const sessionVerbs: Readonly<Record<string, Verb>> = {
  /** `attachment STATE [REASON] [MESSAGE]` */
  attachment: (stage, line) => {
    const [state = 'attached', reason, message] = line.words;
    stage.append(line, {
      type: 'attachment-changed',
      state: state as AttachmentChanged['state'],
      ...(reason === undefined
        ? {}
        : {reason: reason as NonNullable<AttachmentChanged['reason']>}),
      ...(message === undefined ? {} : {message}),
    });
  },

  recording: (stage, line) =>
    stage.append(line, {
      type: 'recording-changed',
      recording: one(line.words) !== 'off',
    }),

  /** `route SETTING` */
  route: (stage, line) =>
    stage.append(line, {
      type: 'route-changed',
      route: one(line.words) as RouteSetting,
    }),

  access: (stage, line) =>
    stage.append(line, {type: 'wire-access-changed', origins: line.words}),

  navigated: (stage, line) =>
    stage.append(line, {
      type: 'page-navigated',
      url: absolute(one(line.words)),
    }),

  cleared: (stage, line) => stage.append(line, {type: 'log-cleared'}),

  /** `closed REALM REASON` */
  closed: (stage, line) =>
    stage.append(line, {
      type: 'realm-closed',
      realm: one(line.words),
      reason: one(line.words, 1) as RealmClosed['reason'],
    }),

  state: (stage, line) =>
    stage.append(line, {
      type: 'worker-state-changed',
      scope: `${ORIGIN}/`,
      scriptUrl: `${ORIGIN}/sw.js`,
      state: one(line.words),
    }),

  /** `missed REALM COUNT` */
  missed: (stage, line) =>
    stage.append(line, {
      type: 'entries-missed',
      realm: one(line.words),
      count: Number(one(line.words, 1)),
    }),

  /** `refused REALM COUNT MESSAGE` */
  refused: (stage, line) =>
    stage.append(line, {
      type: 'entries-rejected',
      realm: one(line.words),
      count: Number(one(line.words, 1)),
      message: one(line.words, 2),
    }),
};
