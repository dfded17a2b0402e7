import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchUpdateUIEvent} from '../../../inspector-core/platform/background-fetch.js';
import {
  closeRealms,
  factsOf,
  hasNativeApi,
  openRealm,
  resource,
  startWorker,
  type WorkerSelf,
} from '../../support/realms.js';

// The events are the browser's own: a made one refuses waitUntil().
(hasNativeApi ? describe : describe.skip)('the hooks of a worker', function () {
  this.timeout(60_000);
  afterEach(closeRealms);

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
