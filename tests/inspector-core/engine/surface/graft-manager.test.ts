import {expect} from '@esm-bundle/chai';
import {Routing} from '../../../../inspector-core/engine/routing.js';
import type {BackgroundFetchManager} from '../../../../inspector-core/engine/surface/background-fetch-manager.js';
import {
  graftManager,
  type GraftedManagers,
} from '../../../../inspector-core/engine/surface/graft-manager.js';
import {
  createPatches,
  type Patches,
} from '../../../../inspector-core/platform/patch.js';
import type {RouteSetting} from '../../../../inspector-core/protocol/route.js';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {rejection, until} from '../support/scripted.js';

let patches: Patches;

type Own = Readonly<Record<'fetch' | 'get' | 'getIds', () => Promise<unknown>>>;

const refusal = (): Promise<never> =>
  Promise.reject(new DOMException('The worker is silent.', 'AbortError'));
/** What the browser's own manager answers. */
const IDS: readonly string[] = ['known'];
const REFUSING: Own = {fetch: refusal, get: refusal, getIds: refusal};

/** A browser's manager, over which an engine lies. */
const makeManager = async (
  route: RouteSetting,
  {
    own = REFUSING,
    isUsed = async () => true,
    judge,
  }: Partial<Pick<GraftedManagers, 'judge'>> & {
    readonly own?: Own;
    readonly isUsed?: () => Promise<boolean>;
  } = {},
) => {
  const clock = createManualClock();
  const begun: string[] = [];
  class NativeManager {
    fetch(
      id: string,
      requests: Iterable<string> = [],
      {title = ''} = {},
    ): Promise<string> {
      begun.push(id);
      const words = [`native ${id}`, ...requests, title];
      return Promise.resolve(words.join(' ').trim());
    }
    get(id: string): Promise<string | undefined> {
      if (id === '') return Promise.reject(new TypeError('No id.'));
      return Promise.resolve(id === 'known' ? 'native known' : undefined);
    }
    getIds(): Promise<readonly string[]> {
      return Promise.resolve(IDS);
    }
  }
  const routing = new Routing(route, true, isUsed);
  graftManager(patches, NativeManager.prototype, {
    ownOf: () => () => own as unknown as BackgroundFetchManager,
    judge: judge ?? (() => expect.fail('Nobody wants to judge.')),
    routing,
    clock,
  });
  if (judge !== undefined) {
    routing.concern = {mayReject: true, isOf: () => false};
  }
  await routing.found;
  return {manager: new NativeManager(), clock, begun};
};

