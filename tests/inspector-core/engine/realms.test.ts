import {expect} from '@esm-bundle/chai';
import {openFrame, runScript, type OpenFrame} from '../../support/frames.js';
import {
  startEngineWorker,
  type EngineWorker,
} from './support/engine-commands.js';
import type {RealmReport, RealmRequest} from './support/engine-realm.js';
import {openPage, type Page} from './support/pages.js';
import {crossOrigin, scripted, until} from './support/scripted.js';

const SCRIPT = new URL(
  '/classic/tests/inspector-core/engine/support/engine-realm.js',
  location.origin,
).href;
const INTERFACES = [
  'BackgroundFetchManager',
  'BackgroundFetchRecord',
  'BackgroundFetchRegistration',
];

type Target = {
  postMessage(data: unknown, ports: MessagePort[]): void;
};
type Asked = RealmRequest | 'look';

const ask = (target: Target, engine: Asked): Promise<RealmReport> => {
  const {port1, port2} = new MessageChannel();
  const answer = new Promise<RealmReport>((resolve) => {
    port1.addEventListener('message', ({data}) => {
      resolve(data as RealmReport);
    });
  });
  port1.start();
  target.postMessage({engine}, [port2]);
  return answer.finally(() => {
    port1.close();
  });
};

let worker: EngineWorker | undefined;
const frames: HTMLIFrameElement[] = [];

afterEach(async () => {
  for (const frame of frames.splice(0)) frame.remove();
  await worker?.registration.unregister();
  worker = undefined;
});

const start = async (): Promise<EngineWorker> => {
  worker = await startEngineWorker();
  return worker;
};

const request = (
  {registration}: EngineWorker,
  url: string,
  id = 'id',
): RealmRequest => ({scope: registration.scope, id, url});

/** Loads the script as the first of its document. */
const MARKUP = `<!doctype html><script src="${SCRIPT}"></script>`;

const open = async (
  attributes: Parameters<typeof openFrame>[0],
): Promise<Target & OpenFrame> => {
  const opened = await openFrame(attributes);
  frames.push(opened.frame);
  return {
    ...opened,
    postMessage: (data, ports) => {
      opened.window.postMessage(data, '*', ports);
    },
  };
};

/** Whether workers of this browser know about registrations. */
const knowsRegistrations = async (): Promise<boolean> => {
  const source = 'postMessage("serviceWorker" in navigator)';
  const url = URL.createObjectURL(new Blob([source]));
  const probe = new Worker(url);
  const known = await new Promise<boolean>((resolve) => {
    probe.addEventListener('message', ({data}) => {
      resolve(data as boolean);
    });
  });
  probe.terminate();
  URL.revokeObjectURL(url);
  return known;
};

describe('the engine in other realms', () => {
  it('is there in a dedicated worker', async () => {
    const engine = await start();
    const dedicated = new Worker(SCRIPT);
    const report = await ask(
      {
        postMessage: (data, ports) => {
          dedicated.postMessage(data, ports);
        },
      },
      (await knowsRegistrations())
        ? request(engine, scripted(1_000).url)
        : 'look',
    );
    dedicated.terminate();
    expect(report.errors).to.deep.equal([]);
    expect(report.interfaces).to.deep.equal(INTERFACES);
    if (await knowsRegistrations()) {
      expect(report.outcome).to.equal('success');
      expect(report.progress?.at(-1)).to.equal('success');
    }
  });

  it('is there in a shared worker', async () => {
    const engine = await start();
    const {port} = new SharedWorker(`${SCRIPT}?${Math.random()}`);
    const answered = new Promise<RealmReport>((resolve) => {
      port.addEventListener('message', ({data}) => {
        resolve(data as RealmReport);
      });
    });
    port.start();
    const canFetch = await knowsRegistrations();
    port.postMessage({
      engine: canFetch ? request(engine, scripted(1_000).url) : 'look',
    });
    const report = await answered;
    port.close();
    expect(report.errors).to.deep.equal([]);
    expect(report.interfaces).to.deep.equal(INTERFACES);
    if (canFetch) expect(report.outcome).to.equal('success');
  });

  it('is there in a frame of this origin', async () => {
    const engine = await start();
    const frame = await open({
      src: new URL('blank.html', engine.registration.scope).href,
    });
    await runScript(frame.window.document, SCRIPT);
    const report = await ask(frame, request(engine, scripted(1_000).url));
    expect(report).to.include({outcome: 'success'});
    expect(report.errors).to.deep.equal([]);
  });

  it('does no harm in a srcdoc frame', async () => {
    const engine = await start();
    const frame = await open({srcdoc: MARKUP});
    const report = await ask(frame, request(engine, scripted(1_000).url));
    expect(report.errors).to.deep.equal([]);
    // WebKit shows no registrations there.
    expect(report.outcome).to.match(/^(success|SecurityError: .*)$/);
  });

  it('does no harm in a sandboxed frame', async () => {
    const frame = await open({sandbox: 'allow-scripts', srcdoc: MARKUP});
    expect((await ask(frame, 'look')).errors).to.deep.equal([]);
  });

  it('does no harm in a frame of an opaque origin', async () => {
    const frame = await open({
      src: `data:text/html,${encodeURIComponent(MARKUP)}`,
    });
    expect((await ask(frame, 'look')).errors).to.deep.equal([]);
  });

  it('knows nothing of this origin in a frame of another', async () => {
    const {registration} = await start();
    const frame = await open({
      src: crossOrigin(
        `${location.origin}/script.html?${new URLSearchParams({script: new URL(SCRIPT).pathname})}`,
      ),
    });
    const url = crossOrigin(scripted(1).url);
    const scope = crossOrigin(registration.scope);
    const report = await ask(frame, {scope, id: 'id', url});
    expect(report.errors).to.deep.equal([]);
    expect(report.outcome).to.equal('no registration');
  });

  it('goes on when the frame that began it is removed', async () => {
    const engine = await start();
    const page: Page = await openPage(engine.registration.scope);
    const file = scripted(10);
    const manager = await page.manager(engine.registration.scope);
    await manager.fetch('id', [file.url, scripted(2_000_000).url]);
    page.close();
    await until(async () => (await engine.reports()).length > 0);
    expect((await engine.reports())[0]).to.deep.include({
      name: 'backgroundfetchsuccess',
      lengths: [10, 2_000_000],
    });
  });

  it('shows a result in all realms before the event is over', async () => {
    const engine = await start();
    const {scope} = engine.registration;
    const pages = [await openPage(scope), await openPage(scope)];
    const file = scripted(10, {stall: 5});
    const managers = await Promise.all(
      pages.map((page) => page.manager(scope)),
    );
    await managers[0]?.fetch('id', file.url);
    const held = await Promise.all(managers.map((each) => each.get('id')));
    const shown = new Promise<readonly (string | undefined)[]>((resolve) => {
      // Sent by the worker's handler.
      pages[1]?.window.navigator.serviceWorker.addEventListener(
        'message',
        () => {
          resolve(held.map((each) => each?.result));
        },
      );
    });
    pages[1]?.window.navigator.serviceWorker.startMessages();
    await held[0]?.abort();
    expect(await shown).to.deep.equal(['failure', 'failure']);
    for (const page of pages) page.close();
  });
});
