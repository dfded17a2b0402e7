/** Pages that cannot be inspected, or only in part, and what the panel is told. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {inspectDemo, type Inspection} from './support/inspection.js';
import {assertComplete} from './support/sequences.js';

let inspection: Inspection;

before(async () => {
  inspection = await inspectDemo();
});

after(() => inspection.close());

test("Chrome's own pages: not attached, and why", async () => {
  const {page, server, inspector} = inspection;
  await page.goto('chrome://version');
  const refused = await inspector.attachment('refused');
  assert.equal(refused.reason, 'restricted-page');
  assert.match(refused.message ?? '', /chrome:\/\//);
  await page.goto(server.url);
  await inspector.attachment('attached');
});

test('about:blank: attached, with a realm of opaque origin', async () => {
  const {page, inspector} = inspection;
  const from = (await inspector.entries()).length;
  await page.goto('about:blank');
  const {fact, source} = await inspector.entry(
    'realm-opened',
    (_fact, entry) => entry.index > from && entry.source.url === 'about:blank',
  );
  assert.equal(source.kind, 'page');
  assert.equal(fact.origin, 'null');
  assertComplete(await inspector.entries());
});

test('frames: same process, sandboxed, and of another site', async () => {
  const {page, server, inspector} = inspection;
  await page.goto(server.url);
  const from = (await inspector.entries()).length;
  const foreign = server.crossOrigin.replace('127.0.0.1', 'localhost');
  const frames = [
    {src: '/catalogue.json'},
    {src: '/catalogue.json?sandboxed', sandbox: 'allow-scripts'},
    {src: `${foreign}/catalogue.json`},
  ];
  await page.evaluate((all) => {
    for (const attributes of all) {
      const element = document.createElement('iframe');
      for (const [name, value] of Object.entries(attributes)) {
        element.setAttribute(name, value);
      }
      document.body.append(element);
    }
  }, frames);
  const frame = (part: string, origin: RegExp): Promise<unknown> =>
    inspector.entry(
      'realm-opened',
      (fact, {index, source}) =>
        index > from &&
        source.kind === 'frame' &&
        source.url.includes(part) &&
        origin.test(fact.origin) &&
        fact.timing === 'before-scripts',
      {what: `a frame of ${part}`},
    );
  await frame('/catalogue.json', /^http:\/\/127\.0\.0\.1:/);
  await frame('sandboxed', /^null$/);
  await frame('localhost', /^http:\/\/localhost:/);
});

test('a dedicated worker, and one inside it', async () => {
  const {page, inspector} = inspection;
  const from = (await inspector.entries()).length;
  await page.evaluate(() => {
    const type = 'text/javascript';
    const inner = new Blob(['globalThis.isInner = true'], {type});
    const url = JSON.stringify(URL.createObjectURL(inner));
    const outer = new Blob([`new Worker(${url})`], {type});
    const worker = new Worker(URL.createObjectURL(outer));
    Reflect.set(window, 'keptWorker', worker);
  });
  const isNew = (
    _fact: unknown,
    entry: {index: number; source: {kind: string}},
  ) => entry.index > from && entry.source.kind === 'dedicated-worker';
  const outer = await inspector.entry('realm-opened', isNew);
  assert.equal(outer.fact.timing, 'before-scripts');
  await inspector.entry(
    'realm-opened',
    (fact, entry) => isNew(fact, entry) && entry.index > outer.index,
  );
  await page.evaluate(() => {
    const worker: unknown = Reflect.get(window, 'keptWorker');
    if (worker instanceof Worker) worker.terminate();
  });
  await inspector.entry(
    'realm-closed',
    ({realm, reason}) => realm === outer.source.realm && reason === 'stopped',
  );
});

test('a page whose worker is asleep: its event is seen from the start', async () => {
  const {page, inspector} = inspection;
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  const from = (await inspector.entries()).length;
  const {ids} = await page.evaluate(() => window.demo.run('not-found'));
  const opened = await inspector.entry(
    'realm-opened',
    (_fact, {index, source}) =>
      index > from && source.kind === 'service-worker',
  );
  assert.equal(opened.fact.timing, 'before-scripts');
  const {fact, source} = await inspector.entry(
    'event-dispatched',
    ({registration}) => registration.id === ids[0],
  );
  assert.equal(fact.name, 'backgroundfetchfail');
  assert.equal(source.realm, opened.source.realm);
  assert.equal(fact.handlers, 1);
  assertComplete(await inspector.entries());
});

test('a navigation clears the log, unless it is to be kept', async () => {
  const {page, inspector} = inspection;
  const indexAfter = async (
    type: 'page-navigated' | 'log-cleared' | 'realm-opened',
    from: number,
  ): Promise<number> =>
    (
      await inspector.entry(
        type,
        (_fact, {index, source}) =>
          index > from && source.kind !== 'service-worker',
      )
    ).index;
  await inspector.execute({type: 'preserve-log', preserve: false});
  const from = (await inspector.entries()).length;
  await page.reload();
  const navigated = await indexAfter('page-navigated', from);
  const cleared = await indexAfter('log-cleared', from);
  const opened = await indexAfter('realm-opened', from);
  assert.ok(navigated < cleared && cleared < opened);
  await inspector.execute({type: 'preserve-log', preserve: true});
  await page.reload();
  await indexAfter('realm-opened', opened);
  const kept = await inspector.entriesOf('log-cleared');
  assert.equal(kept.at(-1)?.index, cleared);
});

test('the user closes the banner: said, and taken up again at a click', async () => {
  const {page, inspector} = inspection;
  // What Chrome tells the extension when its bar is closed; headless has none.
  await inspector.frame.evaluate(async () => {
    const {tabId} = chrome.devtools.inspectedWindow;
    await chrome.debugger.detach({tabId});
    const {onDetach} = chrome.debugger as unknown as {
      onDetach: {dispatch(...args: unknown[]): void};
    };
    onDetach.dispatch({tabId}, 'canceled_by_user');
  });
  const detached = await inspector.attachment('detached');
  assert.equal(detached.reason, 'canceled-by-user');
  // A new document does not undo what the user wanted.
  await page.reload();
  await page.evaluate(() => window.demo.ready);
  assert.equal((await inspector.attachment('detached')).state, 'detached');
  assert.deepEqual(await inspector.execute({type: 'start-recording'}), {
    ok: true,
  });
  await inspector.attachment('attached');
});

test('Trusted Types hold in the panel, and nothing trips over them', async () => {
  const {page, inspector} = inspection;
  const panel = await inspector.showPanel();
  await panel.evaluate(() => {
    const violations: string[] = [];
    Reflect.set(window, 'violations', violations);
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.violatedDirective} ${event.sample}`);
    });
  });
  await page.evaluate(() => window.demo.run('partly-missing'));
  // The panel has drawn it, and did so under the policy.
  await panel.waitForFunction(
    () =>
      document
        .querySelector('bgf-panel')
        ?.shadowRoot?.querySelector('bgf-timeline') instanceof Element,
  );
  const violations = await panel.evaluate(() =>
    Reflect.get(window, 'violations'),
  );
  assert.deepEqual(violations, []);
  const thrown = await panel.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<b>x</b>';
      return 'nothing';
    } catch (error) {
      return error instanceof Error ? error.name : 'something';
    }
  });
  assert.equal(thrown, 'TypeError');
});
