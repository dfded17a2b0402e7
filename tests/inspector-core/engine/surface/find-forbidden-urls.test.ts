import {expect} from '@esm-bundle/chai';
import {createFindForbiddenUrls} from '../../../../inspector-core/engine/surface/find-forbidden-urls.js';
import {
  openFrame,
  runScript,
  type RealmWindow,
} from '../../../support/frames.js';
import {crossOrigin, scripted} from '../support/scripted.js';

const SCRIPT = new URL(
  '/classic/tests/inspector-core/engine/support/forbidden-urls-realm.js',
  location.origin,
).href;

type Ask = (urls: readonly string[]) => Promise<readonly string[]>;

interface Realm {
  readonly window: RealmWindow;
  readonly ask: Ask;
}

const askBy =
  (target: {postMessage(data: unknown, ports: MessagePort[]): void}): Ask =>
  async (urls) => {
    const {port1, port2} = new MessageChannel();
    const answer = new Promise<readonly string[]>((resolve) => {
      port1.addEventListener('message', ({data}) => {
        resolve(data as readonly string[]);
      });
    });
    port1.start();
    target.postMessage({find: urls}, [port2]);
    return answer.finally(() => {
      port1.close();
    });
  };

const frames: HTMLIFrameElement[] = [];

afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove();
});

async function load(
  parent: Document,
  source: Parameters<typeof openFrame>[0],
): Promise<RealmWindow> {
  const {frame, window} = await openFrame(source, parent);
  frames.push(frame);
  return window;
}

async function prepare(window: RealmWindow): Promise<Realm> {
  await runScript(window.document, SCRIPT);
  return {
    window,
    ask: askBy({
      postMessage: (data, ports) => {
        window.postMessage(data, '*', ports);
      },
    }),
  };
}

const open = async (policies: Record<string, string>): Promise<Realm> => {
  const query = new URLSearchParams(policies);
  return prepare(await load(document, {src: `/blank.html?${query}`}));
};

/** A worker that has its policy of who made it. */
const startWorker = (window: RealmWindow): Ask => {
  const source = `importScripts(${JSON.stringify(SCRIPT)})`;
  const blob = new window.Blob([source], {type: 'text/javascript'});
  const worker = new window.Worker(window.URL.createObjectURL(blob));
  return askBy({
    postMessage: (data, ports) => {
      worker.postMessage(data, ports);
    },
  });
};

const realms: readonly (readonly [
  string,
  (policies: Record<string, string>) => Promise<Ask>,
])[] = [
  ['a window', async (policies) => (await open(policies)).ask],
  [
    'a srcdoc frame',
    async (policies) => {
      const {window} = await open(policies);
      const inner = await load(window.document, {srcdoc: '<p>inner</p>'});
      return (await prepare(inner)).ask;
    },
  ],
  [
    'a dedicated worker',
    async (policies) => startWorker((await open(policies)).window),
  ],
];

for (const [realm, make] of realms) {
  describe(`findForbiddenUrls in ${realm}`, () => {
    const same = scripted(1);
    const other = scripted(1);
    const cross = crossOrigin(other.url);
    const {origin} = new URL(cross);
    const cases: readonly (readonly [Record<string, string>, string[]])[] = [
      [{}, []],
      [{csp: "connect-src 'none'"}, [same.url, cross]],
      [{csp: "connect-src 'self'"}, [cross]],
      [{csp: "default-src 'self' 'unsafe-inline' blob:"}, [cross]],
      [{csp: `connect-src ${origin}`}, [same.url]],
      [{csp: `connect-src ${origin}/elsewhere 'self'`}, [cross]],
      [{csp: `connect-src ${origin}/scripted 'self'`}, []],
      [{csp: 'img-src *'}, []],
      [{csp: `connect-src 'self', connect-src ${origin}`}, [same.url, cross]],
      [{'report-only': "connect-src 'none'"}, []],
    ];
    for (const [policies, expected] of cases) {
      const text = Object.entries(policies).flat().join(' ') || 'no policy';
      it(`goes by ${text.replaceAll(origin, 'other')}`, async () => {
        const ask = await make(policies);
        expect(await ask([same.url, cross, same.url])).to.have.members(
          expected,
        );
      });
    }

    for (const [csp, expected] of [
      ["img-src 'none'", []],
      ["connect-src 'none'", ['data:', 'blob:']],
      ["connect-src 'self'", ['data:', 'blob:']],
      ["connect-src 'self' data:", ['blob:']],
      ['connect-src blob:', ['data:']],
    ] as const) {
      it(`goes by ${csp} for what needs no network`, async () => {
        const ask = await make({csp});
        const blob = URL.createObjectURL(new Blob(['x']));
        const forbidden = await ask(['data:,x', blob, 'data:,x']);
        expect(forbidden.map((url) => new URL(url).protocol)).to.deep.equal(
          expected,
        );
        URL.revokeObjectURL(blob);
      });
    }

    it('downloads nothing', async () => {
      const ask = await make({});
      const files = Array.from({length: 20}, () => scripted(1));
      const urls = files.map(({url}) => url);
      expect(await ask([...urls, ...urls.map(crossOrigin)])).to.deep.equal([]);
      // Served behind whatever the same connections had before.
      await Promise.all(urls.slice(0, 6).map((url) => fetch(url)));
      const logs = await Promise.all(files.map((file) => file.log()));
      expect(logs.map((log) => log.length)).to.deep.equal(
        files.map((_, index) => (index < 6 ? 1 : 0)),
      );
      // Gecko may send what asks, but nothing that is answered by the file.
      for (const log of [await same.log(), await other.log()]) {
        const methods = new Set(log.map(({method}) => method));
        expect([...methods]).not.to.include.members(['GET']);
        expect([...methods]).not.to.include.members(['POST']);
      }
    });
  });
}

describe('findForbiddenUrls', () => {
  it('goes by a policy that was added later', async () => {
    const {window, ask} = await open({});
    const {url} = scripted(1);
    expect(await ask([url])).to.deep.equal([]);
    const meta = window.document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = "connect-src 'none'";
    window.document.head.append(meta);
    expect(await ask([url])).to.deep.equal([url]);
    // The policy stays, though what brought it does not.
    meta.remove();
    expect(await ask([url])).to.deep.equal([url]);
  });

  it('finds each of many', async () => {
    const {ask} = await open({csp: "connect-src 'none'"});
    const urls = Array.from({length: 300}, () => scripted(1).url);
    expect(await ask(urls)).to.deep.equal(urls);
  });

  it('knows a URL with a fragment', async () => {
    const {ask} = await open({csp: "connect-src 'none'"});
    const url = `${scripted(1).url}#part`;
    expect(await ask([url])).to.deep.equal([url]);
  });

  it('says nothing of what is never sent', async () => {
    const {window, ask} = await open({csp: "connect-src 'none'"});
    const blocked: string[] = [];
    window.addEventListener('securitypolicyviolation', ({blockedURI}) => {
      blocked.push(blockedURI);
    });
    expect(await ask(['ftp://a/', 'about:blank', 'foo:bar'])).to.eql([]);
    expect(blocked).to.deep.equal([]);
  });

  it('finds nothing where nothing can be fetched', async () => {
    const find = createFindForbiddenUrls(
      Object.assign(new EventTarget(), {
        AbortController,
        document,
        fetch: () => {
          throw new TypeError('A double that cannot fetch.');
        },
      }) as unknown as typeof globalThis,
    );
    expect(await find([location.href])).to.deep.equal(new Set());
  });
});
