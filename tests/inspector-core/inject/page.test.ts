/** `page.js` where it is not the script of an ordinary page. */
import {expect} from '@esm-bundle/chai';

const SCRIPT = new URL(
  '/classic/inspector-core/inject/page.js',
  location.origin,
).href;

const INTERFACES = [
  'BackgroundFetchManager',
  'BackgroundFetchRecord',
  'BackgroundFetchRegistration',
];

/** Tells which interfaces there are, and what was reported, once all is quiet. */
const REPORT = `
  const errors = [];
  for (const type of ['error', 'unhandledrejection']) {
    addEventListener(type, ({message, reason}) => {
      errors.push(String(message ?? reason));
    });
  }
  const report = (send) => setTimeout(() => send({
    interfaces: Object.getOwnPropertyNames(globalThis)
      .filter((name) => name.startsWith('BackgroundFetch'))
      .sort(),
    errors,
  }));
`;

const nextMessage = (source: EventTarget): Promise<unknown> =>
  new Promise((resolve) => {
    const hear = (event: Event): void => {
      resolve((event as MessageEvent<unknown>).data);
    };
    source.addEventListener('message', hear, {once: true});
  });

describe('page.js', () => {
  it('does for a dedicated worker, too', async () => {
    const source = `${REPORT} importScripts('${SCRIPT}'); report(postMessage);`;
    const url = URL.createObjectURL(new Blob([source]));
    const worker = new Worker(url);
    const told = await nextMessage(worker);
    worker.terminate();
    URL.revokeObjectURL(url);
    expect(told).to.deep.equal({interfaces: INTERFACES, errors: []});
  });

  it('comes into a realm that has spoilt what descriptors inherit', async () => {
    const source = `
      for (const name of ['get', 'set', 'value', 'writable']) {
        Object.prototype[name] = () => {};
      }
      importScripts('${SCRIPT}');
      const [manager, inspector, engine] = [
        'BackgroundFetchManager',
        'bgfInspector',
        Symbol.for('background-fetch-engine'),
      ].map((name) => Object.getOwnPropertyDescriptor(globalThis, name)?.value);
      postMessage([
        typeof manager,
        typeof inspector?.conditions?.apply,
        typeof engine?.choose,
      ]);
    `;
    const url = URL.createObjectURL(new Blob([source]));
    const worker = new Worker(url);
    const told = await nextMessage(worker);
    worker.terminate();
    URL.revokeObjectURL(url);
    expect(told).to.deep.equal(['function', 'function', 'function']);
  });

  it('gives the interfaces to a frame of an opaque origin, quietly', async () => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    frame.srcdoc = `<script>${REPORT}</script>
      <script src="${SCRIPT}"></script>
      <script>
        addEventListener('load', () => {
          report((told) => parent.postMessage(told, '*'));
        });
      </script>`;
    const answer = nextMessage(window);
    document.body.append(frame);
    expect(await answer).to.deep.equal({interfaces: INTERFACES, errors: []});
    frame.remove();
  });
});