describe('graftManager', () => {
  beforeEach(() => {
    patches = createPatches(() => expect.fail('Nothing is frozen.'));
  });

  afterEach(() => patches.restore());

  it('answers for the browser alone where the worker has no engine', async () => {
    for (const route of ['auto', 'native'] as const) {
      const {manager} = await makeManager(route);
      expect(await manager.fetch('id', ['/a'])).to.equal('native id /a');
      expect(await manager.get('known')).to.equal('native known');
      expect(await manager.get('other')).to.equal(undefined);
      expect(await manager.getIds()).to.deep.equal(['known']);
      expect(await rejection(manager.get(''))).to.match(/Error/);
    }
  });

  it('tells who wants the engine that it does not answer', async () => {
    const {manager} = await makeManager('emulated');
    for (const asked of [
      manager.fetch('id'),
      manager.get('other'),
      manager.getIds(),
    ]) {
      expect(await rejection(asked)).to.include('The worker is silent.');
    }
    expect(await manager.get('known')).to.equal('native known');
  });

  it('rejects a native call as the browser would, where it is judged so', async () => {
    const asked: unknown[] = [];
    const judge: GraftedManagers['judge'] = async (_manager, call) => {
      asked.push(call);
      return call.fetchId === 'denied'
        ? {name: 'TypeError', message: 'This origin does not have permission.'}
        : undefined;
    };
    const {manager} = await makeManager('native', {judge});
    const url = `${location.origin}/a`;
    const error: unknown = await manager.fetch('denied', ['/a']).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(TypeError);
    expect(error).to.have.property('stack', String(error));
    expect(asked).to.deep.equal([
      {fetchId: 'denied', requests: [{url, method: 'GET'}]},
    ]);
    // Whoever is let through is so with all that was given.
    const given = ['/a', '/b'].values();
    expect(await manager.fetch('let-through', given)).to.equal(
      'native let-through /a /b',
    );
  });

  it('lets the browser decide where nobody judges', async () => {
    const {manager} = await makeManager('native', {judge: refusal});
    expect(await manager.fetch('id', ['/a'])).to.equal('native id /a');
    // Nor what is no request at all.
    expect(await manager.fetch('id', ['http://'])).to.equal(
      'native id http://',
    );
  });

  it('waits for a worker that does not answer, ten seconds, and once', async () => {
    let answer: (ids: readonly string[]) => void = () => {};
    const silence = (): Promise<never> => new Promise(() => {});
    const own: Own = {
      fetch: silence,
      get: silence,
      getIds: () => new Promise((resolve) => (answer = resolve)),
    };
    const {manager, clock} = await makeManager('auto', {own});
    const first = manager.get('other');
    await until(() => clock.due.length === 1);
    await clock.advance(9_999);
    expect(clock.due).to.have.length(1);
    await clock.advance(1);
    expect(await first).to.equal(undefined);
    expect(await manager.getIds()).to.deep.equal(['known']);
    // It has only been slow: from now on it is waited for again.
    answer([]);
    const asked = manager.getIds();
    await until(() => clock.due.length === 1);
    answer(['emulated']);
    expect(await asked).to.deep.equal(['known', 'emulated']);
    expect(clock.due).to.deep.equal([]);
  });

  it('refuses an id that the engine has, before the browser begins', async () => {
    const own: Own = {...REFUSING, getIds: async () => ['taken']};
    const {manager, begun} = await makeManager('auto', {own});
    expect(await rejection(manager.fetch('taken', ['/a']))).to.match(
      /^TypeError: There already is/,
    );
    expect(begun).to.deep.equal([]);
    expect(await manager.fetch('free', ['/a'])).to.equal('native free /a');
  });

  it('gives the browser what the call was given, whatever becomes of it', async () => {
    const own: Own = {...REFUSING, getIds: async () => []};
    const {manager} = await makeManager('auto', {own});
    const requests = ['/a', '/b'];
    const options = {title: 'Title'};
    const fetching = manager.fetch('id', requests, options);
    requests.length = 0;
    options.title = 'Changed';
    expect(await fetching).to.equal('native id /a /b Title');
  });

  it('leaves to the browser what misses an argument', async () => {
    const own: Own = {...REFUSING, getIds: async () => []};
    const {manager} = await makeManager('auto', {own});
    expect(await manager.fetch('id')).to.equal('native id');
  });

  it('adds nothing to the browser’s answer where the engine has nothing', async () => {
    const own: Own = {...REFUSING, getIds: async () => []};
    const {manager} = await makeManager('auto', {own});
    expect(await manager.getIds()).to.equal(IDS);
  });

  it('answers for both once another page has begun to emulate', async () => {
    const state = {isUsed: false};
    const own: Own = {...REFUSING, getIds: async () => ['emulated']};
    const isUsed = async (): Promise<boolean> => state.isUsed;
    const {manager} = await makeManager('auto', {own, isUsed});
    expect(await manager.getIds()).to.deep.equal(['known']);
    state.isUsed = true;
    // The call that brings it to light has gone to the browser by then.
    expect(await manager.getIds()).to.deep.equal(['known']);
    await until(async () => (await manager.getIds()).length === 2);
    expect(await manager.getIds()).to.deep.equal(['known', 'emulated']);
  });
});
