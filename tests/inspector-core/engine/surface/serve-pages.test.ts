import {expect} from '@esm-bundle/chai';
import type {Snapshot} from '../../../../inspector-core/engine/algorithms/update-an-instance.js';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import type {Backend} from '../../../../inspector-core/engine/surface/backend.js';
import {
  markCall,
  RESULT_SEEN,
  type PageCall,
} from '../../../../inspector-core/engine/surface/page-messages.js';
import {servePages} from '../../../../inspector-core/engine/surface/serve-pages.js';
import {storedRequest} from '../support/fetches.js';
import {until} from '../support/scripted.js';

const RUNNING: Snapshot = {
  downloaded: 0,
  uploaded: 0,
  result: '',
  failureReason: '',
  recordsAvailable: true,
};

const MATCH = {key: 1, record: 0, generation: 1, request: storedRequest()};

/** A worker with a fetch of the key 1, and one page. */
const makeWorker = () => {
  const scope = new EventTarget();
  const clock = createManualClock();
  let tell: (snapshot: Snapshot) => void = () => {};
  const description = {
    key: 1,
    id: 'id',
    uploadTotal: 0,
    downloadTotal: 0,
    snapshot: RUNNING,
  };
  const backend: Partial<Backend> = {
    describe: (key) => Promise.resolve(key === 1 ? description : undefined),
    get: () => Promise.resolve(description),
    open: () => new Promise(() => {}),
    read: () => Promise.resolve(new Uint8Array(1)),
    release: (hold) => released.push(hold),
    watch: (_key, onChange, signal) => {
      tell = (snapshot) => {
        if (signal?.aborted !== true) onChange(snapshot);
      };
    },
  };
  const released: number[] = [];
  const gone = new Set<string>();
  const watches = servePages(
    scope,
    backend as Backend,
    clock,
    async (client) => !gone.has(client),
  );
  /** What the page is told; each message is one of an earlier task. */
  const send = (data: unknown, client = 'page') => {
    const {port1, port2} = new MessageChannel();
    const told: unknown[] = [];
    port1.addEventListener('message', (event) => told.push(event.data));
    port1.start();
    const event = new MessageEvent('message', {data, ports: [port2]});
    let isHeld = false;
    Object.defineProperties(event, {
      waitUntil: {value: () => (isHeld = true)},
      source: {value: {id: client}},
    });
    let isSeen = false;
    scope.addEventListener('message', () => (isSeen = true), {once: true});
    scope.dispatchEvent(event);
    return {told, port: port1, isSeenByApp: isSeen, isHeld};
  };
  const call = (message: PageCall, client?: string) =>
    send(markCall(message), client);
  return {
    clock,
    watches,
    send,
    call,
    released,
    gone,
    tell: (now: Snapshot) => tell(now),
  };
};

describe('servePages', () => {
  it('waits for who watches, and lets go of who never does', async () => {
    const {watches, call} = makeWorker();
    const got = call({method: 'get', args: ['id']});
    await until(() => got.told.length === 1);
    let isSeen = false;
    const seen = watches.whenSeen(1).then(() => (isSeen = true));
    const page = call({method: 'watch', args: [1]});
    await until(() => page.told.length === 1);
    expect(isSeen).to.equal(false);
    const {port} = page;
    port.postMessage(RESULT_SEEN);
    await seen;
    // Another page is given an instance, and is closed.
    watches.expect('closed', 1);
    const given = watches.whenSeen(1);
    watches.forget(1);
    await given;
    const late = call({method: 'watch', args: [2]});
    await until(() => late.told.length === 1);
    expect(late.told).to.deep.equal(['gone']);
    expect(watches.size).to.equal(0);
  });

  it('sends a page that is frozen the result, and no progress', async () => {
    const {clock, call, tell} = makeWorker();
    const page = call({method: 'watch', args: [1]});
    await until(() => page.told.length === 1);
    tell({...RUNNING, downloaded: 1});
    await clock.advance(600_000);
    tell({...RUNNING, downloaded: 2});
    const result = {...RUNNING, downloaded: 3, result: 'success'} as const;
    tell(result);
    await until(() => page.told.length >= 3);
    expect(page.told).to.deep.equal([
      RUNNING,
      {...RUNNING, downloaded: 1},
      result,
    ]);
  });

  it('tells a page that comes late how a fetch ended that others saw', async () => {
    const {watches, call} = makeWorker();
    const result = {...RUNNING, downloaded: 3, result: 'success'} as const;
    watches.expect('page', 2);
    watches.forget(2, result);
    const late = call({method: 'watch', args: [2]});
    await until(() => late.told.length === 1);
    expect(late.told).to.deep.equal([{...result, recordsAvailable: false}]);
  });

  it('tells a page how a fetch ended that nobody watched', async () => {
    const {watches, call} = makeWorker();
    watches.forget(2, RUNNING);
    const late = call({method: 'watch', args: [2]});
    await until(() => late.told.length === 1);
    expect(late.told).to.deep.equal([{...RUNNING, recordsAvailable: false}]);
  });

  it('keeps no result that all pages have seen', async () => {
    const {watches, call} = makeWorker();
    watches.renew('page', 2).see();
    watches.forget(2, RUNNING);
    const late = call({method: 'watch', args: [2]});
    await until(() => late.told.length === 1);
    expect(late.told).to.deep.equal(['gone']);
  });

  it('lets go of what pages hold that are gone, and of nothing else', async () => {
    const {clock, call, released, gone} = makeWorker();
    const read = async (hold: number, client: string): Promise<void> => {
      const reading = call({method: 'read', args: [MATCH, hold, 0]}, client);
      await until(() => reading.told.length === 1);
    };
    await read(1, 'page');
    await read(2, 'other');
    await read(3, 'other');
    call({method: 'release', args: [3]}, 'other');
    expect(released).to.deep.equal([3]);
    await clock.advance(30_000);
    expect(released).to.deep.equal([3]);
    gone.add('other');
    await clock.advance(10_000);
    expect(released).to.deep.equal([3, 2]);
    gone.add('page');
    await clock.advance(10_000);
    expect(released).to.deep.equal([3, 2, 1]);
    expect(clock.due).to.deep.equal([]);
  });

  it('lets go again of what a page let go while it was read', async () => {
    const {call, released} = makeWorker();
    const reading = call({method: 'read', args: [MATCH, 1, 0]});
    call({method: 'release', args: [1]});
    await until(() => reading.told.length === 1);
    expect(released).to.deep.equal([1, 1]);
    const next = call({method: 'read', args: [MATCH, 2, 0]});
    await until(() => next.told.length === 1);
    expect(released).to.deep.equal([1, 1]);
  });

  it('holds the event, but not for what waits for the network', () => {
    const {call} = makeWorker();
    expect(call({method: 'get', args: ['id']}).isHeld).to.equal(true);
    expect(call({method: 'watch', args: [1]}).isHeld).to.equal(true);
    expect(call({method: 'open', args: [MATCH]}).isHeld).to.equal(false);
    expect(call({method: 'read', args: [MATCH, 1, 0]}).isHeld).to.equal(false);
  });

  it('leaves to the app what is no call', () => {
    const {send, watches} = makeWorker();
    for (const data of [
      undefined,
      null,
      'text',
      {},
      markCall(JSON.parse('{"method": "watch"}') as PageCall),
      markCall(JSON.parse('{"method": "watch", "args": 1}') as PageCall),
      markCall(JSON.parse('7') as PageCall),
    ]) {
      expect(send(data).isSeenByApp).to.equal(true);
    }
    expect(watches.size).to.equal(0);
  });
});
