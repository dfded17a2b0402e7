/** Conditions on the injected scripts: a page, its worker, and who inspects. */
import {expect} from '@esm-bundle/chai';
import type {Rule} from '../../../inspector-core/conditions/conditions.js';
import type {
  ConditionsFile,
  Fact,
  FactOf,
  FactType,
  WorkerAction,
} from '../../../inspector-core/protocol/protocol.js';
import type {ConsoleConditions} from '../../../inspector-core/inject/console-conditions.js';
import {StandaloneSession} from '../../../panel/standalone/session.js';
import {inject, openFrame} from '../../support/frames.js';
import {scripted, until} from '../engine/support/scripted.js';
import {closeSites, openSite, rejection, type Site} from './support/site.js';

const NEUTRAL: ConditionsFile = {version: 1};

let session = new StandaloneSession();

/** What realms told since the log began. */
const told = <T extends FactType>(type: T): readonly FactOf<T>[] => {
  const {log} = session;
  const facts: Fact[] = [];
  for (let index = log.first; index < log.next; index += 1) {
    const entry = log.at(index);
    if (entry !== undefined) facts.push(entry.fact);
  }
  return facts.filter((fact): fact is FactOf<T> => fact.type === type);
};

/** A site that the session has heard of. */
async function inspect(): Promise<Site> {
  const site = await openSite('emulated');
  await until(() =>
    told('realm-opened').some(({scope}) => scope === site.scope),
  );
  return site;
}

beforeEach(async () => {
  session = new StandaloneSession();
  await session.execute({type: 'start-recording'});
});

afterEach(async () => {
  await session.execute({type: 'set-conditions', conditions: NEUTRAL});
  await session.execute({type: 'stop-recording'});
  await closeSites();
});

describe('conditions that a panel sets', () => {
  it('act in the worker, which tells of them', async () => {
    const site = await inspect();
    const conditions: ConditionsFile = {
      version: 1,
      rules: [
        {
          name: 'Not found',
          match: {record: 1},
          effect: {type: 'status', status: 404},
        },
      ],
    };
    expect(
      await session.execute({type: 'set-conditions', conditions}),
    ).to.deep.equal({ok: true});
    const files = [scripted(1_000), scripted(2_000)];
    const registration = await site.manager.fetch(
      'id',
      files.map(({url}) => url),
    );
    const report = await site.ended('id');
    expect([report.name, report.sizes]).to.deep.equal([
      'backgroundfetchfail',
      [1_000, 0],
    ]);
    expect(registration.failureReason).to.equal('bad-status');
    await until(() => told('rule-fired').length > 0);
    expect(told('rule-fired')).to.deep.equal([
      {
        type: 'rule-fired',
        rule: 0,
        name: 'Not found',
        effect: 'status',
        trigger: 'request',
        id: 'id',
        scope: site.scope,
        record: 1,
        attempt: 1,
      },
    ]);
    expect(told('conditions-changed').at(-1)).to.deep.equal({
      type: 'conditions-changed',
      isActive: true,
      isOnline: true,
      profile: 'No throttling',
      rules: 1,
    });
  });

  for (const reason of [
    'aborted',
    'bad-status',
    'fetch-error',
    'quota-exceeded',
    'download-total-exceeded',
  ] as const) {
    it(`fail a fetch with ${reason}, for its one attempt`, async () => {
      const site = await inspect();
      const conditions: ConditionsFile = {
        version: 1,
        rules: [
          {
            trigger: {at: 'byte', byte: 500},
            effect: {type: 'fail', reason},
          },
        ],
      };
      await session.execute({type: 'set-conditions', conditions});
      const file = scripted(1_000);
      const registration = await site.manager.fetch('id', file.url);
      expect((await site.ended('id')).name).to.equal(
        reason === 'aborted' ? 'backgroundfetchabort' : 'backgroundfetchfail',
      );
      await until(() => registration.failureReason === reason);
      expect(await file.log()).to.have.length(1);
    });
  }

  it('are refused with the place of what is wrong, and nothing is taken', async () => {
    await inspect();
    const conditions = {
      version: 1,
      offline: true,
      rules: [{effect: {type: 'melt'}}],
    } as unknown as ConditionsFile;
    const answer = await session.execute({type: 'set-conditions', conditions});
    expect(answer.ok ? '' : answer.message).to.contain('rules[0].effect.type');
    expect(told('online-changed')).to.deep.equal([]);
  });

  it('take the network away and give it back, and no byte is lost', async () => {
    const site = await inspect();
    const file = scripted(300_000, {stall: 100_000}, {});
    const registration = await site.manager.fetch('id', file.url);
    await until(() => registration.downloaded === 100_000);
    await session.execute({
      type: 'set-conditions',
      conditions: {version: 1, offline: true},
    });
    await until(() => told('online-changed').length === 1);
    await session.execute({type: 'set-conditions', conditions: NEUTRAL});
    expect((await site.ended('id')).sizes).to.deep.equal([300_000]);
    const [, second] = await file.log();
    expect(second?.headers['range']).to.equal('bytes=100000-');
  });

  it('fire a rule for the first attempt once, though it has the worker killed', async () => {
    const site = await inspect();
    const rule = {
      match: {attempt: {first: 1}},
      trigger: {at: 'byte', byte: 50_000},
      effect: {type: 'worker-killed'},
    } as const;
    await session.execute({
      type: 'set-conditions',
      conditions: {version: 1, rules: [rule]},
    });
    const file = scripted(300_000);
    const registration = await site.manager.fetch('id', file.url);
    const report = await site.ended('id');
    expect([report.name, report.sizes]).to.deep.equal([
      'backgroundfetchsuccess',
      [300_000],
    ]);
    await until(() => registration.result === 'success');
    expect(told('rule-fired')).to.have.length(1);
    expect(await file.log()).to.have.length(2);
  });
});

