import {expect} from '@esm-bundle/chai';
import type {Fact} from '../../../inspector-core/protocol/protocol.js';
import {
  createDesk,
  createRealm,
  keepBusy,
  wireByText,
  type Desk,
  type Realm,
  type Wire,
} from './rig.js';

const upTo = (last: number): readonly number[] =>
  Array.from({length: last}, (_, index) => index + 1);

/** Entry 6 keeps the inspector busy, while a reply with entry 7 has arrived. */
async function whileBusy(
  name: string,
  act: (wire: Wire, realm: Realm) => Promise<void>,
): Promise<Desk> {
  const desk = createDesk();
  const realm = createRealm(name);
  realm.write(5);
  const wire = wireByText(realm.agent);
  desk.collector.connect(wire.link);
  await desk.until(() => desk.numbers(name).length === 5);
  const free = keepBusy(desk);
  try {
    realm.write(1);
    await desk.until(() => desk.numbers(name).length === 6);
    realm.write(1);
    await wire.arrived(7);
    expect(desk.numbers(name)).to.deep.equal(upTo(6));
    await act(wire, realm);
  } finally {
    free();
  }
  return desk;
}

describe('Collector', () => {
  it('reads what is there, and then what comes', async () => {
    const desk = createDesk();
    const realm = createRealm('one');
    realm.write(3);
    desk.collector.connect(wireByText(realm.agent).link);
    await desk.until(() => desk.numbers('one').length === 3);
    realm.write(2);
    await desk.until(() => desk.numbers('one').length === 5);
    expect(desk.numbers('one')).to.deep.equal(upTo(5));
    expect(desk.entries()[0]?.source).to.deep.equal(realm.source);
  });

  it('carries 20,000 entries over a link, once each', async () => {
    const desk = createDesk();
    const realm = createRealm('many');
    desk.collector.connect(wireByText(realm.agent).link);
    for (let round = 0; round < 20; round += 1) {
      realm.write(1_000);
      await Promise.resolve();
    }
    await desk.until(() => desk.numbers('many').length >= 20_000);
    expect(desk.numbers('many')).to.deep.equal(upTo(20_000));
  });

  it('goes on where it was when the realm is found again', async () => {
    const desk = createDesk();
    const realm = createRealm('back');
    realm.write(10);
    const first = wireByText(realm.agent);
    desk.collector.connect(first.link);
    await desk.until(() => desk.numbers('back').length === 10);
    first.end();
    realm.write(10);
    desk.collector.connect(wireByText(realm.agent).link);
    await desk.until(() => desk.numbers('back').length === 20);
    expect(desk.numbers('back')).to.deep.equal(upTo(20));
    expect(desk.count('entries-rejected')).to.equal(0);
  });

  it('takes what a realm that ends sends unasked, once', async () => {
    const desk = createDesk();
    const realm = createRealm('leaving');
    realm.write(5);
    const wire = wireByText(realm.agent);
    desk.collector.connect(wire.link);
    await desk.until(() => desk.numbers('leaving').length === 5);
    // The waiting read is answered with the same entries that go unasked.
    realm.write(40);
    wire.farewell(2);
    realm.write(5);
    await desk.until(() => desk.numbers('leaving').at(-1) === 50);
    expect(desk.numbers('leaving')).to.deep.equal(upTo(50));
    expect(desk.count('entries-rejected')).to.equal(0);
  });

  it('takes an answer that waits its turn before the farewell after it', async () => {
    const desk = await whileBusy('leaving', async (wire, realm) => {
      realm.write(3);
      wire.farewell();
      await wire.arrived(7);
    });
    await desk.until(() => desk.numbers('leaving').includes(10));
    expect(desk.numbers('leaving')).to.deep.equal(upTo(10));
    expect(desk.count('entries-rejected')).to.equal(0);
    expect(desk.count('entries-missed')).to.equal(0);
  });

  it('takes an answer that waits its turn when its realm ends', async () => {
    const desk = await whileBusy('ended', (wire) => {
      wire.end('unloaded');
      return Promise.resolve();
    });
    await desk.until(() =>
      desk.entries().some(({fact}) => fact.type === 'realm-closed'),
    );
    expect(desk.numbers('ended')).to.deep.equal(upTo(7));
  });

  it('says how many entries are lost before a farewell, and goes on', async () => {
    const desk = createDesk();
    const realm = createRealm('gap');
    realm.write(5);
    const wire = wireByText(realm.agent);
    desk.collector.connect(wire.link);
    await desk.until(() => desk.numbers('gap').length === 5);
    realm.write(4);
    wire.farewell(7);
    await desk.until(() => desk.numbers('gap').includes(9));
    realm.write(1);
    await desk.until(() => desk.numbers('gap').includes(10));
    expect(desk.numbers('gap')).to.deep.equal([...upTo(5), 8, 9, 10]);
    expect(desk.count('entries-missed')).to.equal(2);
    expect(desk.count('entries-rejected')).to.equal(0);
  });

  it('says how many entries a full buffer lost', async () => {
    const desk = createDesk();
    const realm = createRealm('full', 'page', 100);
    realm.write(250);
    desk.collector.connect(wireByText(realm.agent).link);
    await desk.until(() => desk.numbers('full').at(-1) === 250);
    const numbers = desk.numbers('full');
    expect(desk.count('entries-missed')).to.equal(250 - numbers.length);
  });

  it('tells the end of a realm that could not tell it itself', async () => {
    const desk = createDesk();
    const realm = createRealm('gone');
    realm.write(1);
    const wire = wireByText(realm.agent);
    desk.collector.connect(wire.link);
    await desk.until(() => desk.numbers('gone').length === 1);
    wire.end('stopped');
    await desk.until(() =>
      desk.entries().some(({fact}) => fact.type === 'realm-closed'),
    );
    expect(desk.entries().at(-1)).to.deep.include({
      source: {kind: 'browser', realm: 'browser', url: ''},
      fact: {type: 'realm-closed', realm: 'gone', reason: 'stopped'},
    });
  });

  it('refuses a realm of a kind that cannot be there', async () => {
    const desk = createDesk();
    const realm = createRealm('posing', 'service-worker');
    realm.write(1);
    desk.collector.connect(wireByText(realm.agent, 'tab', ['page']).link);
    const other = createRealm('honest');
    other.write(1);
    desk.collector.connect(wireByText(other.agent).link);
    // The two come in any order.
    await desk.until(() => desk.numbers('honest').length === 1);
    await desk.until(() => desk.count('entries-rejected') === 1);
    expect(desk.numbers('posing')).to.deep.equal([]);
  });

  it('does not let one realm go on in the name of another', async () => {
    const desk = createDesk();
    const realm = createRealm('victim');
    realm.write(2);
    desk.collector.connect(wireByText(realm.agent, 'frame 1').link);
    await desk.until(() => desk.numbers('victim').length === 2);
    const thief = createRealm('victim');
    thief.write(9);
    desk.collector.connect(wireByText(thief.agent, 'frame 2').link);
    await desk.until(() => desk.count('entries-rejected') === 1);
    realm.write(1);
    await desk.until(() => desk.numbers('victim').length === 3);
    expect(desk.numbers('victim')).to.deep.equal(upTo(3));
  });

  it('takes from a realm only what a realm can have seen', async () => {
    const desk = createDesk();
    const realm = createRealm('liar');
    realm.log.append({type: 'log-cleared'});
    realm.log.append({type: 'realm-closed', realm: 'other', reason: 'crashed'});
    realm.log.append({type: 'page-navigated', url: 'https://bank.example/'});
    realm.write(1);
    desk.collector.connect(wireByText(realm.agent).link);
    await desk.until(() => desk.numbers('liar').length === 1);
    expect(desk.numbers('liar')).to.deep.equal([4]);
    expect(desk.count('entries-rejected')).to.equal(3);
  });

  it('takes attempts from a worker’s engine, each with its record', async () => {
    const desk = createDesk();
    const started: Fact = {
      type: 'attempt-started',
      attempt: '1',
      url: 'https://page.example/a',
      method: 'GET',
    };
    const of = {id: 'x', scope: 'https://page.example/', fetch: 1, index: 0};
    for (const kind of ['page', 'service-worker'] as const) {
      const {log, agent} = createRealm(kind, kind);
      log.append(started);
      log.append({...started, of});
      log.append({type: 'attempt-progressed', attempt: '1', received: 5});
      log.append({type: 'realm-resumed'});
      desk.collector.connect(wireByText(agent).link);
      await desk.until(() => desk.numbers(kind).includes(4));
    }
    expect(desk.numbers('page')).to.deep.equal([4]);
    expect(desk.numbers('service-worker')).to.deep.equal([2, 3, 4]);
  });

  it('goes past an entry that is too large to be sent', async () => {
    const desk = createDesk();
    const realm = createRealm('large');
    realm.write(2);
    const message = 'x'.repeat(17 * 1024 * 1024);
    const error = {name: 'Error', message};
    realm.log.append({type: 'hook-faulted', where: 'test', error});
    realm.write(2);
    desk.collector.connect(wireByText(realm.agent).link);
    await desk.until(() => desk.numbers('large').length === 4);
    expect(desk.numbers('large')).to.deep.equal([1, 2, 4, 5]);
    expect(desk.count('entries-rejected')).to.equal(1);
  });

  it('asks one realm after the other, workers first, until it is done', async () => {
    const desk = createDesk();
    const refusal = {ok: false, message: 'Not here.'} as const;
    const page = createRealm('page', 'page', 10, refusal);
    const worker = createRealm('worker', 'service-worker', 10);
    for (const realm of [page, worker]) {
      realm.write(1);
      desk.collector.connect(wireByText(realm.agent).link);
    }
    await desk.until(
      () => desk.numbers('page').length + desk.numbers('worker').length === 2,
    );
    const command = {
      type: 'control-fetch',
      scope: 'https://page.example/',
      id: 'id',
      action: 'pause',
    } as const;
    expect(await desk.collector.request(command)).to.deep.equal({ok: true});
    expect([page.commands, worker.commands]).to.deep.equal([
      [],
      ['control-fetch'],
    ]);
  });

  it('gives the reason when no realm does it', async () => {
    const desk = createDesk();
    const refusal = {ok: false, message: 'It is over.'} as const;
    const realm = createRealm('page', 'page', 10, refusal);
    realm.write(1);
    desk.collector.connect(wireByText(realm.agent).link);
    await desk.until(() => desk.numbers('page').length === 1);
    const command = {type: 'set-route', route: 'emulated'} as const;
    expect(await desk.collector.request(command)).to.deep.equal(refusal);
  });

  it('asks realms that come later what the others were asked', async () => {
    const desk = createDesk();
    await desk.collector.standing({type: 'set-route', route: 'emulated'});
    const realm = createRealm('later');
    realm.write(1);
    desk.collector.connect(wireByText(realm.agent).link);
    await desk.until(() => desk.numbers('later').length === 1);
    expect(realm.commands).to.deep.equal(['set-route']);
  });
});
