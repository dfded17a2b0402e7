/** The worker's events. */
import {describeError, outcome, soon} from '../support/describe.js';
import type {Fact, Script} from '../support/script.js';
import type {BackgroundFetchUpdateUIEvent} from '../../../inspector-core/platform/background-fetch.js';
import {complete} from './endings.js';

const update = (
  event: BackgroundFetchUpdateUIEvent,
  options?: object,
): Promise<Fact> =>
  soon(outcome(event.updateUI(options), (value) => typeof value));

let kept: BackgroundFetchUpdateUIEvent | undefined;

export const EVENTS: readonly Script[] = [
  {
    name: 'updates the UI once',
    run: (lab) => complete(lab, lab.file(100).url),
    onEvent: async (event) => ({
      first: await update(event, {title: 'New'}),
      second: await update(event, {title: 'Newer'}),
    }),
  },
  {
    name: 'updates the UI twice at once',
    run: (lab) => complete(lab, lab.file(100).url),
    onEvent: async (event) => {
      const both = [update(event, {title: 'A'}), update(event, {title: 'B'})];
      return Promise.all(both);
    },
  },
  {
    name: 'updates nothing of the UI',
    run: (lab) => complete(lab, lab.file(100).url),
    onEvent: async (event) => ({
      nothing: await update(event),
      empty: await update(event, {}),
      title: await update(event, {title: 'New'}),
      again: await update(event, {title: 'New'}),
    }),
  },
  {
    name: 'updates the UI with what is none',
    run: (lab) => complete(lab, lab.file(100).url),
    onEvent: async (event) => ({
      options: await update(event, 1 as never),
      icons: await update(event, {icons: 1}),
      icon: await update(event, {icons: [{}]}),
    }),
  },
  {
    name: 'updates the UI of a failure',
    run: (lab) => complete(lab, lab.file(100, {status: 404}).url),
    onEvent: (event) => update(event, {title: 'Failed'}),
  },
  {
    name: 'updates the UI too late',
    async run(lab) {
      await complete(lab, lab.file(100).url);
      return lab.askWorker();
    },
    onEvent(event) {
      kept = event;
      return Promise.resolve('kept');
    },
    inWorker: async () =>
      kept === undefined ? 'lost' : update(kept, {title: 'Late'}),
  },
  {
    name: 'makes events',
    run: (lab) => complete(lab, lab.file(100).url),
    onEvent: async ({registration}) => {
      const make = (name: string, ...args: readonly unknown[]): Fact => {
        const Interface = Reflect.get(globalThis, name) as new (
          ...args: readonly unknown[]
        ) => BackgroundFetchUpdateUIEvent;
        try {
          const event = new Interface(...args);
          return {
            tag: Object.prototype.toString.call(event),
            isSame: event.registration === registration,
            type: event.type,
            cancelable: event.cancelable,
          };
        } catch (error) {
          return describeError(error);
        }
      };
      const UpdateUIEvent = Reflect.get(
        globalThis,
        'BackgroundFetchUpdateUIEvent',
      ) as new (type: string, init: object) => BackgroundFetchUpdateUIEvent;
      const made = new UpdateUIEvent('made', {registration});
      let extended: Fact = 'extended';
      try {
        made.waitUntil(Promise.resolve());
      } catch (error) {
        extended = describeError(error);
      }
      return {
        none: make('BackgroundFetchEvent'),
        one: make('BackgroundFetchEvent', 'type'),
        'no registration': make('BackgroundFetchEvent', 'type', {}),
        'a bad registration': make('BackgroundFetchEvent', 'type', {
          registration: {},
        }),
        'a bad init': make('BackgroundFetchEvent', 'type', 1),
        good: make('BackgroundFetchEvent', 'type', {
          registration,
          cancelable: true,
        }),
        'good, with UI': make('BackgroundFetchUpdateUIEvent', 'type', {
          registration,
        }),
        updateUI: await update(made, {title: 'Made'}),
        'updateUI of nothing': await update(made),
        waitUntil: extended,
      };
    },
  },
  {
    name: 'asks in the event',
    run: (lab) => complete(lab, lab.file(100).url),
    onEvent: async ({registration}, {registration: own}) => ({
      abort: await outcome(registration.abort(), (value) => value),
      ids: await own.backgroundFetch.getIds(),
      match: await outcome(
        registration.matchAll(),
        (records) => records.length,
      ),
    }),
  },
  {
    name: 'fetches in the worker',
    run: ({askWorker}) => askWorker(),
    inWorker: async ({registration}, id) => {
      const manager = registration.backgroundFetch;
      const fetch = Reflect.get(manager, 'fetch') as (
        ...args: readonly unknown[]
      ) => Promise<unknown>;
      return {
        fetch: await outcome(manager.fetch(id, '/resource?size=10')),
        'fetch of nothing': await outcome(Reflect.apply(fetch, manager, [])),
        'fetch of an empty list': await outcome(manager.fetch(id, [])),
        'fetch of a bad URL': await outcome(manager.fetch(id, 'http://')),
        get: await outcome(manager.get(id), (value) => value === undefined),
        ids: await manager.getIds(),
      };
    },
  },
];
