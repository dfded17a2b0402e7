/** §7 "Update background fetch instances": what the objects show, and when. */
import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../inspector-core/platform/background-fetch.js';
import {whenOver} from './support/ends.js';
import {release, serve, until} from './support/files.js';
import {managerOf} from './support/service-worker.js';
import {openPage} from './support/realms.js';
import {suite} from './support/suite.js';

type Shown = Pick<
  BackgroundFetchRegistration,
  'downloaded' | 'uploaded' | 'result' | 'failureReason' | 'recordsAvailable'
>;

/** What an object shows at each of its progress events. */
function listen(registration: BackgroundFetchRegistration): readonly Shown[] {
  const shown: Shown[] = [];
  registration.addEventListener('progress', () => {
    const {downloaded, uploaded, result, failureReason, recordsAvailable} =
      registration;
    shown.push({
      downloaded,
      uploaded,
      result,
      failureReason,
      recordsAvailable,
    });
  });
  return shown;
}

/** Why a fetch ended, once for each event that told it. */
function tellEnds(shown: readonly Shown[]): unknown {
  return shown
    .filter(({result}) => result !== '')
    .map(({result, failureReason}) => [result, failureReason]);
}

suite('update background fetch instances', (test) => {
  test('progress is a plain event on the registration', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, serve(9, {stall: 4}).url);
    const event = await new Promise<Event>((resolve) => {
      registration.addEventListener('progress', resolve, {once: true});
    });
    expect(event.constructor).to.equal(Event);
    expect(event.target).to.equal(registration);
    expect(event).to.include({
      type: 'progress',
      bubbles: false,
      cancelable: false,
      composed: false,
    });
    expect(registration.downloaded).to.equal(4);
  });

  test('onprogress is called with the event, on the registration', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, serve(9, {stall: 4}).url);
    const [self, event] = await new Promise<[unknown, Event]>((resolve) => {
      // oxlint-disable-next-line unicorn/prefer-add-event-listener -- what it is about
      registration.onprogress = function (this: unknown, event: Event) {
        resolve([this, event]);
      };
    });
    expect(self).to.equal(registration);
    expect(event.currentTarget ?? event.target).to.equal(registration);
  });

  test('bytes are shown as they come', async ({manager, id, worker}) => {
    const file = serve(50_000, {hold: 20_000});
    const registration = await manager.fetch(id, file.url);
    const shown = listen(registration);
    await until(() => registration.downloaded === 20_000);
    expect(registration.result).to.equal('');
    await release(file);
    await worker.event(id);
    const bytes = shown.map(({downloaded}) => downloaded);
    expect(bytes).to.deep.equal(bytes.toSorted((a, b) => a - b));
    expect(bytes.at(-1)).to.equal(50_000);
  });

  test('bytes of all records are added up', async ({manager, id}) => {
    const registration = await manager.fetch(id, [
      serve(90, {stall: 40}).url,
      serve(90, {stall: 2}).url,
    ]);
    await until(() => registration.downloaded === 42);
  });

  test('one last progress event carries the result', async (given) => {
    const file = serve(9, {hold: 3});
    const registration = await given.manager.fetch(given.id, file.url);
    const shown = listen(registration);
    await release(file);
    // It comes with no event of its own, and after all others.
    await whenOver(given, registration);
    const last = shown.filter(({result}) => result !== '');
    expect(last).to.deep.equal([
      {
        downloaded: 9,
        uploaded: 0,
        result: 'success',
        failureReason: '',
        recordsAvailable: true,
      },
    ]);
    expect(shown.at(-1)).to.equal(last[0]);
  });

  test('a failure is shown with its reason, in one event', async (given) => {
    const file = serve(9, {status: 404, holdHead: true});
    const registration = await given.manager.fetch(given.id, file.url);
    const shown = listen(registration);
    await release(file);
    await whenOver(given, registration);
    expect(tellEnds(shown)).to.deep.equal([['failure', 'bad-status']]);
  });

  test('an abort is shown with its reason, in one event', async (given) => {
    const registration = await given.manager.fetch(
      given.id,
      serve(9, {stall: 1}).url,
    );
    const shown = listen(registration);
    await registration.abort();
    await whenOver(given, registration);
    expect(tellEnds(shown)).to.deep.equal([['failure', 'aborted']]);
  });

  test('each event shows something new', async (given) => {
    const file = serve(300_000, {hold: 100_000});
    const registration = await given.manager.fetch(given.id, file.url);
    const shown = listen(registration);
    await release(file);
    await whenOver(given, registration);
    const keys = shown.map((one) => JSON.stringify(one));
    expect(new Set(keys).size).to.equal(keys.length);
  });

  test('a page has the result before the worker’s handler can tell it', async ({
    manager,
    id,
    worker,
  }) => {
    const registration = await manager.fetch(id, serve(1).url);
    const shown = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('message', (event) => {
        const {posted} = event.data as {posted: {id: string}};
        if (posted.id === id) resolve(registration.result);
      });
    });
    await worker.event(id);
    expect(await shown).to.equal('success');
  });

  test('the worker’s object shows it, too', async ({manager, id, worker}) => {
    const file = serve(9, {hold: 4});
    await manager.fetch(id, file.url);
    const before = await worker.run(async (self, id) => {
      const {backgroundFetch} = self.registration;
      const fetch = await backgroundFetch.get(id);
      if (fetch === undefined) return undefined;
      const shown: unknown[] = [];
      fetch.addEventListener('progress', () => {
        shown.push([fetch.downloaded, fetch.result]);
      });
      self['shown'] = shown;
      if (fetch.downloaded === 0) {
        await new Promise((resolve) => {
          fetch.addEventListener('progress', resolve, {once: true});
        });
      }
      return fetch.downloaded;
    }, id);
    expect(before).to.equal(4);
    await release(file);
    await worker.event(id);
    const shown = (await worker.run((self) => self['shown'])) as unknown[];
    expect(shown.at(-1)).to.deep.equal([9, 'success']);
  });

  test('another page’s object shows it, too', async ({manager, id, worker}) => {
    const page = await openPage('/conformance/none/');
    const registration =
      await page.window.navigator.serviceWorker.getRegistration(
        worker.registration.scope,
      );
    if (registration === undefined) throw new Error('It is not registered.');
    const file = serve(9, {hold: 4});
    await manager.fetch(id, file.url);
    const other = await managerOf(registration).get(id);
    if (other === undefined) throw new Error('The page does not know it.');
    const shown = listen(other);
    await until(() => other.downloaded === 4);
    await release(file);
    await until(() => other.result === 'success');
    expect(shown.at(-1)).to.include({downloaded: 9, result: 'success'});
    page.close();
  });
});
