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

const waitForAsked = ({inspector}: Visit, id: string): Promise<LogEntry> =>
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

/**
 * What a page can learn of the API: everything that it gets, throws or is told,
 * with real fetches, and what runs of its own while that happens.
 */
const PROBE_HOST = `(async () => {
  const seen = [];
  const note = (name, value) => seen.push(name + ': ' + String(value));
  addEventListener('unhandledrejection', (event) => {
    note('unhandled', event.reason);
    event.preventDefault();
  });
  const settle = async (name, call) => {
    try {
      const promise = call();
      note(name, [promise instanceof Promise, promise.constructor.name]);
      const value = await promise;
      note(name, Object.prototype.toString.call(value));
      return value;
    } catch (error) {
      note(name, error.name + ' ' + error.message);
    }
  };
  const text = (value) => value.length > 99 ? value.length : escape(value);
  let species = 0;
  const ownSpecies = Object.getOwnPropertyDescriptor(Promise, Symbol.species);
  Object.defineProperty(Promise, Symbol.species, {
    configurable: true, get() { species += 1; return this; },
  });
  let sets = 0;
  Object.defineProperty(Array.prototype, 5, {
    configurable: true, set() { sets += 1; }, get: () => undefined,
  });
  await settle('get', () => manager.get('none'));
  await settle('get()', () => manager.get());
  await settle('fetch()', () => manager.fetch());
  await settle('none', () => manager.fetch('none', []));
  await settle('symbol', () => manager.get(Symbol('id')));
  await settle('object', () => manager.get({toString: () => 'text'}));
  await settle('getIds', () => manager.getIds());
  await settle('alien', () => BackgroundFetchManager.prototype.get.call({}));
  await settle('bad', () => manager.fetch('bad', 'http://u:p@x/'));
  await settle('port', () => manager.fetch('port', 'http://127.0.0.1:1/'));
  void manager.fetch('unhandled', []);
  Object.defineProperty(Promise, Symbol.species, ownSpecies);
  delete Array.prototype[5];
  note('species', species);
  note('sets', sets);
  const marked = '<img src=x onerror="window.pwned=1">';
  const ids = [marked, 'a\\0b', 'x\\ud800y', 'm'.repeat(1_000_000)];
  for (const id of ids) {
    const made = await settle('fetch', () =>
      manager.fetch(id, ['/file?bytes=7&a', '/file?bytes=7&b'], {title: marked}));
    if (made === undefined) continue;
    note('id', text(made.id));
    while (made.result === '') {
      await new Promise((done) =>
        made.addEventListener('progress', done, {once: true}));
    }
    note('result', [made.result, made.failureReason, made.downloaded]);
    const records = await settle('matchAll', () => made.matchAll());
    for (const record of records ?? []) {
      note('same', record.responseReady === record.responseReady);
      const response = await settle('ready', () => record.responseReady);
      note('body', (await response.text()).length);
    }
  }
  const {get, fetch} = BackgroundFetchManager.prototype;
  note('shape', [get, fetch, get.name, get.length, fetch.length]);
  note('globals', Object.keys(window).sort());
  note('pwned', window.pwned);
  return seen;
})()`;

test('what the page gets is what it gets without us', async () => {
  const alone = await newPage();
  await alone.page.goto(page('alone'));
  await alone.page.evaluate('window.ready');
  const expected: unknown = await alone.page.evaluate(PROBE_HOST);
  const visited = await visit(page('alone'));
  await visited.page.evaluate('window.ready');
  const got: unknown = await visited.page.evaluate(PROBE_HOST);
  assert.deepEqual(got, expected);
  assert.deepEqual(visited.console, alone.console);
  const panel = await visited.inspector.showPanel();
  assert.equal(await panel.evaluate('window.pwned'), undefined);
  const finished = await visited.inspector.entries();
  assertComplete(finished);
  await alone.page.close();
  await visited.page.close();
});
