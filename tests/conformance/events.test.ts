/** §10 The four events, how long they are active, and how they are made. */
import {expect} from '@esm-bundle/chai';
import type {
  BackgroundFetchRegistration,
  BackgroundFetchUpdateUIEvent,
} from '../../inspector-core/platform/background-fetch.js';
import {atNextEvent} from './support/at-next-event.js';
import {whenOver} from './support/ends.js';
import {serve, until} from './support/files.js';
import {startServiceWorker} from './support/service-worker.js';
import {suite, type Given} from './support/suite.js';

/** Runs a fetch until its event is over. */
async function runToEnd(given: Given): Promise<BackgroundFetchRegistration> {
  const registration = await given.manager.fetch(given.id, serve(3).url);
  await whenOver(given, registration);
  return registration;
}

suite('events', (test) => {
  test('are ExtendableEvents, not bubbling and not cancelable', async ({
    worker,
    manager,
    id,
  }) => {
    await atNextEvent(worker, 'backgroundfetchsuccess', (event, self) => {
      const Extendable = self['ExtendableEvent'] as typeof Event;
      const Base = self['BackgroundFetchEvent'] as typeof Event;
      const {bubbles, cancelable, composed} = event;
      self['seen'] = {
        is: [event instanceof Extendable, event instanceof Base],
        flags: [bubbles, cancelable, composed],
        isAtGlobal:
          event.target === (self as EventTarget) &&
          event.currentTarget === (self as EventTarget),
        waitsFor: Reflect.get(event, 'waitUntil') !== undefined,
      };
    });
    await manager.fetch(id, serve(1).url);
    await worker.event(id);
    expect(await worker.run((self) => self['seen'])).to.deep.equal({
      is: [true, true],
      flags: [false, false, false],
      isAtGlobal: true,
      waitsFor: true,
    });
  });

  test('call the on… handlers of the global, with themselves', async ({
    worker,
    manager,
    id,
  }) => {
    await worker.run((self) => {
      const calls: unknown[] = [];
      self['calls'] = calls;
      for (const name of ['success', 'fail', 'abort']) {
        self[`onbackgroundfetch${name}`] = function (
          this: unknown,
          event: Event,
        ) {
          calls.push([name, event.type, this === self]);
        };
      }
    });
    await manager.fetch(`${id} 1`, serve(1).url);
    await worker.event(`${id} 1`);
    await manager.fetch(`${id} 2`, serve(1, {status: 404}).url);
    await worker.event(`${id} 2`);
    const third = await manager.fetch(`${id} 3`, serve(9, {stall: 1}).url);
    await third.abort();
    await worker.event(`${id} 3`);
    const calls = await worker.run((self) => {
      for (const name of ['success', 'fail', 'abort']) {
        self[`onbackgroundfetch${name}`] = null;
      }
      return self['calls'];
    });
    expect(calls).to.deep.equal([
      ['success', 'backgroundfetchsuccess', true],
      ['fail', 'backgroundfetchfail', true],
      ['abort', 'backgroundfetchabort', true],
    ]);
  });

  test('keep records available for as long as waitUntil() says', async ({
    worker,
    manager,
    id,
  }) => {
    await atNextEvent(worker, 'backgroundfetchsuccess', (event, self) => {
      const held = new Promise((resolve) => {
        self['letGo'] = resolve;
      });
      event.waitUntil(held);
      self['fetch'] = event.registration;
    });
    const registration = await manager.fetch(id, serve(3).url);
    await worker.event(id);
    // The handler that reports has ended; the other still waits.
    expect(registration.recordsAvailable).to.equal(true);
    expect(await registration.matchAll()).to.have.length(1);
    const [inWorker] = await worker.run(async (self) => {
      const fetch = self['fetch'] as BackgroundFetchRegistration;
      const [record] = await fetch.matchAll();
      const response = await record?.responseReady;
      return [(await response?.arrayBuffer())?.byteLength];
    });
    expect(inWorker).to.equal(3);
    await worker.run((self) => (self['letGo'] as () => void)());
    await until(() => !registration.recordsAvailable);
  });

  test('that do not end keep no other fetch from its own', async ({
    worker,
    manager,
    id,
  }) => {
    await atNextEvent(worker, 'backgroundfetchsuccess', (event) => {
      event.waitUntil(new Promise(() => {}));
    });
    const held = await manager.fetch(id, serve(3).url);
    await worker.event(id);
    // Its id is free all the same.
    const other = await manager.fetch(id, serve(4, {status: 404}).url);
    await until(() => other.result === 'failure' && !other.recordsAvailable);
    expect(held).to.include({result: 'success', recordsAvailable: true});
    expect(await held.matchAll()).to.have.length(1);
  });

  test('are over when a promise of waitUntil() rejects', async (given) => {
    await atNextEvent(given.worker, 'backgroundfetchsuccess', (event) => {
      event.waitUntil(Promise.reject(new Error('Rejected by the test.')));
    });
    const registration = await runToEnd(given);
    expect(registration.result).to.equal('success');
  });

  test('may be extended while they are active, by promises in turn', async (given) => {
    await atNextEvent(given.worker, 'backgroundfetchsuccess', (event, self) => {
      const {registration} = event;
      const first = Promise.resolve().then(() => {
        event.waitUntil(
          registration.matchAll().then(({length}) => {
            self['found'] = length;
          }),
        );
      });
      event.waitUntil(first);
    });
    await runToEnd(given);
    expect(await given.worker.run((self) => self['found'])).to.equal(1);
  });

  test('cannot be extended once they are over', async (given) => {
    await atNextEvent(given.worker, 'backgroundfetchsuccess', (event, self) => {
      self['event'] = event;
    });
    await runToEnd(given);
    const error = await given.worker.run((self) => {
      try {
        (self['event'] as BackgroundFetchUpdateUIEvent).waitUntil(
          Promise.resolve(),
        );
        return 'nothing';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(error).to.equal('InvalidStateError');
  });

  test('make records unavailable also where nobody listens', async ({id}) => {
    const silent = await startServiceWorker(() => {});
    const registration = await silent.manager.fetch(id, serve(1).url);
    await until(() => registration.result === 'success');
    await until(() => !registration.recordsAvailable);
    await silent.close();
  });

  test('make records unavailable also when a handler throws', async ({id}) => {
    const thrower = await startServiceWorker(() => {
      throw new Error('Thrown by the test.');
    });
    const registration = await thrower.manager.fetch(id, serve(1).url);
    await until(() => registration.result === 'success');
    await until(() => !registration.recordsAvailable);
    await thrower.close();
  });

  test('make a record object unavailable in the worker, too', async (given) => {
    await atNextEvent(given.worker, 'backgroundfetchsuccess', (event, self) => {
      self['fetch'] = event.registration;
    });
    await runToEnd(given);
    const seen = await given.worker.run(async (self) => {
      const fetch = self['fetch'] as BackgroundFetchRegistration;
      const error = await fetch.matchAll().catch((error: Error) => error);
      return [fetch.recordsAvailable, (error as Error).name];
    });
    expect(seen).to.deep.equal([false, 'InvalidStateError']);
  });

  test('are not fired for what is unregistered', async ({id}) => {
    const gone = await startServiceWorker();
    const file = serve(9, {hold: 4});
    const registration = await gone.manager.fetch(id, file.url);
    await until(() => registration.downloaded === 4);
    await gone.close();
    await until(async () => (await file.log())[0]?.end === 'closed');
    expect(registration.result).not.to.equal('success');
  });
});
