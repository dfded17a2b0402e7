/** §10 What a script can make of the two event interfaces. */
import {expect} from '@esm-bundle/chai';
import {serve} from './support/files.js';
import {suite, type Given} from './support/suite.js';

const NAMES = ['BackgroundFetchEvent', 'BackgroundFetchUpdateUIEvent'] as const;

/** Runs a step in the worker, with a registration that it can use. */
async function inWorker<R>(
  {worker, manager, id}: Given,
  name: string,
  step: (
    Interface: new (...args: unknown[]) => Event,
    registration: object,
  ) => R,
): Promise<Awaited<R>> {
  await manager.fetch(id, serve(9, {stall: 1}).url);
  const result = await worker.run(
    async (self, {id, name, step}) => {
      const registration = await self.registration.backgroundFetch.get(id);
      // oxlint-disable-next-line no-implied-eval -- the test's own step, as text
      const make = new Function(`return ${step}`) as () => (
        ...args: unknown[]
      ) => unknown;
      const value: unknown = await make()(self[name], registration);
      return value;
    },
    {id, name, step: String(step)},
  );
  return result as Awaited<R>;
}

suite('event constructors', (test) => {
  for (const name of NAMES) {
    test(`${name} needs a type and a registration`, async (given) => {
      const errors = await inWorker(given, name, (Interface, registration) => {
        const errorOf = (...args: unknown[]): string => {
          try {
            return `made ${new Interface(...args).type}`;
          } catch (error) {
            return error instanceof TypeError ? 'TypeError' : String(error);
          }
        };
        return [
          errorOf(),
          errorOf('type'),
          errorOf('type', undefined),
          errorOf('type', null),
          errorOf('type', 5),
          errorOf('type', {}),
          errorOf('type', {registration: null}),
          errorOf('type', {registration: {}}),
          errorOf('type', {registration: new EventTarget()}),
          errorOf(Symbol('type'), {registration}),
          errorOf('type', {registration}),
          errorOf(undefined, {registration}),
        ];
      });
      expect(errors).to.deep.equal([
        ...Array.from({length: 10}, () => 'TypeError'),
        'made type',
        'made undefined',
      ]);
    });

    test(`${name} has the type, the registration and the flags it is given`, async (given) => {
      const seen = await inWorker(given, name, (Interface, registration) => {
        const plain = new Interface('some type', {registration});
        const flagged = new Interface('some type', {
          registration,
          bubbles: true,
          cancelable: true,
          composed: true,
        });
        const describe = (event: Event): unknown => [
          event.type,
          Reflect.get(event, 'registration') === registration,
          event.bubbles,
          event.cancelable,
          event.composed,
          event.isTrusted,
        ];
        return [
          describe(plain),
          describe(flagged),
          Object.prototype.toString.call(plain),
          Object.getPrototypeOf(plain) === Interface.prototype,
        ];
      });
      expect(seen).to.deep.equal([
        ['some type', true, false, false, false, false],
        ['some type', true, true, true, true, false],
        `[object ${name}]`,
        true,
      ]);
    });

    test(`${name} can be extended by a class`, async (given) => {
      const seen = await inWorker(given, name, (Interface, registration) => {
        class Derived extends Interface {
          readonly more = 5;
        }
        const event = new Derived('type', {registration});
        return [
          event instanceof Derived,
          event instanceof Interface,
          event.more,
          Reflect.get(event, 'registration') === registration,
        ];
      });
      expect(seen).to.deep.equal([true, true, 5, true]);
    });

    test(`${name} that a script makes can be dispatched, and not extended`, async (given) => {
      const seen = await inWorker(given, name, (Interface, registration) => {
        const event = new Interface('some type', {registration});
        const target = new EventTarget();
        const log: unknown[] = [];
        target.addEventListener('some type', (seen) => {
          log.push(seen === event);
          try {
            const extendable = seen as Event & {waitUntil(p: unknown): void};
            extendable.waitUntil(Promise.resolve());
            log.push('extended');
          } catch (error) {
            log.push((error as Error).name);
          }
        });
        target.dispatchEvent(event);
        return log;
      });
      expect(seen).to.deep.equal([true, 'InvalidStateError']);
    });
  }

  test('updateUI() of an event that a script makes rejects with an InvalidStateError', async (given) => {
    const seen = await inWorker(
      given,
      'BackgroundFetchUpdateUIEvent',
      (Interface, registration) => {
        const event = new Interface('backgroundfetchsuccess', {registration});
        const updateUI = Reflect.get(event, 'updateUI') as () => unknown;
        const promise = Reflect.apply(updateUI, event, [{title: 'Title'}]);
        return (promise as Promise<unknown>).then(
          () => 'fulfilled',
          (error: Error) => error.name,
        );
      },
    );
    expect(seen).to.equal('InvalidStateError');
  });

  test('members are read in the order of their dictionaries', async (given) => {
    const log = await inWorker(
      given,
      'BackgroundFetchEvent',
      (Interface, registration) => {
        const log: string[] = [];
        const init = new Proxy(
          {registration},
          {
            get(target, key) {
              log.push(String(key));
              return Reflect.get(target, key) as unknown;
            },
          },
        );
        return [new Interface('type', init).type, log];
      },
    );
    expect(log).to.deep.equal([
      'type',
      ['bubbles', 'cancelable', 'composed', 'registration'],
    ]);
  });
});
