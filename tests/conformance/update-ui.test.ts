/** §10 `updateUI()`. */
import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchUpdateUIEvent} from '../../inspector-core/platform/background-fetch.js';
import {atNextEvent} from './support/at-next-event.js';
import {serve, type ServedFile} from './support/files.js';
import {suite, type Given} from './support/suite.js';

type Step = (
  event: BackgroundFetchUpdateUIEvent,
  outcomeOf: (promise: Promise<unknown>) => Promise<unknown>,
) => Promise<unknown>;

/** Runs a step in the handler of the next event, and gives its result. */
async function inHandler(
  {worker, manager, id}: Given,
  step: Step,
  {
    file = serve(1),
    type = 'backgroundfetchsuccess',
    isWaited = true,
  }: {file?: ServedFile; type?: string; isWaited?: boolean} = {},
): Promise<unknown> {
  await atNextEvent(
    worker,
    type,
    (event, self, {step, isWaited}) => {
      // oxlint-disable-next-line no-implied-eval -- the test's own step, as text
      const run = (new Function(`return ${step}`) as () => Step)();
      const result = run(event, (promise) =>
        promise.then(
          (value) => ['fulfilled', value],
          (error: unknown) => [
            'rejected',
            error instanceof TypeError ? 'TypeError' : (error as Error).name,
          ],
        ),
      );
      self['result'] = result;
      if (isWaited) event.waitUntil(result);
    },
    {step: String(step), isWaited},
  );
  const registration = await manager.fetch(id, file.url);
  if (type === 'backgroundfetchabort') await registration.abort();
  await worker.event(id);
  return worker.run((self) => self['result']);
}

suite('updateUI()', (test) => {
  for (const [type, status] of [
    ['backgroundfetchsuccess', 200],
    ['backgroundfetchfail', 404],
  ] as const) {
    test(`in ${type} fulfils with undefined`, async (given) => {
      const step: Step = (event, outcomeOf) =>
        outcomeOf(event.updateUI({title: 'New', icons: [{src: '/icon.png'}]}));
      const file = serve(1, {status});
      expect(await inHandler(given, step, {type, file})).to.deep.equal([
        'fulfilled',
        undefined,
      ]);
    });
  }

  test('is not a member of backgroundfetchabort', async (given) => {
    const step: Step = (event) => Promise.resolve('updateUI' in event);
    const options = {
      type: 'backgroundfetchabort',
      file: serve(9, {stall: 1}),
    };
    expect(await inHandler(given, step, options)).to.equal(false);
  });

  for (const [what, options] of [
    ['no options', 'undefined'],
    ['null', 'null'],
    ['an empty dictionary', '{}'],
    ['a title alone', '{title: "New"}'],
    ['icons alone', '{icons: []}'],
  ] as const) {
    test(`with ${what} fulfils`, async (given) => {
      const step = `(event, outcomeOf) => outcomeOf(event.updateUI(${options}))`;
      const outcome = await inHandler(given, step as unknown as Step);
      expect(outcome).to.deep.equal(['fulfilled', undefined]);
    });
  }

  test('a second time rejects with an InvalidStateError', async (given) => {
    const step: Step = async (event, outcomeOf) => [
      await outcomeOf(event.updateUI({title: 'One'})),
      await outcomeOf(event.updateUI({title: 'Two'})),
    ];
    expect(await inHandler(given, step)).to.deep.equal([
      ['fulfilled', undefined],
      ['rejected', 'InvalidStateError'],
    ]);
  });

  test('twice at once rejects the second with an InvalidStateError', async (given) => {
    const step: Step = (event, outcomeOf) =>
      Promise.all([
        outcomeOf(event.updateUI({title: 'One'})),
        outcomeOf(event.updateUI({title: 'Two'})),
      ]);
    expect(await inHandler(given, step)).to.deep.equal([
      ['fulfilled', undefined],
      ['rejected', 'InvalidStateError'],
    ]);
  });

  test('in a microtask of a handler fulfils', async (given) => {
    const step: Step = async (event, outcomeOf) => {
      await Promise.resolve();
      const inMicrotask = event.updateUI({title: 'New'});
      event.waitUntil(inMicrotask);
      return outcomeOf(inMicrotask);
    };
    expect(await inHandler(given, step, {isWaited: false})).to.deep.equal([
      'fulfilled',
      undefined,
    ]);
  });

  test('when the event is not active rejects with an InvalidStateError', async (given) => {
    const step: Step = async (event, outcomeOf) => {
      const {registration} = event;
      // Another handler's waitUntil() may still hold the event.
      while (registration.recordsAvailable) {
        await new Promise((resolve) => setTimeout(resolve));
      }
      return outcomeOf(event.updateUI({title: 'New'}));
    };
    expect(await inHandler(given, step, {isWaited: false})).to.deep.equal([
      'rejected',
      'InvalidStateError',
    ]);
  });

  test('with options of a wrong type rejects with a TypeError, and counts for nothing', async (given) => {
    const step: Step = async (event, outcomeOf) => {
      const update = event.updateUI.bind(event) as (
        options: unknown,
      ) => Promise<unknown>;
      return [
        await outcomeOf(update(5)),
        await outcomeOf(update({icons: [{}]})),
        await outcomeOf(update({title: Symbol('title')})),
        await outcomeOf(update({title: 'New'})),
      ];
    };
    expect(await inHandler(given, step)).to.deep.equal([
      ['rejected', 'TypeError'],
      ['rejected', 'TypeError'],
      ['rejected', 'TypeError'],
      ['fulfilled', undefined],
    ]);
  });
});
