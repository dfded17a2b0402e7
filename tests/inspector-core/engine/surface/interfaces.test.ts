import {expect} from '@esm-bundle/chai';
import {ActiveFetches} from '../../../../inspector-core/engine/registration/active-fetches.js';
import {createSeededRandom} from '../../../../inspector-core/seams/random.js';
import {BackgroundFetchManager} from '../../../../inspector-core/engine/surface/background-fetch-manager.js';
import {BackgroundFetchRecord} from '../../../../inspector-core/engine/surface/background-fetch-record.js';
import {BackgroundFetchRegistration} from '../../../../inspector-core/engine/surface/background-fetch-registration.js';
import {defineEvents} from '../../../../inspector-core/engine/surface/events.js';
import {createPatches} from '../../../../inspector-core/platform/patch.js';
import {graftMember} from '../../../../inspector-core/engine/surface/graft.js';
import {Instances} from '../../../../inspector-core/engine/surface/instances.js';
import {INTERNAL} from '../../../../inspector-core/engine/surface/internal.js';
import {
  createLocalBackend,
  describeJob,
} from '../../../../inspector-core/engine/surface/local-backend.js';
import {makeSeams, SCOPE, type Seams} from '../support/jobs.js';
import {membersOf} from '../support/members.js';
import {rejection, scripted, until} from '../support/scripted.js';

let seams: Seams = makeSeams();
let stop = (): void => {};

/** A manager as a realm has it, with the engine in the same realm. */
const makeManager = () => {
  const target = new EventTarget();
  // Pages have no ExtendableEvent: this stands for it.
  class ExtendableEvent extends Event {}
  const events = defineEvents(ExtendableEvent);
  const value: unknown = events.waitUntil;
  const patches = createPatches(() => expect.fail('Nothing is frozen.'));
  const {prototype} = ExtendableEvent;
  graftMember(patches, prototype, 'waitUntil', {value}, events.isOwn);
  const fetches = new ActiveFetches(
    {
      scope: SCOPE,
      permission: () => Promise.resolve('granted'),
      hasActiveWorker: () => true,
      availableSpace: () => Promise.resolve(undefined),
      dispatch: (name, job) =>
        events.fire({
          target,
          name,
          registration: instances.get(describeJob(job)),
          updateUI: (options) => seams.storage.update(job.stored.key, options),
        }),
    },
    seams,
  );
  const backend = createLocalBackend({
    fetches,
    storage: seams.storage,
    clock: seams.clock,
    random: createSeededRandom(1),
  });
  const instances = new Instances(backend);
  const manager = new BackgroundFetchManager({
    token: INTERNAL,
    backend,
    instances,
  });
  stop = () => {
    fetches.stop();
  };
  return {manager, target, events};
};

beforeEach(() => {
  seams = makeSeams();
});

afterEach(async () => {
  stop();
  await seams.close();
});

/** Sets the attribute to whatever a page may set it to. */
const setHandler = (
  registration: BackgroundFetchRegistration,
  value: unknown,
): void => {
  Reflect.set(registration, 'onprogress', value);
};

const slow = (): string => scripted(1_000, {stall: 500}).url;

const INTERFACES = {
  BackgroundFetchManager,
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
  ...defineEvents(Event).interfaces,
};

