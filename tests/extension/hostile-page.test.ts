/** An attacker's own site, inspected: what it breaks, and what we say of it. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {LogEntry} from '../../inspector-core/protocol/protocol.js';
import {launchBrowser, type InspectedBrowser} from './support/browser.js';
import {eventually} from './support/eventually.js';
import {startHostileSite, type HostileSite} from './support/hostile-site.js';
import {Inspector} from './support/inspector.js';
import {assertComplete} from './support/sequences.js';

let launched: InspectedBrowser;
let site: HostileSite;

before(async () => {
  site = await startHostileSite();
  launched = await launchBrowser();
});

after(async () => {
  await launched.close();
  await site.close();
});

/** Every page of the site has a worker, and keeps what it needs for itself. */
const READY = `
  window.ready = (async () => {
    await navigator.serviceWorker.register('/worker.js');
    const {backgroundFetch} = await navigator.serviceWorker.ready;
    window.manager = backgroundFetch;
    window.ask = (id) => void manager.get(id);
  })();
`;

/** Replaces every method of the language that a script may lean on. */
const BREAK_METHODS = `{
  const {defineProperty, getOwnPropertyDescriptor} = Object;
  const {ownKeys} = Reflect;
  const owners = [
    Array, Set, Map, WeakMap, WeakSet, String, RegExp, Function, Promise,
    EventTarget, BroadcastChannel, Performance, Number, Error,
  ].map(({prototype}) => prototype);
  owners.push(JSON, Reflect, Object, Math, Promise, Array, Number);
  for (const list of [[], new Set().values(), new Map().keys()]) {
    const iterator = list[Symbol.iterator]();
    owners.push(Object.getPrototypeOf(iterator));
  }
  for (let at = 0; at < owners.length; at += 1) {
    const keys = ownKeys(owners[at]);
    for (let index = 0; index < keys.length; index += 1) {
      const member = getOwnPropertyDescriptor(owners[at], keys[index]);
      const isMethod = typeof member.value === 'function';
      if (!member.configurable || !isMethod) continue;
      if (keys[index] === 'constructor') continue;
      member.value = () => { throw new TypeError('broken by the page'); };
      defineProperty(owners[at], keys[index], member);
    }
  }
}`;

interface Visit {
  readonly page: Page;
  readonly inspector: Inspector;
  /** Whatever shows in the page's own console. */
  readonly console: string[];
}

async function newPage(): Promise<Omit<Visit, 'inspector'>> {
  const page = await launched.browser.newPage();
  const console: string[] = [];
  page.on('pageerror', (error) => console.push(String(error)));
  page.on('console', (message) => {
    const {url} = message.location();
    // Chromium asks for it by itself, and the site has none.
    if (url?.endsWith('/favicon.ico') !== true) console.push(message.text());
  });
  return {page, console};
}

async function inspect(page: Page): Promise<Inspector> {
  const inspector = await Inspector.open(page);
  await inspector.showPanel();
  await inspector.attachment();
  await inspector.execute({type: 'preserve-log', preserve: true});
  return inspector;
}

/** DevTools is there before the page. */
async function visit(url: string): Promise<Visit> {
  const {page, console} = await newPage();
  const inspector = await inspect(page);
  await page.goto(url);
  return {page, console, inspector};
}

const waitForAsked = (
  {inspector}: Visit,
  id: string,
): Promise<LogEntry<unknown & LogEntry['fact']>> =>
  inspector.entry(
    'call-started',
    ({invocation}) => invocation.method === 'get' && invocation.id === id,
  );

/** A place of its own for each, or one's worker would be another's. */
const page = (name: string, script = ''): string =>
  site.page(name, `<!doctype html><script>${READY}${script}</script>`);

test('methods broken after the hook: the page is still seen', async () => {
  const visited = await visit(page('broken-after'));
  await visited.page.evaluate('window.ready');
  await visited.page.evaluate(
    `${BREAK_METHODS}; ask('broken-1'); ask('broken-2'); undefined`,
  );
  await waitForAsked(visited, 'broken-2');
  assertComplete(await visited.inspector.entries());
  assert.deepEqual(visited.console, []);
  await visited.page.close();
});

