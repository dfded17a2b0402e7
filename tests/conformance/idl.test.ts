/** §1 The interfaces, in each kind of realm, as Web IDL says they must be. */
import {expect} from '@esm-bundle/chai';
import {
  describeInterface,
  type SeenInterface,
  type SeenMember,
} from './support/describe-interface.js';
import {INTERFACES, type InterfaceIdl} from './support/idl.js';
import {
  openRealm,
  REALM_KINDS,
  type Realm,
  type RealmKind,
} from './support/realms.js';
import type {ServiceWorkerRealm} from './support/service-worker.js';
import {suite} from './support/suite.js';

const READ_ONLY = 'configurable';
const METHOD = 'writable enumerable configurable';

function expectedMember(
  name: string,
  member: InterfaceIdl['members'][string],
): SeenMember {
  if (member.kind === 'operation') {
    return {
      kind: 'operation',
      flags: METHOD,
      operation: [name, member.length, 'Function.prototype'],
      onOther: 'rejects TypeError',
      onPrototype: 'rejects TypeError',
    };
  }
  const isPromise = member.kind === 'attribute' && member.isPromise === true;
  const failure = isPromise ? 'rejects TypeError' : 'throws TypeError';
  return {
    kind: 'attribute',
    flags: 'enumerable configurable',
    get: [`get ${name}`, 0],
    ...(member.kind === 'handler' ? {set: [`set ${name}`, 1] as const} : {}),
    onOther: failure,
    onPrototype: failure,
  };
}

function expectedInterface(idl: InterfaceIdl): SeenInterface {
  return {
    onGlobal: 'writable configurable',
    kind: 'function',
    parent: idl.parent ?? 'Function.prototype',
    length: [idl.constructorLength ?? 0, READ_ONLY],
    name: [idl.name, READ_ONLY],
    prototype: '',
    prototypeParent: idl.parent ?? 'Object',
    constructorOf: 'writable configurable',
    tag: [idl.name, READ_ONLY],
    hasUnscopables: false,
    called: 'throws TypeError',
    constructed: 'throws TypeError',
    statics: [],
    members: Object.fromEntries(
      Object.entries(idl.members).map(([name, member]) => [
        name,
        expectedMember(name, member),
      ]),
    ),
  };
}

async function seen(
  kind: RealmKind,
  worker: ServiceWorkerRealm,
  name: string,
): Promise<SeenInterface | undefined> {
  const realm: Realm = await openRealm(kind, worker);
  const found = await realm.run(describeInterface, name);
  realm.close();
  return found;
}

suite('IDL', (test) => {
  for (const kind of REALM_KINDS) {
    for (const idl of INTERFACES) {
      const isExposed =
        idl.exposed === 'everywhere' || kind === 'service worker';
      if (isExposed) {
        test(`${idl.name} in a ${kind} is as it is declared`, async ({
          worker,
        }) => {
          expect(await seen(kind, worker, idl.name)).to.deep.equal(
            expectedInterface(idl),
          );
        });
      } else {
        test(`${idl.name} is not exposed in a ${kind}`, async ({worker}) => {
          expect(await seen(kind, worker, idl.name)).to.equal(undefined);
        });
      }
    }

    test(`backgroundFetch in a ${kind} is a readonly attribute of ServiceWorkerRegistration`, async ({
      worker,
    }) => {
      const found = await seen(kind, worker, 'ServiceWorkerRegistration');
      // Not all browsers have registrations in other workers than these.
      if (found === undefined && kind.endsWith('d worker')) return;
      expect(found?.members['backgroundFetch']).to.deep.equal(
        expectedMember('backgroundFetch', {kind: 'attribute'}),
      );
    });
  }
});
