import type {BackgroundFetchEventName} from '../../../inspector-core/platform/background-fetch.js';
import {readTime} from './line.js';
import {one, settleCall, startCall, type Verb} from './verb.js';

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
