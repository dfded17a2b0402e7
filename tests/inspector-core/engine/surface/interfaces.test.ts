import {expect} from '@esm-bundle/chai';
import {BackgroundFetchManager} from '../../../../inspector-core/engine/surface/background-fetch-manager.js';
import {BackgroundFetchRecord} from '../../../../inspector-core/engine/surface/background-fetch-record.js';
import {BackgroundFetchRegistration} from '../../../../inspector-core/engine/surface/background-fetch-registration.js';
import {defineEvents} from '../../../../inspector-core/engine/surface/events.js';
import {membersOf} from '../support/members.js';
import {rejection} from '../support/scripted.js';

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
