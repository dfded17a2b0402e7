/** What a debugger's inspector leaves in a page, once it has gone. */
import {expect} from '@esm-bundle/chai';
import {createDebuggerEnd} from '../../../inspector-core/bridge/bridge.js';
import {wrapAgent} from '../../../inspector-core/bridge/collector/agent-proxy.js';
import {BINDING} from '../../../inspector-core/bridge/endpoints/debugger-names.js';
import type {Engine} from '../../../inspector-core/engine/engine.js';
import type {RealmCommand} from '../../../inspector-core/protocol/protocol.js';
import {inject, openFrame, type RealmWindow} from '../../support/frames.js';
import {
  call,
  closeRealms,
  hasNativeApi,
  startWorker,
} from '../../support/realms.js';
import {rejection} from './support/site.js';

type Run = (text: string) => void;

/** Injects the hook as DevTools does, and gives the way to command it. */
async function attach(window: RealmWindow) {
  const end = createDebuggerEnd((functionDeclaration, argument) => {
    (window.eval(`(${functionDeclaration})`) as Run)(argument);
  });
  Reflect.set(window, BINDING, (text: string) => end.receive(text));
  await inject(window, {channel: 'debugger'});
  const {signal} = new AbortController();
  const agent = wrapAgent({
    endpoint: end.endpoint,
    signal,
    place: '',
    kinds: [],
  });
  return async (command: RealmCommand): Promise<void> => {
    expect(await agent.execute(command)).to.deep.equal({ok: true});
  };
}

describe('an inspector that leaves', () => {
  afterEach(closeRealms);

  it('takes its conditions with it, though the engine stays', async function () {
    if (!hasNativeApi) this.skip();
    const {scope} = await startWorker();
    const {window, frame} = await openFrame({src: `${scope}blank.html`});
    const execute = await attach(window);
    const {serviceWorker} = window.navigator;
    const registration = await serviceWorker.getRegistration(scope);
    const manager = Reflect.get(
      Object(registration),
      'backgroundFetch',
    ) as object;
    const engine = Reflect.get(
      window,
      Symbol.for('background-fetch-engine'),
    ) as Engine;

    // By one call the engine is in use: from then on it has to stay.
    await execute({type: 'set-route', route: 'emulated'});
    const refused = rejection(call(manager, 'fetch') as Promise<unknown>);
    expect(await refused).to.match(/^TypeError/);
    await execute({type: 'set-route', route: 'auto'});
    await execute({
      type: 'set-conditions',
      conditions: {version: 1, offline: true},
    });
    expect(engine.choose(['id', '/'])).to.deep.equal({
      route: 'emulated',
      why: 'conditions',
    });
    await execute({type: 'uninstall-hook'});
    expect(engine.remove()).to.equal(false);
    expect(engine.choose(['id', '/'])).to.deep.equal({
      route: 'native',
      why: 'default',
    });
    frame.remove();
  });
});
