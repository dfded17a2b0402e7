import type {
  EventFinished,
  LogEntry,
  WaitUntilCalled,
  WaitUntilSettled,
} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import type {FetchDraft} from './fetch-draft.js';
import {realmKey, type WorkerEventState} from './fetch-state.js';

/** Follows a worker event through its waitUntil() promises to its end. */
export function foldWait(
  draft: FetchDraft,
  {source, at}: LogEntry,
  fact: WaitUntilCalled | WaitUntilSettled | EventFinished,
): void {
  const key = realmKey(source.realm, fact.event);
  const fetch = draft.own(draft.find('event', key));
  if (fetch === undefined) return;
  const index = fetch.events.findLastIndex((event) => event.key === key);
  const event = fetch.events[index];
  if (event === undefined) return;
  fetch.events[index] = next(event, at, fact);
  fetch.lastAt = Math.max(fetch.lastAt, at);
}

function next(
  event: WorkerEventState,
  at: number,
  fact: WaitUntilCalled | WaitUntilSettled | EventFinished,
): WorkerEventState {
  switch (fact.type) {
    case 'wait-until-called': {
      const wait = {wait: fact.wait, at};
      return {...event, waits: pushBounded(event.waits, wait, BOUNDS.perFetch)};
    }
    case 'wait-until-settled':
      return {
        ...event,
        waits: event.waits.map((wait) =>
          wait.wait === fact.wait
            ? {...wait, settledAt: at, outcome: fact.outcome}
            : wait,
        ),
      };
    case 'event-finished':
      return {...event, finishedAt: at, outcome: fact.outcome};
  }
}
