/** Both routes, through the scripts that a page and its worker load first. */
import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../../inspector-core/platform/background-fetch.js';
import type {FetchAction} from '../../../inspector-core/protocol/protocol.js';
import type {RecordState} from '../../../inspector-core/projections/fetch-state.js';
import {StandaloneSession} from '../../../panel/standalone/session.js';
import {inject, openFrame} from '../../support/frames.js';
import {scripted, until} from '../engine/support/scripted.js';
import {
  closeSites,
  openSite as open,
  rejection,
  type Site,
} from './support/site.js';

const HAS_NATIVE = 'BackgroundFetchManager' in globalThis;

afterEach(closeSites);

const isEmulated = (
  {engine}: Site,
  registration: BackgroundFetchRegistration | undefined,
): boolean => engine?.isEmulated(registration) === true;

describe('the route of a fetch', () => {
  it('is the engine’s, where it is asked for', async () => {
    const site = await open('emulated');
    const {url} = scripted(100_000);
    const registration = await site.manager.fetch('id', url);
    expect(isEmulated(site, registration)).to.equal(true);
    expect(registration).to.be.instanceOf(
      Reflect.get(site.window, 'BackgroundFetchRegistration'),
    );
    expect(await site.ended('id')).to.deep.equal({
      ended: 'id',
      name: 'backgroundfetchsuccess',
      isEvent: true,
      isRegistration: true,
      canBeRemade: true,
      sizes: [100_000],
    });
    expect(registration.result).to.equal('success');
  });

  it('is by itself the browser’s own, if it has one', async () => {
    const site = await open();
    const {url} = scripted(1_000, {stall: 500});
    const registration = await site.manager.fetch('id', url);
    expect(isEmulated(site, registration)).to.equal(!HAS_NATIVE);
    expect(site.engine?.choose([])).to.deep.equal(
      HAS_NATIVE
        ? {route: 'native', why: 'default'}
        : {route: 'emulated', why: 'no-native'},
    );
    await registration.abort();
    expect((await site.ended('id')).name).to.equal('backgroundfetchabort');
  });

  it('is the engine’s, where conditions apply to the call', async () => {
    const session = new StandaloneSession();
    await session.execute({type: 'start-recording'});
    const site = await open();
    const rules = [
      {match: {fetchId: 'shaped'}, effect: {type: 'status', status: 404}},
    ] as const;
    const set = await session.execute({
      type: 'set-conditions',
      conditions: {version: 1, rules},
    });
    expect(set).to.deep.equal({ok: true});
    await until(() => site.engine?.choose(['shaped', '/']).route !== 'native');
    const {url} = scripted(1_000, {stall: 500});
    const shaped = await site.manager.fetch('shaped', url);
    const other = await site.manager.fetch('other', scripted(1_000).url);
    expect(isEmulated(site, shaped)).to.equal(true);
    expect(isEmulated(site, other)).to.equal(!HAS_NATIVE);
    expect(site.engine?.choose(['shaped', url])).to.deep.equal({
      route: 'emulated',
      why: HAS_NATIVE ? 'conditions' : 'no-native',
    });
    const {name} = await site.ended('shaped');
    expect([name, shaped.failureReason]).to.deep.equal([
      'backgroundfetchfail',
      'bad-status',
    ]);
    await session.execute({
      type: 'set-conditions',
      conditions: {version: 1},
    });
    await until(
      () => site.engine?.choose(['shaped', url]).why !== 'conditions',
    );
    await session.execute({type: 'stop-recording'});
  });

  it('is not there, where the browser’s own is asked for and missing', async function () {
    if (HAS_NATIVE) this.skip();
    const {window} = await openFrame({src: '/blank.html'});
    await inject(window, {route: 'native'});
    expect(Reflect.has(window, 'BackgroundFetchManager')).to.equal(false);
  });

  it('is chosen at each call, and each answers for its own', async function () {
    if (!HAS_NATIVE) this.skip();
    const site = await open();
    const {manager, engine} = site;
    const slow = (): string => scripted(1_000, {stall: 500}).url;
    const native = await manager.fetch('native', slow());
    engine?.setRoute('emulated');
    const emulated = await manager.fetch('emulated', slow());
    expect(
      [native, emulated].map((each) => isEmulated(site, each)),
    ).to.deep.equal([false, true]);
    expect(await manager.getIds()).to.have.members(['native', 'emulated']);
    expect((await manager.get('native'))?.id).to.equal('native');
    expect(await manager.get('emulated')).to.equal(emulated);
    expect(await rejection(manager.fetch('native', slow()))).to.match(
      /^TypeError: There already is a registration/,
    );
    engine?.setRoute('native');
    expect(await rejection(manager.fetch('emulated', slow()))).to.match(
      /^TypeError: There already is a registration/,
    );
    expect(await Promise.all([native.abort(), emulated.abort()])).to.deep.equal(
      [true, true],
    );
    const events = await Promise.all(
      ['native', 'emulated'].map(async (id) => (await site.ended(id)).name),
    );
    expect(events).to.deep.equal([
      'backgroundfetchabort',
      'backgroundfetchabort',
    ]);
  });

  it('leaves no trace in a page that uses the browser’s own', async function () {
    if (!HAS_NATIVE) this.skip();
    const site = await open();
    await site.manager.getIds();
    const databases = await site.window.indexedDB.databases();
    const before = await indexedDB.databases();
    expect(databases.length).to.equal(before.length);
    const {prototype} = Reflect.get(site.window, 'BackgroundFetchManager') as {
      prototype: object;
    };
    const fetch: unknown = Reflect.get(prototype, 'fetch');
    expect(String(fetch)).to.equal('function fetch() { [native code] }');
    expect(fetch).to.include({name: 'fetch', length: 2});
  });
});