describe('what is done to a worker', () => {
  /** Does it while a fetch has come to its 100,000th byte. */
  const control = async (action: WorkerAction) => {
    const site = await inspect();
    const {scope} = site;
    const file = scripted(300_000, {stall: 100_000}, {});
    const registration = await site.manager.fetch('id', file.url);
    await until(() => registration.downloaded === 100_000);
    expect(
      await session.execute({type: 'control-worker', scope, action}),
    ).to.deep.equal({ok: true});
    return {site, registration};
  };

  it('restarts it, and pages see their fetch go on', async () => {
    const {site, registration} = await control('kill-worker');
    expect((await site.ended('id')).sizes).to.deep.equal([300_000]);
    await until(() => registration.result === 'success');
    expect(registration.downloaded).to.equal(300_000);
  });

  it('clears its storage: the fetch is gone, without an event', async () => {
    const {site, registration} = await control('clear-storage');
    await until(() => !registration.recordsAvailable);
    expect(await site.manager.getIds()).to.deep.equal([]);
    expect(registration.result).to.equal('');
    // The id is free again.
    await site.manager.fetch('id', scripted(10).url);
    expect((await site.ended('id')).sizes).to.deep.equal([10]);
  });

  it('is not done in a worker of another scope', async () => {
    await inspect();
    const scope = 'https://elsewhere.example/';
    const answer = await session.execute({
      type: 'control-worker',
      scope,
      action: 'clear-storage',
    });
    expect(answer).to.deep.equal({
      ok: false,
      message: 'The service worker of this scope does not run.',
    });
  });
});

describe('bgfInspector.conditions', () => {
  it('of a page sets what its workers are under', async () => {
    const {conditions, manager} = await inspect();
    await conditions.setOffline(true);
    await conditions.setRules([{effect: {type: 'permission-denied'}}]);
    expect(await conditions.read()).to.deep.include({
      version: 1,
      offline: true,
      rules: [{effect: {type: 'permission-denied'}}],
    });
    expect(await rejection(manager.fetch('id', '/'))).to.match(
      /^NotAllowedError/,
    );
    expect(
      (await conditions.state()).map((state) => Reflect.get(state, 'fired')),
    ).to.deep.include([1]);
    await conditions.reset();
    expect(await conditions.read()).to.deep.include({
      rules: [],
      offline: false,
    });
  });

  it('is known to each page of the origin, before and after', async function () {
    if (!('BackgroundFetchManager' in globalThis)) this.skip();
    const [setter, older] = [await openSite(), await openSite()];
    const routeOf = ({engine}: Site, id: string): unknown =>
      engine?.choose([id, '/']).route;
    expect(routeOf(older, 'shaped')).to.equal('native');
    const rule: Rule = {match: {fetchId: 'shaped'}, effect: {type: 'drop'}};
    await setter.conditions.setRules([rule]);
    expect(routeOf(setter, 'shaped')).to.equal('emulated');
    const younger = await openSite();
    for (const site of [older, younger]) {
      await until(() => routeOf(site, 'shaped') === 'emulated');
      expect(routeOf(site, 'other')).to.equal('native');
    }
    await younger.conditions.reset();
    for (const site of [setter, older, younger]) {
      await until(() => routeOf(site, 'shaped') === 'native');
    }
  });

  it('rejects with what is wrong, and nothing has changed', async () => {
    const {conditions} = await inspect();
    await conditions.setQuota(4_096);
    expect(await rejection(conditions.setQuota(-1))).to.match(
      /conditions\.quota/,
    );
    expect(await conditions.read()).to.deep.include({quota: 4_096});
    await conditions.reset();
  });

  it('rejects where no worker can be under any', async function () {
    // What the files before this one left behind may be many, and silent.
    this.timeout(60_000);
    const left = await navigator.serviceWorker.getRegistrations();
    await Promise.all(left.map((each) => each.unregister()));
    const {window} = await openFrame({src: '/nobody/blank.html'});
    await inject(window, {route: 'emulated'});
    const {conditions} = Object(Reflect.get(window, 'bgfInspector')) as {
      readonly conditions: ConsoleConditions;
    };
    expect(await rejection(conditions.setOffline(true))).to.match(
      /^TypeError: No service worker .* loads conditions\.js before worker\.js/,
    );
    await conditions.reset();
    expect(await conditions.read()).to.deep.equal(NEUTRAL);
  });

  it('is seen by nobody who does not look for it', async () => {
    const {window} = await inspect();
    const options: unknown = Reflect.get(window, 'bgfInspector');
    expect(Object.keys(Object(options))).to.deep.equal(['route']);
  });
});
