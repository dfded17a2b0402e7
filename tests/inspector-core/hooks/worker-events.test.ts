import {expect} from '@esm-bundle/chai';
import type {
  BackgroundFetchRecord,
  BackgroundFetchUpdateUIEvent,
} from '../../../inspector-core/platform/background-fetch.js';
import type {
  FactOf,
  RealmEntry,
} from '../../../inspector-core/protocol/protocol.js';
import {
  closeRealms,
  factsOf,
  hasNativeApi,
  resource,
  startWorker,
  until,
} from '../../support/realms.js';
import {fetchFor, finished, inBoth} from './support/worker-fetches.js';

const outcome = (
  entries: readonly RealmEntry[],
): FactOf<'event-finished'>['outcome'] | undefined =>
  factsOf(entries, 'event-finished')[0]?.outcome;

// The events are the browser's own: a made one refuses waitUntil().
(hasNativeApi ? describe : describe.skip)('worker events', function () {
  this.timeout(60_000);
  afterEach(closeRealms);

  it('are told from dispatch to the last wait', async () => {
    const worker = await startWorker({
      hooks: true,
      script: (self, {note}) => {
        self.addEventListener('backgroundfetchsuccess', function onSuccess(e) {
          const event = e as BackgroundFetchUpdateUIEvent;
          const read = async (): Promise<void> => {
            for (const record of await event.registration.matchAll()) {
              const response = await record.responseReady;
              note((await response.blob()).size);
            }
            await event.updateUI({title: 'Done'});
          };
          event.waitUntil(read());
        });
      },
    });
    await fetchFor(worker, resource({size: 1000}));
    const entries = await finished(worker);
    expect(entries[0]?.fact).to.deep.include({
      type: 'realm-opened',
      scope: worker.scope,
      backgroundFetch: true,
    });
    expect(factsOf(entries, 'handler-changed')).to.deep.equal([
      {
        type: 'handler-changed',
        event: 'backgroundfetchsuccess',
        via: 'addEventListener',
        change: 'added',
        name: 'onSuccess',
      },
    ]);
    const [dispatched] = factsOf(entries, 'event-dispatched');
    expect(dispatched).to.deep.include({
      event: 1,
      name: 'backgroundfetchsuccess',
      handlers: 1,
      registration: {id: 'podcast', scope: worker.scope, instance: 1},
    });
    expect(dispatched?.snapshot).to.include({
      result: 'success',
      downloaded: 1000,
    });
    const order = entries
      .map(({fact}) => fact.type)
      .filter((type) => /event|wait/.test(type));
    expect(order).to.deep.equal([
      'event-dispatched',
      'wait-until-called',
      'wait-until-settled',
      'event-finished',
    ]);
    expect(outcome(entries)).to.deep.equal({status: 'fulfilled'});
    const calls = factsOf(entries, 'call-started');
    expect(calls.map(({invocation}) => invocation.method)).to.deep.equal([
      'matchAll',
      'updateUI',
    ]);
    expect(calls[1]?.invocation).to.deep.equal({
      method: 'updateUI',
      event: 1,
      options: {title: 'Done'},
    });
    const states = factsOf(entries, 'worker-state-changed').map(
      ({state}) => state,
    );
    expect(states).to.deep.equal([
      ...new Set([
        'parsed',
        'installing',
        'installed',
        'activating',
        'activated',
      ]),
    ]);
    expect(factsOf(entries, 'hook-faulted')).to.deep.equal([]);
    await until(
      async () => factsOf(await worker.entries(), 'records-expired').length,
    );
  });

  it('call a thenable\u2019s then once, and take any value', async () => {
    const {plain, hooked, entries} = await inBoth((self, {note}) => {
      self.addEventListener('backgroundfetchsuccess', (e) => {
        const event = e as BackgroundFetchUpdateUIEvent;
        note(event.waitUntil(1));
        event.waitUntil({
          // oxlint-disable-next-line unicorn/no-thenable -- what is tested
          then(resolve: (value: unknown) => void) {
            note('then');
            setTimeout(() => {
              note('end');
              resolve(1);
            }, 30);
          },
        });
        class Own extends Promise<void> {}
        event.waitUntil(
          new Own((resolve) => {
            note('own');
            resolve();
          }),
        );
        try {
          Reflect.apply(event.waitUntil.bind(event), event, []);
        } catch (error) {
          note(String(error));
        }
      });
    });
    expect(hooked).to.deep.equal(plain);
    expect(hooked.filter((note) => note === 'then')).to.have.length(1);
    expect(factsOf(entries, 'event-finished')[0]?.waits).to.equal(3);
  });

  it('end rejected when a handler throws, which the worker still sees', async () => {
    const {plain, hooked, entries} = await inBoth((self, {note}) => {
      self.addEventListener('error', (event) => {
        note((event as ErrorEvent).message);
      });
      self['onbackgroundfetchsuccess'] = function thrower() {
        setTimeout(() => note('end'), 0);
        throw new RangeError('from the handler');
      };
    });
    expect(hooked).to.deep.equal(plain);
    expect(hooked[0]).to.contain('from the handler');
    expect(outcome(entries)).to.deep.equal({
      status: 'rejected',
      error: {name: 'RangeError', message: 'from the handler'},
    });
    expect(factsOf(entries, 'handler-changed')[0]).to.include({
      via: 'attribute',
      name: 'thrower',
    });
  });

  it('end rejected when a wait rejects, reported as without hooks', async () => {
    const {plain, hooked, entries} = await inBoth((self, {note}) => {
      self.addEventListener('unhandledrejection', (event) => {
        event.preventDefault();
        note(`unhandled ${String((event as PromiseRejectionEvent).reason)}`);
      });
      self.addEventListener('backgroundfetchsuccess', (e) => {
        const event = e as BackgroundFetchUpdateUIEvent;
        event.waitUntil(Promise.reject(new Error('waited for')));
        void Promise.reject(new Error('on its own'));
        setTimeout(() => note('end'), 100);
      });
    });
    expect(hooked).to.deep.equal(plain);
    // Chromium reports the rejection of a wait as unhandled, too.
    expect(hooked).to.include('unhandled Error: on its own');
    expect(outcome(entries)).to.deep.equal({
      status: 'rejected',
      error: {name: 'Error', message: 'waited for'},
    });
  });

  it('stay active for a wait that follows from a wait, and no longer', async () => {
    const {plain, hooked, entries} = await inBoth((self, {note}) => {
      self.addEventListener('backgroundfetchsuccess', (e) => {
        const event = e as BackgroundFetchUpdateUIEvent;
        const first = Promise.resolve();
        event.waitUntil(first);
        void first.then(() => event.waitUntil(Promise.resolve()));
        setTimeout(() => {
          try {
            event.waitUntil(Promise.resolve());
            note('still active');
          } catch (error) {
            note(String(error));
          }
          event.updateUI({title: 'late'}).catch((error: unknown) => {
            note(String(error));
            note('end');
          });
        }, 100);
      });
    });
    expect(hooked).to.deep.equal(plain);
    expect(hooked[0]).to.contain('InvalidStateError');
    expect(hooked[1]).to.contain('InvalidStateError');
    expect(factsOf(entries, 'event-finished')).to.have.length(1);
    expect(factsOf(entries, 'event-finished')[0]?.waits).to.equal(2);
  });

  it('leave rejections of responseReady as unhandled as they are', async () => {
    const {plain, hooked, entries} = await inBoth(
      (self, {note}) => {
        self.addEventListener('unhandledrejection', (event) => {
          event.preventDefault();
          note(String((event as PromiseRejectionEvent).reason));
        });
        self.addEventListener('backgroundfetchabort', (e) => {
          const event = e as BackgroundFetchUpdateUIEvent;
          const look = async (): Promise<void> => {
            const records = await event.registration.matchAll();
            const [, left, caught] = records as [
              BackgroundFetchRecord,
              BackgroundFetchRecord,
              BackgroundFetchRecord,
            ];
            note(left.responseReady === left.responseReady);
            caught.responseReady.catch(() => {});
            await new Promise((resolve) => setTimeout(resolve, 100));
            note('end');
          };
          event.waitUntil(look());
        });
      },
      async (worker) => {
        const names = ['unread', 'left', 'caught'];
        const made = await fetchFor(
          worker,
          names.map((name) => resource({name, size: 1e6, pause: 500})),
        );
        await until(() => made.downloaded);
        expect(await made.abort()).to.equal(true);
      },
    );
    expect(hooked).to.deep.equal(plain);
    expect(
      hooked.filter((note) => /AbortError/.test(String(note))),
    ).to.have.length(1);
    const settled = factsOf(entries, 'response-settled');
    // Three of our own listing, three that the worker got.
    expect(settled.map(({outcome}) => outcome.status)).to.deep.equal(
      Array.from({length: 6}, () => 'rejected'),
    );
  });

  it('give a worker that is hooked late its events from then on', async () => {
    const worker = await startWorker({
      script: (self, {note}) => {
        self['onbackgroundfetchsuccess'] = (
          event: BackgroundFetchUpdateUIEvent,
        ) => {
          event.waitUntil(Promise.resolve().then(() => note('handled')));
        };
      },
    });
    await worker.run((_self, kit) => kit.hook());
    await fetchFor(worker, resource({size: 1}));
    const entries = await finished(worker);
    expect(entries[0]?.fact).to.include({timing: 'late'});
    expect(factsOf(entries, 'event-dispatched')[0]).to.include({handlers: 1});
    expect(factsOf(entries, 'event-finished')[0]).to.include({waits: 1});
    const states = factsOf(entries, 'worker-state-changed');
    expect(states.map(({state}) => state)).to.deep.equal(['activated']);
  });
});