/** What a page does before DevTools is opened, and whether it is then seen. */
const BEFOREHAND: Readonly<Record<string, readonly [string, 'seen' | 'told']>> =
  {
    'methods that throw': [BREAK_METHODS, 'told'],
    'a getter for all descriptors': [
      'Object.prototype.get = () => undefined',
      'seen',
    ],
    'an accessor in the way of values': [
      `Object.defineProperty(Object.prototype, 'value', {
        get() { throw new Error('read by somebody'); }, configurable: true,
      })`,
      'seen',
    ],
    'our mark, with an object of its own': [
      `Object.defineProperty(window, Symbol.for('background-fetch-inspector'), {
        value: {receive() {}, attach(binding) { binding('nonsense'); }},
      })`,
      'told',
    ],
    'our mark, with nothing in it': [
      `Object.defineProperty(window, Symbol.for('background-fetch-inspector'), {
        value: undefined,
      })`,
      'told',
    ],
    'frozen classes': [
      `Object.freeze(BackgroundFetchManager.prototype);
       Object.freeze(BackgroundFetchRegistration.prototype)`,
      'told',
    ],
    'frozen intrinsics': [
      `for (const each of [Object, Function, Array, Promise, Map, String]) {
        Object.freeze(each);
        Object.freeze(each.prototype);
      }`,
      'seen',
    ],
    'no random numbers': [
      `crypto.getRandomValues = () => { throw new Error('none'); }`,
      'told',
    ],
  };

for (const [name, [script, outcome]] of Object.entries(BEFOREHAND)) {
  test(`before DevTools is opened: ${name}`, async () => {
    const opened = await newPage();
    await opened.page.goto(page('beforehand'));
    await opened.page.evaluate('window.ready');
    await opened.page.evaluate(`{${script}}; undefined`);
    const inspector = await inspect(opened.page);
    const visited = {...opened, inspector};
    if (outcome === 'told') {
      await inspector.entry('hook-faulted');
    } else {
      await inspector.entry(
        'realm-opened',
        ({timing}, {source}) => source.kind === 'page' && timing === 'late',
      );
      await opened.page.evaluate(`ask('beforehand'); undefined`);
      await waitForAsked(visited, 'beforehand');
      assertComplete(await inspector.entries());
    }
    assert.deepEqual(opened.console, []);
    await opened.page.close();
  });
}

test('the way in taken away: said', async () => {
  const visited = await visit(page('mark-removed'));
  await visited.page.evaluate('window.ready');
  await visited.page.evaluate(`
    ask('before'); delete window[Symbol.for('background-fetch-inspector')];
    undefined
  `);
  await visited.inspector.entry('hook-faulted');
  assert.deepEqual(visited.console, []);
  await visited.page.close();
});

test('documents that a script can hardly enter: nothing is amiss', async () => {
  const visited = await visit('about:blank');
  const types = {
    'content-security-policy':
      "default-src 'self' 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types none",
  };
  const html = `<!doctype html><iframe></iframe><iframe srcdoc="x"></iframe>
    <iframe sandbox srcdoc="x"></iframe><script>${READY}</script>`;
  for (const [name, headers] of Object.entries({
    'trusted-types': types,
    sandboxed: {'content-security-policy': 'sandbox'},
    'sandboxed-scripts': {'content-security-policy': 'sandbox allow-scripts'},
    none: {'content-security-policy': "default-src 'none'"},
  })) {
    const url = site.page(name, html, headers);
    const from = (await visited.inspector.entries()).length;
    await visited.page.goto(url);
    await visited.inspector.entry(
      'realm-opened',
      (_fact, {index, source}) => index > from && source.url === url,
    );
  }
  // Long enough for what says that a realm is silent.
  await visited.page.goto(page('after-csp'));
  await visited.page.evaluate(`window.ready.then(() => ask('after-csp'))`);
  await waitForAsked(visited, 'after-csp');
  await eventually(
    () => visited.page.evaluate('performance.now()'),
    (time) => Number(time) > 1_500,
    {what: 'a second and a half'},
  );
  assertComplete(await visited.inspector.entries());
  await visited.page.close();
});
