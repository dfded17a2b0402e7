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
import {rejection} from '../support/scripted.js';

let patches: Patches;

/** A browser's manager, over which an engine lies whose worker is silent. */
const makeManager = async (
  route: RouteSetting,
  judge?: GraftedManagers['judge'],
) => {
  class NativeManager {
    fetch(id: string, requests: Iterable<string> = []): Promise<string> {
      return Promise.resolve([`native ${id}`, ...requests].join(' '));
    }
    get(id: string): Promise<string | undefined> {
      if (id === '') return Promise.reject(new TypeError('No id.'));
      return Promise.resolve(id === 'known' ? 'native known' : undefined);
    }
    getIds(): Promise<readonly string[]> {
      return Promise.resolve(['known']);
    }
  }
  const silent = (): Promise<never> =>
    Promise.reject(new DOMException('The worker is silent.', 'AbortError'));
  const own = {fetch: silent, get: silent, getIds: silent};
  const routing = new Routing(route, true, async () => true);
  graftManager(patches, NativeManager.prototype, {
    ownOf: () => () => own as unknown as BackgroundFetchManager,
    judge: judge ?? (() => expect.fail('Nobody wants to judge.')),
    routing,
  });
  routing.isJudged = judge !== undefined;
  await routing.found;
  return new NativeManager();
};

describe('graftManager', () => {
  beforeEach(() => {
    patches = createPatches(() => expect.fail('Nothing is frozen.'));
  });

  afterEach(() => patches.restore());

  it('answers for the browser alone where the worker has no engine', async () => {
    for (const route of ['auto', 'native'] as const) {
      const manager = await makeManager(route);
      expect(await manager.fetch('id')).to.equal('native id');
      expect(await manager.get('known')).to.equal('native known');
      expect(await manager.get('other')).to.equal(undefined);
      expect(await manager.getIds()).to.deep.equal(['known']);
      expect(await rejection(manager.get(''))).to.match(/Error/);
    }
  });

  it('tells who wants the engine that it does not answer', async () => {
    const manager = await makeManager('emulated');
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
    const manager = await makeManager('native', async (_manager, call) => {
      asked.push(call);
      return call.fetchId === 'denied'
        ? {name: 'TypeError', message: 'This origin does not have permission.'}
        : undefined;
    });
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
    const manager = await makeManager('native', () =>
      Promise.reject(new DOMException('The worker is silent.', 'AbortError')),
    );
    expect(await manager.fetch('id', ['/a'])).to.equal('native id /a');
    // Nor what is no request at all.
    expect(await manager.fetch('id', ['http://'])).to.equal(
      'native id http://',
    );
  });
});
