/** When a worker that waits for its pages fires an event, and when it does not. */
import {expect} from '@esm-bundle/chai';
import {
  markCall,
  type PageCall,
} from '../../../inspector-core/engine/surface/page-messages.js';
import {
  installInWorker,
  type WorkerScope,
} from '../../../inspector-core/engine/worker.js';
import {SCOPE, useSeams} from './support/jobs.js';
import {scripted, until} from './support/scripted.js';

const seams = useSeams();

/** The global of a service worker, as far as the engine uses it. */
const makeScope = (): WorkerScope =>
  Object.assign(new EventTarget(), {
    ExtendableEvent: class extends Event {
      waitUntil(): void {}
    },
    registration: {
      scope: SCOPE,
      active: {state: 'activated'},
    } as ServiceWorkerRegistration,
    clients: {get: async () => ({})},
  });

/** A fetch that is over, of which a page that watches has not shown it yet. */
const endUnseen = async () => {
  const scope = makeScope();
  const {clock, storage} = seams;
  const engine = installInWorker({scope, clock, storage});
  const events: string[] = [];
  scope.addEventListener('backgroundfetchsuccess', ({type}) => {
    events.push(type);
  });
  const call = (message: PageCall): void => {
    const {port2} = new MessageChannel();
    const data = markCall(message);
    const event = new MessageEvent('message', {data, ports: [port2]});
    Object.defineProperty(event, 'waitUntil', {value: () => {}});
    scope.dispatchEvent(event);
  };
  const {request} = scripted(10);
  call({method: 'fetch', args: ['id', [{request, body: undefined}], {}]});
  await until(() => clock.due.length === 1);
  expect(events).to.deep.equal([]);
  return {call, engine, events};
};

const isStored = async (): Promise<boolean> =>
  (await seams.storage.scopes()).size > 0;

describe('the event of a fetch', () => {
  it('comes, though a page never shows the result', async () => {
    const {events} = await endUnseen();
    await seams.clock.advance(1_000);
    await until(async () => !(await isStored()));
    expect(events).to.deep.equal(['backgroundfetchsuccess']);
  });

  it('comes once, though the worker is started again before', async () => {
    const {engine, events} = await endUnseen();
    await engine.worker?.restart();
    await until(() => seams.clock.due.length === 2);
    await seams.clock.advance(1_000);
    await until(async () => !(await isStored()));
    expect(events).to.deep.equal(['backgroundfetchsuccess']);
  });

  it('does not come once its registration is gone', async () => {
    const {call, events} = await endUnseen();
    call({method: 'drop', args: []});
    await until(async () => !(await isStored()));
    await seams.clock.advance(1_000);
    expect(events).to.deep.equal([]);
  });
});
