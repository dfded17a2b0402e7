/** The injected scripts among those of other people. */
import {expect} from '@esm-bundle/chai';
import {scripted, until} from '../engine/support/scripted.js';
import {closeSites, openSite, rejection, type Others} from './support/site.js';

afterEach(closeSites);

/** All that an app does with a fetch, from its page and in its worker. */
async function useAll(others: Others): Promise<void> {
  const site = await openSite('emulated', others);
  const {manager} = site;
  const small = scripted(1_000);
  const large = scripted(1_000_000);
  const sent = new Request(small.url, {method: 'POST', body: 'sent'});
  const registration = await manager.fetch('id', [large.url, sent]);
  const progress = new Promise((resolve) => {
    registration.addEventListener('progress', resolve, {once: true});
  });
  expect(await manager.getIds()).to.deep.equal(['id']);
  const record = await registration.match(large.url);
  const response = await record?.responseReady;
  expect((await response?.blob())?.size).to.equal(1_000_000);
  expect(Object.prototype.toString.call(await progress)).to.equal(
    '[object Event]',
  );
  expect((await site.ended('id')).sizes).to.deep.equal([1_000_000, 1_000]);
  await until(() => registration.result === 'success');
  expect(await manager.get('id')).to.equal(undefined);
  const slow = await manager.fetch('slow', scripted(10, {stall: 5}).url);
  expect(await slow.abort()).to.equal(true);
  expect((await site.ended('slow')).name).to.equal('backgroundfetchabort');
  expect(Reflect.get(site.window, 'bgfInspector')).to.be.an('object');
}

describe('an app beside other scripts', function () {
  // Each starts a worker of its own, which takes Firefox seconds under load.
  this.timeout(60_000);

  it('has names of its own for what the browser has', async () => {
    await useAll(['replaceGlobals']);
  });

  it('lets its fetches be paused, whatever it makes of timers', async () => {
    const site = await openSite('emulated', ['replaceGlobals']);
    const {scope} = site;
    const file = scripted(10, {stall: 5}, {});
    await site.manager.fetch('id', file.url);
    await until(async () => (await file.log()).length === 1);
    for (const action of ['pause', 'resume'] as const) {
      expect(
        await site.engine?.control({scope, id: 'id', action}),
      ).to.deep.equal({ok: true});
    }
    expect((await site.ended('id')).sizes).to.deep.equal([10]);
  });

  it('came after a library that replaced Promise', async () => {
    await useAll(['replacePromise']);
  });

  it('is told at once that nothing may be stored', async () => {
    const {manager} = await openSite('emulated', ['forbidStorage']);
    expect(await rejection(manager.fetch('id', '/'))).to.equal(
      'TypeError: Failed to store registration due to I/O error.',
    );
    expect(await manager.get('id')).to.equal(undefined);
    expect(await manager.getIds()).to.deep.equal([]);
  });
});