describe('an inspector of an emulated fetch', () => {
  it('has its attempts from the worker, and the bytes of each record', async () => {
    const id = `seen-${Math.random()}`;
    const session = new StandaloneSession();
    await session.execute({type: 'start-recording'});
    const site = await open('emulated');
    const files = [scripted(200_000), scripted(500, {status: 404})];
    await site.manager.fetch(
      id,
      files.map(({url}) => url),
    );
    await site.ended(id);
    const records = (): readonly RecordState[] =>
      [...session.store.state.fetches.all.values()].find(
        (fetch) => fetch.id === id,
      )?.records ?? [];
    await until(() =>
      [0, 1].every(
        (place) => records()[place]?.attempts.at(-1)?.finishedAt !== undefined,
      ),
    );
    expect(
      records().map(({attempts: [first, ...more]}) => [
        first?.status,
        first?.received,
        first?.error,
        more.length,
      ]),
    ).to.deep.equal([
      [200, 200_000, undefined, 0],
      [404, 500, undefined, 0],
    ]);
    await session.execute({type: 'stop-recording'});
  });
});

describe('what its user does to a fetch', () => {
  it('pauses it, lets it go on, and clicks on it', async () => {
    const site = await open('emulated');
    const scope = new URL('.', site.window.location.href).href;
    const control = (action: FetchAction): Promise<unknown> | undefined =>
      site.engine?.control({scope, id: 'id', action});
    const file = scripted(1_000_000, {stall: 300_000}, {});
    const registration = await site.manager.fetch('id', file.url);
    await until(async () => (await file.log()).length === 1);
    expect(await control('resume')).to.deep.equal({
      ok: false,
      message: 'The fetch is not paused.',
    });
    expect(await control('pause')).to.deep.equal({ok: true});
    // Not to read would be no pause: what is under way is given up.
    await until(async () => (await file.log())[0]?.end === 'closed');
    expect(await control('click')).to.deep.equal({ok: true});
    const {name} = await site.ended('id', 'backgroundfetchclick');
    expect(name).to.equal('backgroundfetchclick');
    expect(registration.result).to.equal('');
    expect(await control('resume')).to.deep.equal({ok: true});
    const {sizes} = await site.ended('id', 'backgroundfetchsuccess');
    expect(sizes).to.deep.equal([1_000_000]);
    expect(await control('abort')).to.deep.include({ok: false});
  });

  it('aborts it', async () => {
    const site = await open('emulated');
    const scope = new URL('.', site.window.location.href).href;
    const {url} = scripted(1_000, {stall: 500});
    const registration = await site.manager.fetch('id', url);
    expect(
      await site.engine?.control({scope, id: 'id', action: 'abort'}),
    ).to.deep.equal({ok: true});
    await site.ended('id', 'backgroundfetchabort');
    expect(registration.failureReason).to.equal('aborted');
  });

  it('is, of the browser’s own, to abort it', async function () {
    if (!HAS_NATIVE) this.skip();
    const site = await open();
    const scope = new URL('.', site.window.location.href).href;
    const {url} = scripted(1_000, {stall: 500});
    await site.manager.fetch('id', url);
    const control = (action: FetchAction): Promise<unknown> | undefined =>
      site.engine?.control({scope, id: 'id', action});
    expect(await control('pause')).to.deep.include({ok: false});
    expect(await control('abort')).to.deep.equal({ok: true});
    await site.ended('id', 'backgroundfetchabort');
    expect(await control('abort')).to.deep.include({ok: false});
  });
});
