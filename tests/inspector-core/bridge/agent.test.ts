import {expect} from '@esm-bundle/chai';
import {encodeJson} from '../../../inspector-core/bridge/agent/json.js';
import {admitReply} from '../../../inspector-core/bridge/endpoints/replies.js';
import {admitRequest} from '../../../inspector-core/bridge/endpoints/requests.js';
import {createRealm} from './rig.js';

describe('createAgent', () => {
  it('ends an older read with nothing when a newer one comes', async () => {
    const realm = createRealm('one');
    const api = realm.agent.connect();
    const older = api.read(0, 10);
    const newer = api.read(0, 10);
    expect((await older).entries).to.deep.equal([]);
    realm.write(1);
    expect((await newer).entries).to.have.length(1);
  });

  it('answers several inspectors without one ending the other', async () => {
    const realm = createRealm('two');
    const reads = [1, 2, 3].map(() => realm.agent.connect().read(0, 10));
    realm.write(2);
    for (const {entries} of await Promise.all(reads)) {
      expect(entries).to.have.length(2);
    }
  });

  it('waits until what was just written is all there', async () => {
    const realm = createRealm('burst');
    const read = realm.agent.connect().read(0, 100);
    realm.write(50);
    expect((await read).entries).to.have.length(50);
  });
});

describe('encodeJson', () => {
  const value = {
    text: 'a "quoted" \u2028 \ud800 line',
    list: [1, true, {deep: 'x'}, []],
    none: undefined,
  };
  const plain = JSON.stringify(value);

  it('writes what JSON.stringify writes', () => {
    expect(encodeJson(value)).to.equal(plain);
  });

  it('writes the same when the page put a toJSON in the way', () => {
    const prototypes: readonly object[] = [Object.prototype, Array.prototype];
    for (const prototype of prototypes) {
      Object.defineProperty(prototype, 'toJSON', {
        value: () => 'stolen',
        configurable: true,
      });
      try {
        expect(encodeJson(value)).to.equal(plain);
      } finally {
        Reflect.deleteProperty(prototype, 'toJSON');
      }
    }
  });

  it('writes the same when the page replaced JSON.stringify', () => {
    const {stringify} = JSON;
    JSON.stringify = () => 'stolen';
    try {
      expect(encodeJson(value)).to.equal(plain);
    } finally {
      JSON.stringify = stringify;
    }
  });
});

describe('admitRequest', () => {
  const request = (path: unknown, ...values: unknown[]): object => ({
    id: 'a',
    type: 'APPLY',
    path,
    argumentList: values.map((value) => ({type: 'RAW', value})),
  });

  it('lets a read and an uninstall through', () => {
    expect(admitRequest(request(['read'], 1, 2))).to.deep.equal({
      id: 'a',
      method: 'read',
      after: 1,
      budget: 2,
    });
    expect(
      admitRequest(request(['execute'], {type: 'uninstall-hook', more: 1})),
    ).to.deep.equal({
      id: 'a',
      method: 'execute',
      command: {type: 'uninstall-hook'},
    });
  });

  it('lets commands through, with what belongs to them', () => {
    for (const command of [
      {type: 'set-route', route: 'emulated'},
      {type: 'control-fetch', scope: 'https://a/', id: 'b', action: 'pause'},
      {
        type: 'control-fetch',
        scope: 'https://a/',
        id: 'b',
        action: 'dispatch-fail',
      },
      {type: 'set-conditions', conditions: {version: 1, offline: true}},
      {
        type: 'control-worker',
        scope: 'https://a/',
        action: 'clear-storage',
      },
    ]) {
      expect(
        admitRequest(request(['execute'], {...command, more: 1})),
      ).to.deep.equal({id: 'a', method: 'execute', command});
    }
  });

  it('drops every other way to the object', () => {
    const others = [
      request(['read', 'constructor'], 'alert(1)'),
      request(['__proto__'], 1, 2),
      request(['read'], -1, 2),
      request(['read'], '1', 2),
      request(['execute'], {type: 'run'}),
      request(['execute'], {type: 'set-route', route: 'away'}),
      request(['execute'], {type: 'control-fetch', id: 'a', action: 'abort'}),
      request(['execute'], {
        type: 'control-fetch',
        scope: 'https://a/',
        id: 'b',
        action: 'constructor',
      }),
      request(['execute'], {type: 'set-conditions', conditions: 'offline'}),
      request(['execute'], {type: 'control-worker', scope: 'https://a/'}),
      request(['execute'], {
        type: 'control-worker',
        scope: 7,
        action: 'kill-worker',
      }),
      {...request(['read'], 1, 2), type: 'SET', value: {type: 'RAW', value: 1}},
      {...request(['read'], 1, 2), type: 'CONSTRUCT'},
      {...request(['read'], 1, 2), type: 'ENDPOINT'},
      {...request(['read'], 1, 2), id: 'x'.repeat(1_000)},
      {id: 'a', type: 'RELEASE'},
      null,
      'text',
    ];
    for (const other of others) expect(admitRequest(other)).to.equal(undefined);
  });
});

describe('admitReply', () => {
  it('keeps of an error nothing but name and message', () => {
    const value = JSON.parse(
      '{"isError":true,"value":{"name":"E","message":"m","__proto__":{"x":1}}}',
    ) as unknown;
    expect(
      admitReply({id: 'a', type: 'HANDLER', name: 'throw', value}),
    ).to.deep.equal({
      id: 'a',
      type: 'HANDLER',
      name: 'throw',
      value: {isError: true, value: {name: 'E', message: 'm'}},
    });
  });

  it('drops live objects and what is no reply', () => {
    const {port1} = new MessageChannel();
    const others = [
      {id: 'a', type: 'HANDLER', name: 'proxy', value: port1},
      {id: 1, type: 'RAW', value: 1},
      {type: 'RAW', value: 1},
      undefined,
      7,
    ];
    for (const other of others) expect(admitReply(other)).to.equal(undefined);
  });
});
