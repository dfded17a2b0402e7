/** Pages that lie, or stand in the way: the panel says so, and nothing else. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'puppeteer-core';
import {inspectDemo, type Inspection} from './support/inspection.js';
import {eventually} from './support/eventually.js';
import {Inspector} from './support/inspector.js';
import {probe} from './support/probe.js';
import {askedIds} from './support/sequences.js';

let inspection: Inspection;
const troubles: string[] = [];

before(async () => {
  inspection = await inspectDemo();
  listen(inspection.page);
});

after(() => inspection.close());

/** Whatever of ours would show in the page's own console. */
function listen(page: Page): void {
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
}

/** Written by the page's scripts, so they run before and after all others. */
const CATCH_BINDING = `
  const name = '__backgroundFetchInspector';
  let caught;
  window.steal = () => caught;
  Object.defineProperty(window, name, {
    configurable: true,
    get: () => caught,
    set: (binding) => { caught = binding; },
  });
`;

const BREAK_GLOBALS = `
  const broken = () => { throw new Error('broken by the page'); };
  for (const name of ['fetch', 'Proxy', 'Map', 'WeakMap', 'Reflect']) {
    window[name] = broken;
  }
  JSON.stringify = broken;
  JSON.parse = broken;
  Object.defineProperty(Object.prototype, 'toJSON', {
    value: () => 'stolen',
    configurable: true,
  });
`;

test('a page that forges messages on the binding', async () => {
  const {page, inspector} = inspection;
  await inspector.execute({type: 'stop-recording'});
  await page.evaluate(() => {
    // Polls for the moment at which the debugger has added its binding.
    const name = '__backgroundFetchInspector';
    Reflect.set(window, 'forgeries', 0);
    const names = ['hello', '{', 'null', '"x"', '[]', '{"id":1}'];
    const bodies = [
      {id: 'x', type: 'RAW', value: {protocol: 1, entries: 'all'}},
      {id: 'x', type: 'HANDLER', name: 'proxy', value: {}},
      {type: 'APPLY', path: ['execute'], argumentList: []},
      {command: 'start-recording', type: 'execute'},
    ].map((body) => JSON.stringify(body));
    const markup = '<img src=x onerror="hacked=1">';
    const huge = 'x'.repeat(17 * 1024 * 1024);
    const forge = [...names, ...bodies, markup, huge, '{"__proto__":{"x":1}}'];
    const {port1, port2} = new MessageChannel();
    port1.addEventListener('message', () => {
      const binding: unknown = Reflect.get(window, name);
      if (typeof binding !== 'function') {
        port2.postMessage(undefined);
        return;
      }
      for (const text of forge) Reflect.apply(binding, window, [text]);
      Reflect.set(window, 'forgeries', forge.length);
    });
    port1.start();
    port2.postMessage(undefined);
  });
  await inspector.execute({type: 'start-recording'});
  // The page may be too late, for the hook takes the binding away at once.
  const ids = await probe(page, 'after-forgery', 20);
  await inspector.entry(
    'call-settled',
    (_fact, {source}) => source.kind === 'page',
  );
  await inspector.entry(
    'call-started',
    ({invocation}) =>
      invocation.method === 'get' && invocation.id === 'after-forgery-20',
  );
  const entries = await inspector.entries();
  const asked = askedIds(entries).filter((id) => ids.includes(id));
  assert.deepEqual(asked, ids);
  const forged = await page.evaluate(() => Reflect.get(window, 'forgeries'));
  if (forged === 0) return;
  // All but the hello, and the one that looks like a late answer.
  await eventually(
    () => inspector.entriesOf('entries-rejected'),
    (all) => all.reduce((sum, {fact}) => sum + fact.count, 0) === 11,
    {what: '11 refusals'},
  );
});

