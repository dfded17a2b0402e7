import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../../../inspector-core/engine/surface/background-fetch-registration.js';
import {makeManager} from '../support/local-manager.js';
import {rejection, scripted, until} from '../support/scripted.js';
import {useWorkers} from '../support/workers.js';

const workers = useWorkers();

const slow = (): string => scripted(1_000, {stall: 500}).url;

describe('BackgroundFetchUpdateUIEvent', () => {
  const run = async (
    handle: (event: {
      waitUntil(promise: unknown): void;
      updateUI(options?: unknown): Promise<undefined>;
      registration: BackgroundFetchRegistration;
    }) => void,
  ) => {
    const {manager, target} = makeManager(workers);
    const registration = await manager.fetch('id', scripted(10).url);
    target.addEventListener('backgroundfetchsuccess', (event) => {
      handle(event as unknown as Parameters<typeof handle>[0]);
    });
    await until(() => !registration.recordsAvailable);
    return registration;
  };

  it('keeps records while it is extended, and is the realm’s object', async () => {
    const seen: unknown[] = [];
    const registration = await run((event) => {
      seen.push(event.registration);
      event.waitUntil(
        (async () => {
          const record = await event.registration.match('/scripted', {
            ignoreSearch: true,
          });
          const response = await record?.responseReady;
          seen.push((await response?.arrayBuffer())?.byteLength);
        })(),
      );
    });
    expect(seen).to.deep.equal([registration, 10]);
  });

  it('ends, whatever a script makes of its promise', async () => {
    await run((event) => {
      const promise = Promise.resolve();
      Reflect.set(promise, 'then', () => new Promise(() => {}));
      event.waitUntil(promise);
    });
  });

  it('updates the UI once, while it is active', async () => {
    const outcomes: Promise<string>[] = [];
    let late: Promise<string> = Promise.resolve('');
    const update = (
      event: {updateUI(options: unknown): Promise<undefined>},
      options: unknown,
    ): Promise<string> => event.updateUI(options).then(() => 'updated', String);
    await run((event) => {
      outcomes.push(update(event, {icons: [{}]}));
      outcomes.push(update(event, {title: 'Done'}));
      outcomes.push(update(event, {title: 'Twice'}));
      event.waitUntil(Promise.all(outcomes));
      late = Promise.all(outcomes).then(
        () =>
          new Promise<string>((resolve) => {
            void until(() => !event.registration.recordsAvailable).then(() => {
              try {
                event.waitUntil(1);
                resolve('still active');
              } catch (error) {
                resolve((error as Error).name);
              }
            });
          }),
      );
    });
    const [wrong, first, second] = await Promise.all(outcomes);
    expect(wrong).to.match(/^TypeError/);
    expect(first).to.equal('updated');
    expect(second).to.match(/^InvalidStateError/);
    expect(await late).to.equal('InvalidStateError');
  });

  it('is refused what a script made itself', async () => {
    const {manager, events} = makeManager(workers);
    const registration = await manager.fetch('id', slow());
    const {BackgroundFetchUpdateUIEvent, BackgroundFetchEvent} =
      events.interfaces;
    const event = new BackgroundFetchUpdateUIEvent('any', {registration});
    expect(event).to.include({type: 'any', registration});
    expect(await rejection(event.updateUI({title: ''}))).to.match(
      /^InvalidStateError/,
    );
    for (const args of [
      [],
      ['any'],
      ['any', {}],
      ['any', {registration: {}}],
    ]) {
      expect(() => new BackgroundFetchEvent(...args)).to.throw(TypeError);
    }
  });

  it('ends though its handler throws, or what extends it rejects', async () => {
    const errors: unknown[] = [];
    // The runner's own handler would make a failure of it.
    const {onerror} = window;
    Reflect.set(window, 'onerror', (message: unknown) => {
      errors.push(message);
      return true;
    });
    await run((event) => {
      event.waitUntil(Promise.reject(new Error('Rejected.')));
      throw new Error('Thrown.');
    });
    Reflect.set(window, 'onerror', onerror);
    expect(String(errors)).to.include('Thrown.');
  });
});
