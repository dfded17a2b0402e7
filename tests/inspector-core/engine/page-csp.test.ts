import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../../inspector-core/platform/background-fetch.js';
import {
  startEngineWorker,
  type EngineWorker,
} from './support/engine-commands.js';
import {openPage, type Page} from './support/pages.js';
import {crossOrigin, scripted, until} from './support/scripted.js';

let worker: EngineWorker | undefined;
let page: Page | undefined;

const start = async (csp: string) => {
  worker = await startEngineWorker();
  const {scope} = worker.registration;
  page = await openPage(scope, {csp});
  return {manager: await page.manager(scope), worker};
};

afterEach(async () => {
  page?.close();
  await worker?.registration.unregister();
});

const over = async (
  registration: BackgroundFetchRegistration,
): Promise<string> => {
  await until(() => registration.result !== '');
  return `${registration.result} ${registration.failureReason}`;
};

describe('a page with a Content Security Policy', () => {
  it('gets a fetch-error for what the policy forbids, and no request', async () => {
    const {manager, worker} = await start("connect-src 'none'");
    const file = scripted(10);
    const registration = await manager.fetch('id', file.url);
    expect(registration.id).to.equal('id');
    const record = await registration.match(file.url);
    expect(await over(registration)).to.equal('failure fetch-error');
    const error = await record?.responseReady.catch((error: unknown) => error);
    // Of the page's own realm.
    expect(error).to.have.property('name', 'TypeError');
    expect(await file.log()).to.deep.equal([]);
    await until(async () => (await worker.reports()).length > 0);
    expect((await worker.reports())[0]).to.include({
      name: 'backgroundfetchfail',
      failureReason: 'fetch-error',
    });
  });

  it('has the other records fetched', async () => {
    const {manager, worker} = await start("connect-src 'self'");
    const [own, other] = [scripted(10), scripted(10)];
    const registration = await manager.fetch('id', [
      crossOrigin(other.url),
      own.url,
      new Request(crossOrigin(other.url), {method: 'POST', body: 'sent'}),
    ]);
    expect(await over(registration)).to.equal('failure fetch-error');
    await until(async () => (await worker.reports()).length > 0);
    expect((await worker.reports())[0]?.lengths).to.deep.equal([-1, 10, -1]);
    expect(await own.log()).to.have.length(1);
    const methods = (await other.log()).map(({method}) => method);
    expect(methods).not.to.include.members(['GET']);
    expect(methods).not.to.include.members(['POST']);
  });

  it('fetches what it allows', async () => {
    const file = scripted(10, {headers: {'Access-Control-Allow-Origin': '*'}});
    const url = crossOrigin(file.url);
    const {manager} = await start(`connect-src ${new URL(url).origin}`);
    const registration = await manager.fetch('id', url);
    expect(await over(registration)).to.equal('success ');
    expect(await file.log()).to.have.length(1);
  });
});
