import {expect} from '@esm-bundle/chai';
import type {
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
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
  openRealm,
  resource,
  startWorker,
  until,
  type ScriptedWorker,
  type WorkerKit,
  type WorkerSelf,
} from '../../support/realms.js';

type Script = (self: WorkerSelf, kit: WorkerKit) => void;

/** Fetches from a page of the worker, without hooks in the page. */
async function fetchFor(
  worker: ScriptedWorker,
  requests: string | readonly string[],
): Promise<BackgroundFetchRegistration> {
  const page = await openRealm({scope: worker.scope, kind: 'window'});
  return (await page.manager()).fetch('podcast', requests);
}

/** Waits until a worker event is over, and gives all that the hook saw. */
async function finished(
  worker: ScriptedWorker,
): Promise<readonly RealmEntry[]> {
  return until(async () => {
    const entries = await worker.entries();
    return factsOf(entries, 'event-finished').length > 0 && entries;
  });
}

/** Runs one fetch to its event in a worker without hooks, then in one with. */
async function inBoth(
  script: Script,
  requests: () => string | readonly string[] = () => resource({size: 10}),
): Promise<{
  readonly plain: readonly unknown[];
  readonly hooked: readonly unknown[];
  readonly entries: readonly RealmEntry[];
}> {
  const run = async (hooks: boolean) => {
    const worker = await startWorker({hooks, script});
    await fetchFor(worker, requests());
    const notes = await until(async () => {
      const found = await worker.run((_self, kit) => kit.notes);
      return found.includes('end') && found;
    });
    return {notes, worker};
  };
  const plain = await run(false);
  const hooked = await run(true);
  return {
    plain: plain.notes,
    hooked: hooked.notes,
    entries: await finished(hooked.worker),
  };
}

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
    const worker = async (hooks: boolean) => {
      const found = await startWorker({
        hooks,
        script: (self, {note}) => {
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
      });
      const names = ['unread', 'left', 'caught'];
      const made = await fetchFor(
        found,
        names.map((name) => resource({name, size: 1e6, pause: 500})),
      );
      await until(() => made.downloaded);
      expect(await made.abort()).to.equal(true);
      const notes = await until(async () => {
        const so = await found.run((_self, kit) => kit.notes);
        return so.includes('end') && so;
      });
      return {found, notes};
    };
    const plain = await worker(false);
    const hooked = await worker(true);
    expect(hooked.notes).to.deep.equal(plain.notes);
    expect(
      hooked.notes.filter((note) => /AbortError/.test(String(note))),
    ).to.have.length(1);
    const entries = await finished(hooked.found);
    const settled = factsOf(entries, 'response-settled');
    // Three of our own listing, three that the worker got.
    expect(settled.map(({outcome}) => outcome.status)).to.deep.equal(
      Array.from({length: 6}, () => 'rejected'),
    );
  });

  it('tell which handlers come and go', async () => {
    const worker = await startWorker({
      hooks: true,
      script: (self) => {
        const abort = new AbortController();
        function first(): void {}
        function second(): void {}
        const third = {handleEvent(): void {}};
        self.addEventListener('backgroundfetchfail', first);
        self.addEventListener('backgroundfetchfail', first);
        self.addEventListener('backgroundfetchfail', first, true);
        self.removeEventListener('backgroundfetchfail', first);
        self.addEventListener('backgroundfetchclick', second, {
          signal: abort.signal,
        });
        abort.abort();
        self.addEventListener('backgroundfetchclick', second, {
          signal: abort.signal,
        });
        self.addEventListener('backgroundfetchabort', third, {once: true});
        self['onbackgroundfetchabort'] = second;
        self['onbackgroundfetchabort'] = first;
        self['onbackgroundfetchabort'] = 5;
        // Neither of these is about a worker event.
        new EventTarget().addEventListener('backgroundfetchfail', first);
        self.addEventListener('fetch', first);
      },
    });
    const changes = factsOf(await worker.entries(), 'handler-changed').map(
      ({event, change, name, via}) =>
        `${event.slice('backgroundfetch'.length)} ${via} ${change} ${name}`,
    );
    expect(changes).to.deep.equal([
      'fail addEventListener added first',
      'fail addEventListener added first',
      'fail addEventListener removed first',
      'click addEventListener added second',
      'click addEventListener removed second',
      'abort addEventListener added ',
      'abort attribute added second',
      'abort attribute removed second',
      'abort attribute added first',
      'abort attribute removed first',
    ]);
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

  it('are only the browser\u2019s: one that the script made is not told', async () => {
    const made = async (hooks: boolean) => {
      const worker = await startWorker({hooks});
      const page = await openRealm({scope: worker.scope});
      const manager = await page.manager();
      const registration = await manager.fetch('made', resource({}));
      const errors = await worker.run(async (self) => {
        const Class = self['BackgroundFetchUpdateUIEvent'] as new (
          type: string,
          init: object,
        ) => BackgroundFetchUpdateUIEvent;
        const found: string[] = [];
        const {backgroundFetch} = self.registration;
        const event = new Class('backgroundfetchsuccess', {
          registration: await backgroundFetch.get('made'),
        });
        self.addEventListener('backgroundfetchsuccess', () => {
          try {
            event.waitUntil(Promise.resolve());
          } catch (error) {
            found.push(String(error));
          }
        });
        self.dispatchEvent(event);
        // Natively this promise never settles.
        void event.updateUI({title: 'none'});
        try {
          Reflect.construct(Class, ['backgroundfetchsuccess']);
        } catch (error) {
          found.push(String(error));
        }
        return found;
      });
      await registration.abort();
      return {errors, entries: await worker.entries()};
    };
    const plain = await made(false);
    const hooked = await made(true);
    expect(hooked.errors).to.deep.equal(plain.errors);
    expect(hooked.errors[0]).to.contain('InvalidStateError');
    expect(hooked.errors[1]).to.contain('TypeError');
    const calls = factsOf(hooked.entries, 'call-started');
    expect(calls.map(({invocation}) => invocation)).to.deep.include({
      method: 'updateUI',
      event: 0,
      options: {title: 'none'},
    });
    const events = factsOf(hooked.entries, 'event-dispatched');
    expect(events.map(({name}) => name)).not.to.include(
      'backgroundfetchsuccess',
    );
  });

  it('leave the worker\u2019s members as they were, hooked and unhooked', async () => {
    const look = (self: WorkerSelf) => {
      const members = [
        ['EventTarget', 'addEventListener'],
        ['EventTarget', 'removeEventListener'],
        ['ExtendableEvent', 'waitUntil'],
        ['BackgroundFetchUpdateUIEvent', 'updateUI'],
        ['BackgroundFetchManager', 'fetch'],
        ['', 'onbackgroundfetchsuccess'],
      ] as const;
      return members.map(([owner, name]) => {
        const place: object =
          owner === '' ? self : (self[owner] as {prototype: object}).prototype;
        const descriptor = Object.getOwnPropertyDescriptor(place, name) ?? {};
        const parts = [descriptor.value, descriptor.get, descriptor.set];
        return JSON.stringify([
          descriptor,
          parts.map((part: unknown) =>
            typeof part === 'function'
              ? [part.name, part.length, String(part)]
              : typeof part,
          ),
        ]);
      });
    };
    const plain = await startWorker();
    const hooked = await startWorker({hooks: true});
    const native = await plain.run(look);
    expect(await hooked.run(look)).to.deep.equal(native);
    await hooked.run((_self, kit) => kit.uninstall());
    expect(await hooked.run(look)).to.deep.equal(native);
  });
});
