/** The one seam between the log and RxJS. */
import {BehaviorSubject, Observable, scan, type Subscription} from 'rxjs';
import type {EventLog} from '../log/log.js';
import type {Projection} from '../projections/projection.js';
import type {LogEntry} from '../protocol/protocol.js';

/** State as a stream, and, since Lit renders synchronously, as a value. */
export interface Store<S> {
  readonly state: S;
  readonly state$: Observable<S>;
  close(): void;
}

/** What a log appends, batch by batch. */
export const appended$ = (
  log: Pick<EventLog<unknown>, 'subscribe'>,
): Observable<readonly LogEntry[]> =>
  new Observable((observer) => {
    const ended = new AbortController();
    log.subscribe((entries) => observer.next(entries), {signal: ended.signal});
    return () => ended.abort();
  });

/** Folds a log, from what it holds now on, into a state that views can follow. */
export function createStore<S>(
  log: EventLog<S>,
  projection: Projection<S>,
): Store<S> {
  const initial = projection.apply(log.base, log.slice(log.first));
  const subject = new BehaviorSubject(initial);
  const subscription: Subscription = appended$(log)
    .pipe(scan((state, entries) => projection.apply(state, entries), initial))
    .subscribe((state) => {
      if (state !== subject.value) subject.next(state);
    });
  return {
    get state() {
      return subject.value;
    },
    state$: subject.asObservable(),
    close: () => {
      subscription.unsubscribe();
      subject.complete();
    },
  };
}
