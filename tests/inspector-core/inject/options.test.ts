/** What a page may say before `dist/inject/page.js` runs. */
import {expect} from '@esm-bundle/chai';
import {inject, openFrame, type RealmWindow} from '../../support/frames.js';
import type {Told} from './support/wrong-worker.js';

const KEY = Symbol.for('background-fetch-inspector');

const SAYS = 'Background Fetch Inspector:';

/** A fresh realm of this origin in which the script ran, and what it was told. */
async function injectInto(
  options: unknown,
  told: string[] = [],
): Promise<RealmWindow> {
  const {window} = await openFrame({src: '/blank.html'});
  window.console.warn = (text: string): void => void told.push(text);
  await inject(window, options);
  return window;
}

const isHooked = (realm: Window): boolean => Reflect.has(realm, KEY);

describe('globalThis.bgfInspector', () => {
  afterEach(() => {
    document.querySelectorAll('iframe').forEach((frame) => frame.remove());
  });

  it('need not be there', async () => {
    expect(isHooked(await injectInto(undefined))).to.equal(true);
  });

  it('leaves the realm alone with `record: false`', async () => {
    expect(isHooked(await injectInto({record: false}))).to.equal(false);
  });

  it('may hold what this version does not know, and is told of', async () => {
    const told: string[] = [];
    const realm = await injectInto(
      {
        record: true,
        route: 'native',
        rout: 'emulated',
        get trap(): never {
          throw new Error('read');
        },
      },
      told,
    );
    expect(isHooked(realm)).to.equal(true);
    expect(told).to.deep.equal([
      `${SAYS} bgfInspector: there is no option rout, trap. Those there are: ` +
        'route, profile, conditions, record.',
    ]);
  });

  it('counts as not said where it is wrong, and that is told', async () => {
    const told: string[] = [];
    const realm = await injectInto(
      {
        record: 'no',
        route: 'emulate',
        get profile(): never {
          throw new Error('It is not to be had.');
        },
      },
      told,
    );
    expect(isHooked(realm)).to.equal(true);
    expect(told).to.have.members([
      `${SAYS} bgfInspector.record: expected true or false, got "no".`,
      `${SAYS} bgfInspector.route: expected one of auto, native, emulated, got "emulate".`,
      // It is not one of its own errors.
      `${SAYS} Error: It is not to be had.`,
    ]);
  });

  it('is an object', async () => {
    const told: string[] = [];
    expect(isHooked(await injectInto('emulated', told))).to.equal(true);
    expect(told).to.deep.equal([
      `${SAYS} bgfInspector: expected an object, got "emulated".`,
    ]);
  });

  it('has no say where an earlier script froze what the API comes into', async function () {
    if ('BackgroundFetchManager' in globalThis) this.skip();
    const told: string[] = [];
    const {window} = await openFrame({src: '/blank.html'});
    window.console.warn = (text: string): void => void told.push(text);
    Object.freeze(window.ServiceWorkerRegistration.prototype);
    await inject(window);
    expect(isHooked(window)).to.equal(true);
    expect(told).to.deep.equal([
      `${SAYS} backgroundFetch cannot be defined. Load this first.`,
    ]);
    expect(Reflect.has(window, 'BackgroundFetchManager')).to.equal(false);
  });

  it('is right as it is in the docs, and a second time', async () => {
    const told: string[] = [];
    const options = {route: 'emulated', profile: 'spec', record: true};
    const realm = await injectInto(options, told);
    await inject(realm);
    expect(told).to.deep.equal([]);
  });
});

describe('a worker', () => {
  const WORKER = '/classic/tests/inspector-core/inject/support/wrong-worker.js';
  let registration: ServiceWorkerRegistration | undefined;

  afterEach(() => registration?.unregister());

  /** What a worker says of these options, after these scripts. */
  const load = async (
    options: object,
    ...scripts: readonly string[]
  ): Promise<Told> => {
    const query = new URLSearchParams([
      ['options', JSON.stringify(options)],
      ...scripts.map((script): [string, string] => ['script', script]),
    ]);
    const scope = `/options-${Date.now()}-${Math.random()}/`;
    registration = await navigator.serviceWorker.register(
      `${WORKER}?${query}`,
      {scope},
    );
    const {port1, port2} = new MessageChannel();
    const answer = new Promise<Told>((resolve) => {
      port1.addEventListener('message', ({data}) => resolve(data as Told));
    });
    port1.start();
    const {installing, waiting, active} = registration;
    (installing ?? waiting ?? active)?.postMessage('', [port2]);
    return answer;
  };

  it('is told what is wrong with its conditions', async () => {
    const conditions = {version: 1, rules: [{effect: {type: 'melt'}}]};
    const {told} = await load({conditions}, 'conditions', 'worker');
    expect(told).to.have.length(1);
    expect(told[0]).to.contain(`${SAYS} conditions.rules[0].effect.type:`);
  });

  it('is told that its conditions have no version', async () => {
    const conditions = {offline: true};
    const {told} = await load({conditions}, 'conditions', 'worker');
    expect(told).to.deep.equal([
      `${SAYS} conditions.version: expected 1, got undefined.`,
    ]);
  });

  it('is told that conditions need their script', async () => {
    const conditions = {version: 1, offline: true};
    const {told} = await load({conditions}, 'worker');
    expect(told).to.deep.equal([
      `${SAYS} To set conditions here, load conditions.js before worker.js.`,
    ]);
  });

  it('is told of the page’s script, which does nothing there', async () => {
    expect(await load({}, 'page', 'conditions', 'worker')).to.deep.equal({
      told: [
        `${SAYS} page.js does nothing in a service worker. Load worker.js there.`,
      ],
      hasEngine: true,
    });
  });

  it('is told nothing if all is right, also of scripts that came twice', async () => {
    const conditions = {version: 1, offline: true};
    const scripts = ['conditions', 'worker', 'conditions', 'worker'];
    expect(await load({conditions}, ...scripts)).to.deep.equal({
      told: [],
      hasEngine: true,
    });
  });
});
