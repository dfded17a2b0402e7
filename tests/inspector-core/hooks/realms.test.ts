import {expect} from '@esm-bundle/chai';
import {
  closeRealms,
  factsOf,
  hasNativeApi,
  openRealm,
  until,
} from '../../support/realms.js';
import type {
  RealmEntry,
  Source,
} from '../../../inspector-core/protocol/protocol.js';

interface WorkerAnswer {
  readonly source: Source;
  readonly entries: readonly RealmEntry[];
}

const answerOf = (port: Worker | MessagePort): Promise<WorkerAnswer> =>
  new Promise((resolve) => {
    port.addEventListener(
      'message',
      (event) => resolve((event as MessageEvent).data as WorkerAnswer),
      {once: true},
    );
  });

const script = '/classic/tests/support/hooked-worker.js';

describe('realms', () => {
  afterEach(closeRealms);

  it('begin their log with what they are', async () => {
    const realm = await openRealm({hooks: true});
    const [first] = realm.entries();
    expect(first).to.deep.include({
      seq: 1,
      fact: {
        type: 'realm-opened',
        timing: 'before-scripts',
        backgroundFetch: true,
        secureContext: true,
        origin: location.origin,
      },
    });
    expect(first?.at).to.be.closeTo(Date.now(), 60_000);
  });

  it('without the API, or with an opaque origin, are left untouched', async () => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    const url = new URL(
      '/classic/tests/support/hooked-sandbox.js',
      location.href,
    );
    frame.srcdoc = `<script src="${url.href}"></script>`;
    const answer = new Promise<MessageEvent>((resolve) => {
      addEventListener('message', resolve, {once: true});
    });
    document.body.append(frame);
    const {data} = (await answer) as {
      data: {entries: readonly RealmEntry[]; isUntouched: boolean};
    };
    frame.remove();
    expect(data.entries.map(({fact}) => fact)).to.deep.equal([
      {
        type: 'realm-opened',
        timing: 'before-scripts',
        backgroundFetch: false,
        secureContext: data.entries.map(({fact}) =>
          fact.type === 'realm-opened' ? fact.secureContext : undefined,
        )[0],
        origin: 'null',
      },
    ]);
    expect(data.isUntouched).to.equal(true);
  });

  (hasNativeApi ? it.skip : it)(
    'of a browser without the API say so',
    async () => {
      const realm = await openRealm({hooks: true, fakes: false});
      const {toString} = realm.window.Function.prototype;
      expect(realm.entries().map(({fact}) => fact)).to.deep.include({
        type: 'realm-opened',
        timing: 'before-scripts',
        backgroundFetch: false,
        secureContext: true,
        origin: location.origin,
      });
      realm.window.hookedRealm?.uninstall();
      expect(realm.window.Function.prototype.toString).to.equal(toString);
    },
  );

  it('are told apart by kind, in dedicated and shared workers too', async () => {
    const dedicated = new Worker(script);
    const first = await answerOf(dedicated);
    dedicated.terminate();
    const shared = new SharedWorker(script);
    const second = answerOf(shared.port);
    shared.port.start();
    expect(first.source.kind).to.equal('dedicated-worker');
    expect((await second).source.kind).to.equal('shared-worker');
    expect(first.source.realm).to.match(/^[0-9a-f]{32}$/);
    expect(first.source.realm).not.to.equal((await second).source.realm);
    for (const {entries} of [first, await second]) {
      expect(entries[0]?.fact.type).to.equal('realm-opened');
      expect(factsOf(entries, 'hook-faulted')).to.deep.equal([]);
    }
  });

  it('tell of the back-forward cache, and of their end', async () => {
    const realm = await openRealm({hooks: true});
    const {window} = realm;
    const dispatch = (type: string, persisted: boolean): void => {
      window.dispatchEvent(new window.PageTransitionEvent(type, {persisted}));
    };
    dispatch('pagehide', true);
    dispatch('pageshow', true);
    dispatch('pageshow', false);
    const entries = window.hookedRealm?.entries;
    window.location.reload();
    // The old window's log is kept by its function.
    await until(() => entries?.().at(-1)?.fact.type === 'realm-closed');
    const types = (entries?.() ?? [])
      .map(({fact}) => fact.type)
      .filter((type) => type !== 'worker-state-changed');
    expect(types).to.deep.equal([
      'realm-opened',
      'realm-suspended',
      'realm-resumed',
      'realm-closed',
    ]);
  });
});
