import {expect} from '@esm-bundle/chai';
import {Routing} from '../../../../inspector-core/engine/routing.js';
import type {BackgroundFetchManager} from '../../../../inspector-core/engine/surface/background-fetch-manager.js';
import {graftManager} from '../../../../inspector-core/engine/surface/graft-manager.js';
import {
  createPatches,
  type Patches,
} from '../../../../inspector-core/platform/patch.js';
import type {RouteSetting} from '../../../../inspector-core/protocol/route.js';
import {rejection} from '../support/scripted.js';

let patches: Patches;

/** A browser's manager, over which an engine lies whose worker is silent. */
const makeManager = async (route: RouteSetting) => {
  class NativeManager {
    fetch(id: string): Promise<string> {
      return Promise.resolve(`native ${id}`);
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
    routing,
  });
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
});