test('a page that keeps the binding for itself', async (context) => {
  const {page, inspector, server} = inspection;
  const {identifier} = await page.evaluateOnNewDocument(CATCH_BINDING);
  context.after(() => page.removeScriptToEvaluateOnNewDocument(identifier));
  const from = (await inspector.entries()).length;
  await page.goto(server.url);
  await page.evaluate(() => window.demo.ready);
  const sent = await page.evaluate(() => {
    const {steal} = window as unknown as {steal: () => unknown};
    const binding = steal();
    if (typeof binding !== 'function') return 0;
    const forged = [
      'hello',
      'hello',
      '{"id":"0-0-0-0","type":"RAW","value":{}}',
      '<script>hacked=1</script>',
    ];
    for (const text of forged) Reflect.apply(binding, window, [text]);
    return forged.length;
  });
  // The browser itself answers for what is left: navigation and worker.
  await inspector.entry('page-navigated', (_fact, {index}) => index > from);
  assert.ok(sent === 0 || sent === 4);
  assert.equal(
    await inspector.frame.evaluate(() => Reflect.get(window, 'hacked')),
    undefined,
  );
});

test('a page that shouts on the library channel', async () => {
  const {page, inspector} = inspection;
  const before = (await inspector.entries()).length;
  await page.evaluate(`{
    const channel = new BroadcastChannel('background-fetch-inspector');
    channel.postMessage({type: 'announce', realm: 'forged', opening: 1});
    channel.postMessage({type: 'reply', from: 'forged', to: 'x', message: 1});
    channel.close();
  }`);
  await inspector.showPanel();
  const entries = (await inspector.entries()).slice(before);
  // The extension does not listen there at all.
  assert.deepEqual(
    entries.filter(({source}) => source.realm === 'forged'),
    [],
  );
});

test('a page that replaced what our scripts stand on', async (context) => {
  const {browser, server} = inspection;
  const page = await browser.newPage();
  context.after(() => page.close());
  listen(page);
  await page.goto(server.url);
  await page.evaluate(() => window.demo.ready);
  const inspector = await Inspector.open(page);
  await inspector.attachment();
  await page.evaluate(BREAK_GLOBALS);
  await page.evaluate(`
    navigator.serviceWorker.ready.then(({backgroundFetch}) => {
      for (let n = 1; n <= 20; n += 1) backgroundFetch.get('late-' + n);
    }); undefined
  `);
  await inspector.entry(
    'call-started',
    ({invocation}) =>
      invocation.method === 'get' && invocation.id === 'late-20',
  );
  const asked = askedIds(await inspector.entries());
  assert.equal(asked.filter((id) => id.startsWith('late-')).length, 20);
  await inspector.close();
});

test('ids with markup, NUL, lone surrogates and 100,000 characters', async () => {
  const {page, server, inspector} = inspection;
  await page.goto(server.url);
  const ids = [
    '<img src=x onerror="hacked=1">',
    'nul\0nul',
    'lone \ud800 surrogate',
    'x'.repeat(100_000),
    '__proto__',
  ];
  await page.evaluate(async (all) => {
    const ready: unknown = await navigator.serviceWorker.ready;
    const {backgroundFetch} = ready as {
      backgroundFetch: {get(id: string): Promise<unknown>};
    };
    await Promise.allSettled(all.map((id) => backgroundFetch.get(id)));
    await backgroundFetch.get('after-all-ids');
  }, ids);
  await inspector.entry(
    'call-started',
    ({invocation}) =>
      invocation.method === 'get' && invocation.id === 'after-all-ids',
  );
  const asked = askedIds(await inspector.entries());
  assert.ok(asked.includes('<img src=x onerror="hacked=1">'));
  assert.ok(asked.includes('nul\0nul'));
  assert.ok(asked.includes('__proto__'));
  assert.ok(asked.some((id) => id.startsWith('xxxx') && id.length <= 8_192));
  const panel = await inspector.showPanel();
  assert.equal(
    await panel.evaluate(() => Reflect.get(window, 'hacked')),
    undefined,
  );
});

test('none of it showed in the console of a page', () => {
  assert.deepEqual(troubles, []);
});