/** Members, as the interface definition language has them. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  BackgroundFetchManager: {fetch: 2, get: 1, getIds: 0},
  BackgroundFetchRecord: {request: 'get', responseReady: 'get'},
  BackgroundFetchRegistration: {
    id: 'get',
    uploadTotal: 'get',
    uploaded: 'get',
    downloadTotal: 'get',
    downloaded: 'get',
    result: 'get',
    failureReason: 'get',
    recordsAvailable: 'get',
    onprogress: 'get set',
    abort: 0,
    match: 1,
    matchAll: 0,
  },
  BackgroundFetchEvent: {registration: 'get'},
  BackgroundFetchUpdateUIEvent: {updateUI: 0},
};

describe('the interfaces', () => {
  for (const [name, Interface] of Object.entries(INTERFACES)) {
    it(`give ${name} the shape of its definition`, () => {
      const members: Record<string, unknown> = {};
      for (const member of membersOf(Interface)) {
        const {name: key, operation, getter, setter} = member;
        expect(member).to.include({enumerable: true, configurable: true});
        members[key] =
          operation?.length ??
          [getter && 'get', setter && 'set'].filter(Boolean).join(' ');
        if (getter !== undefined) expect(getter.name).to.equal(`get ${key}`);
        if (operation === undefined) continue;
        expect(operation.name).to.equal(key);
        expect(() => Reflect.construct(operation, []) as unknown).to.throw(
          TypeError,
        );
      }
      expect(members).to.deep.equal(MEMBERS[name]);
      expect(Object.prototype.toString.call(Interface.prototype)).to.equal(
        `[object ${name}]`,
      );
      expect(Interface.name).to.equal(name);
      expect(Interface.length).to.equal(name.endsWith('Event') ? 2 : 0);
    });
  }

  it('match those of Chromium, where it has them', function () {
    if (!('BackgroundFetchManager' in globalThis)) this.skip();
    for (const [name, Interface] of Object.entries(INTERFACES)) {
      const native = Reflect.get(globalThis, name) as
        {prototype: object; length: number; name: string} | undefined;
      // Pages have no events.
      if (native === undefined) continue;
      const describe = (shape: {prototype: object}): unknown =>
        membersOf(shape).map(({operation, getter, setter, ...rest}) => ({
          ...rest,
          length: operation?.length,
          accessors: [getter?.name, setter?.name],
        }));
      expect(describe(Interface)).to.deep.equal(describe(native));
      expect(Interface.length).to.equal(native.length);
    }
  });

  it('cannot be constructed by a page', () => {
    for (const Interface of [
      BackgroundFetchManager,
      BackgroundFetchRecord,
      BackgroundFetchRegistration,
    ]) {
      for (const init of [undefined, {}, {token: Symbol('engine')}]) {
        expect(() => Reflect.construct(Interface, [init])).to.throw(
          TypeError,
          'Illegal constructor',
        );
      }
    }
  });

  it('refuse objects of another kind, by a rejection if they promise', async () => {
    for (const Interface of Object.values(INTERFACES)) {
      for (const {name, operation, getter} of membersOf(Interface)) {
        const promises = name === 'responseReady' ? getter : operation;
        if (promises === undefined) {
          expect(() => getter?.call({}), name).to.throw(TypeError);
          continue;
        }
        const promise = promises.call({}) as Promise<unknown>;
        expect(await rejection(promise), name).to.match(/^TypeError/);
      }
    }
  });
});

describe('BackgroundFetchManager', () => {
  it('gives one object for a fetch, each time', async () => {
    const {manager} = makeManager();
    const registration = await manager.fetch('id', slow());
    expect(await manager.get('id')).to.equal(registration);
    expect(registration).to.be.instanceOf(BackgroundFetchRegistration);
    expect(registration).to.be.instanceOf(EventTarget);
    expect(registration).to.include({
      id: 'id',
      uploadTotal: 0,
      uploaded: 0,
      downloadTotal: 0,
      result: '',
      failureReason: '',
      recordsAvailable: true,
      onprogress: null,
    });
    expect(await manager.getIds()).to.deep.equal(['id']);
    expect(await manager.get('other')).to.equal(undefined);
  });

  it('rejects wrong arguments, and starts nothing', async () => {
    const {manager} = makeManager();
    const fetch = (...args: unknown[]): Promise<string> =>
      rejection(manager.fetch(...args));
    const url = slow();
    const used = new Request(url, {method: 'POST', body: 'x'});
    await used.text();
    for (const args of [
      [],
      ['id'],
      [Symbol('id'), url],
      ['id', []],
      ['id', 'https://user:password@example.com/'],
      ['id', 'https://example.com:nonsense/'],
      ['id', used],
      ['id', new Request(url, {mode: 'no-cors'})],
      ['id', [url, new Request(url, {mode: 'no-cors'})]],
      ['id', url, 1],
      ['id', url, {icons: 1}],
      ['id', url, {icons: [{}]}],
      ['id', url, {downloadTotal: 1n}],
      ['id', {[Symbol.iterator]: 1}],
    ]) {
      expect(await fetch(...args)).to.match(/^TypeError/);
    }
    expect(await rejection(manager.get())).to.match(/^TypeError/);
    expect(await rejection(manager.get(''))).to.match(/^TypeError/);
    const thrown = new RangeError('The page’s own.');
    const getter = {
      get title(): string {
        throw thrown;
      },
    };
    expect(await fetch('id', url, getter)).to.equal(
      'RangeError: The page’s own.',
    );
    expect(await manager.getIds()).to.deep.equal([]);
  });

  it('converts what can be converted', async () => {
    const {manager} = makeManager();
    const url = slow();
    const convert = async (downloadTotal: unknown): Promise<number> => {
      const id = String(downloadTotal);
      const made = await manager.fetch(id, url, {downloadTotal});
      await made.abort();
      return made.downloadTotal;
    };
    expect(await convert('12.9')).to.equal(12);
    expect(await convert(Number.NaN)).to.equal(0);
    expect(await convert(Infinity)).to.equal(0);
    expect(await convert(-1)).to.equal(2 ** 64);
    const odd = {toString: () => url};
    const registration = await manager.fetch(7, new Set([odd, url]), null);
    expect(registration.id).to.equal('7');
    expect(await registration.matchAll()).to.have.length(2);
    expect((await manager.get({toString: () => '7'}))?.id).to.equal('7');
  });

  it('takes the body of the request that it is given', async () => {
    const {manager} = makeManager();
    const request = new Request(slow(), {method: 'POST', body: 'hello'});
    const registration = await manager.fetch('id', request);
    expect(request.bodyUsed).to.equal(true);
    expect(registration.uploadTotal).to.equal(5);
    const [record] = await registration.matchAll();
    expect(record?.request.method).to.equal('POST');
    expect(await record?.request.text()).to.equal('hello');
    // Each call gives records of its own, with bodies that are not yet read.
    const [again] = await registration.matchAll();
    expect(again).not.to.equal(record);
    expect(await again?.request.text()).to.equal('hello');
  });
});

describe('BackgroundFetchRegistration', () => {
  it('fires progress until there is a result, and once for it', async () => {
    const {manager} = makeManager();
    const registration = await manager.fetch('id', scripted(100_000).url);
    const seen: (readonly [number, string])[] = [];
    setHandler(registration, (event: Event) => {
      expect(event).to.include({bubbles: false, cancelable: false});
      expect(event.target).to.equal(registration);
      seen.push([registration.downloaded, registration.result]);
    });
    await until(() => !registration.recordsAvailable);
    expect(seen.at(-1)).to.deep.equal([100_000, 'success']);
    expect(seen.filter(([, result]) => result !== '')).to.have.length(1);
    expect(seen.length).to.be.at.least(2);
    expect(await rejection(registration.match('/'))).to.match(
      /^InvalidStateError/,
    );
    expect(await registration.abort()).to.equal(false);
  });

  it('calls its handler in the place where it was first set', async () => {
    const {manager} = makeManager();
    const registration = await manager.fetch('id', slow());
    const calls: string[] = [];
    setHandler(registration, () => calls.push('replaced'));
    registration.addEventListener('progress', () => calls.push('listener'));
    setHandler(registration, () => calls.push('handler'));
    registration.dispatchEvent(new Event('progress'));
    expect(calls).to.deep.equal(['handler', 'listener']);
    const object = {};
    setHandler(registration, object);
    expect(registration.onprogress).to.equal(object);
    setHandler(registration, 'text');
    expect(registration.onprogress).to.equal(null);
    registration.dispatchEvent(new Event('progress'));
    expect(calls).to.deep.equal(['handler', 'listener', 'listener']);
  });

  it('aborts once', async () => {
    const {manager, target} = makeManager();
    const registration = await manager.fetch('id', slow());
    const event = new Promise<Event>((resolve) => {
      target.addEventListener('backgroundfetchabort', resolve);
    });
    expect(await registration.abort()).to.equal(true);
    expect(await registration.abort()).to.equal(false);
    expect(await manager.get('id')).to.equal(undefined);
    expect(await event).to.have.property('registration', registration);
    expect(await event).not.to.have.property('updateUI');
    expect(registration).to.include({
      result: 'failure',
      failureReason: 'aborted',
    });
  });

  it('finds records by request', async () => {
    const {manager} = makeManager();
    const [a, b] = [scripted(10), scripted(20, {stall: 5})];
    const registration = await manager.fetch('id', [a.url, b.url, a.url]);
    expect(await registration.matchAll(a.url)).to.have.length(2);
    expect(await registration.matchAll(`${a.url}#here`)).to.have.length(2);
    const record = await registration.match(new Request(a.url));
    expect(record).to.be.instanceOf(BackgroundFetchRecord);
    expect(record?.request.url).to.equal(a.url);
    expect(record?.responseReady).to.equal(record?.responseReady);
    const response = await record?.responseReady;
    expect([
      ...new Uint8Array((await response?.arrayBuffer()) ?? []),
    ]).to.deep.equal([...a.content]);
    expect(await registration.match('/none')).to.equal(undefined);
    expect(
      await registration.match('/scripted', {ignoreSearch: true}),
    ).to.be.instanceOf(BackgroundFetchRecord);
    expect(await rejection(registration.match())).to.match(/^TypeError/);
  });
});

describe('BackgroundFetchUpdateUIEvent', () => {
  const run = async (
    handle: (event: {
      waitUntil(promise: unknown): void;
      updateUI(options?: unknown): Promise<undefined>;
      registration: BackgroundFetchRegistration;
    }) => void,
  ) => {
    const {manager, target} = makeManager();
    const registration = await manager.fetch('id', scripted(10).url);
    target.addEventListener('backgroundfetchsuccess', (event) => {
      handle(event as unknown as Parameters<typeof handle>[0]);
    });
    await until(() => !registration.recordsAvailable);
    return registration;
  };

  it('keeps records while it is extended, and is the realm’s object', async () => {
    const seen: unknown[] = [];
    const registration = await run((event) => {
      seen.push(event.registration);
      event.waitUntil(
        (async () => {
          const record = await event.registration.match('/scripted', {
            ignoreSearch: true,
          });
          const response = await record?.responseReady;
          seen.push((await response?.arrayBuffer())?.byteLength);
        })(),
      );
    });
    expect(seen).to.deep.equal([registration, 10]);
  });

  it('updates the UI once, while it is active', async () => {
    const outcomes: Promise<string>[] = [];
    let late: Promise<string> = Promise.resolve('');
    const update = (
      event: {updateUI(options: unknown): Promise<undefined>},
      options: unknown,
    ): Promise<string> => event.updateUI(options).then(() => 'updated', String);
    await run((event) => {
      outcomes.push(update(event, {icons: [{}]}));
      outcomes.push(update(event, {title: 'Done'}));
      outcomes.push(update(event, {title: 'Twice'}));
      event.waitUntil(Promise.all(outcomes));
      late = Promise.all(outcomes).then(
        () =>
          new Promise<string>((resolve) => {
            void until(() => !event.registration.recordsAvailable).then(() => {
              try {
                event.waitUntil(1);
                resolve('still active');
              } catch (error) {
                resolve((error as Error).name);
              }
            });
          }),
      );
    });
    const [wrong, first, second] = await Promise.all(outcomes);
    expect(wrong).to.match(/^TypeError/);
    expect(first).to.equal('updated');
    expect(second).to.match(/^InvalidStateError/);
    expect(await late).to.equal('InvalidStateError');
  });

  it('is refused what a script made itself', async () => {
    const {manager, events} = makeManager();
    const registration = await manager.fetch('id', slow());
    const {BackgroundFetchUpdateUIEvent, BackgroundFetchEvent} =
      events.interfaces;
    const event = new BackgroundFetchUpdateUIEvent('any', {registration});
    expect(event).to.include({type: 'any', registration});
    expect(await rejection(event.updateUI({title: ''}))).to.match(
      /^InvalidStateError/,
    );
    for (const args of [
      [],
      ['any'],
      ['any', {}],
      ['any', {registration: {}}],
    ]) {
      expect(() => new BackgroundFetchEvent(...args)).to.throw(TypeError);
    }
  });

  it('ends though its handler throws, or what extends it rejects', async () => {
    const errors: unknown[] = [];
    // The runner's own handler would make a failure of it.
    const {onerror} = window;
    Reflect.set(window, 'onerror', (message: unknown) => {
      errors.push(message);
      return true;
    });
    await run((event) => {
      event.waitUntil(Promise.reject(new Error('Rejected.')));
      throw new Error('Thrown.');
    });
    Reflect.set(window, 'onerror', onerror);
    expect(String(errors)).to.include('Thrown.');
  });
});
