import {expect} from '@esm-bundle/chai';
import {
  closeRealms,
  factsOf,
  hasNativeApi,
  openRealm,
  resource,
  startWorker,
  until,
} from '../../support/realms.js';

// The events are the browser's: nothing else can be dispatched to a worker that
// its waitUntil() accepts.
(hasNativeApi ? describe : describe.skip)('worker events', function () {
  this.timeout(40_000);
  afterEach(closeRealms);

  it('tells a success from dispatch to the last wait', async () => {
    const worker = await startWorker({
      hooks: true,
      script: (self, {note}) => {
        self.addEventListener('backgroundfetchsuccess', function onSuccess(e) {
          const event = e as unknown as {
            registration: {
              matchAll(): Promise<{responseReady: Promise<Response>}[]>;
            };
            updateUI(options: object): Promise<void>;
            waitUntil(promise: unknown): void;
          };
          const read = async () => {
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
    const page = await openRealm({
      scope: worker.scope,
      kind: 'window',
      hooks: true,
    });
    const manager = await page.manager();
    await manager.fetch('podcast', [resource({size: 1000})], {
      title: 'A podcast',
    });
    await until(
      async () => factsOf(await worker.entries(), 'event-finished').length,
    );
    expect(await page.unhandledSoFar()).to.deep.equal([]);
  });
});
