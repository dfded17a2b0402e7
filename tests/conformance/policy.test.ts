/** §6 step 6, on: redirects, ports, schemes, and the page's policy. */
import {expect} from '@esm-bundle/chai';
import {rejection, serve, until} from './support/files.js';
import {openPage} from './support/realms.js';
import {managerOf} from './support/service-worker.js';
import {suite} from './support/suite.js';

suite('what Fetch refuses', (test) => {
  test('a redirect is followed', async ({manager, worker, id}) => {
    const target = serve(5);
    const file = serve(0, {status: 307, headers: {Location: target.url}});
    await manager.fetch(id, file.url);
    const {result, records} = await worker.event(id);
    expect(result).to.equal('success');
    expect(records[0]).to.deep.equal({
      url: file.url,
      method: 'GET',
      status: 200,
      bytes: 5,
    });
  });

  test('a redirect of a POST by 307 keeps method and body', async ({
    manager,
    worker,
    id,
  }) => {
    const target = serve(5);
    const file = serve(0, {status: 307, headers: {Location: target.url}});
    const request = new Request(file.url, {method: 'POST', body: 'kept'});
    await manager.fetch(id, request);
    await worker.event(id);
    expect((await target.log())[0]).to.include({method: 'POST', body: 'kept'});
  });

  test('a redirect in mode error is a fetch-error', async ({
    manager,
    worker,
    id,
  }) => {
    const location = serve(5).url;
    const file = serve(0, {status: 302, headers: {Location: location}});
    await manager.fetch(id, new Request(file.url, {redirect: 'error'}));
    expect((await worker.event(id)).failureReason).to.equal('fetch-error');
  });

  test('redirects without an end are a fetch-error', async ({
    manager,
    worker,
    id,
  }) => {
    await manager.fetch(id, serve(0, {loop: true}).url);
    expect((await worker.event(id)).failureReason).to.equal('fetch-error');
  });

  for (const [what, url] of [
    ['a blocked port', 'http://localhost:6000/'],
    ['an unknown scheme', 'unknown://host/file'],
    ['an unreachable server', 'http://localhost:9/'],
  ] as const) {
    test(`${what} is a fetch-error, and does not reject fetch()`, async ({
      manager,
      worker,
      id,
    }) => {
      const registration = await manager.fetch(id, url);
      expect(registration.id).to.equal(id);
      expect((await worker.event(id)).failureReason).to.equal('fetch-error');
    });
  }

  test('a URL with dangling markup is a fetch-error', async ({
    manager,
    worker,
    id,
  }) => {
    await manager.fetch(id, `${serve(5).url}&x=\n<`);
    expect((await worker.event(id)).failureReason).to.equal('fetch-error');
  });

  test('what the page’s Content Security Policy forbids is a fetch-error', async ({
    worker,
    id,
  }) => {
    const page = await openPage('/conformance/none/');
    const policy = page.window.document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "connect-src 'none'";
    page.window.document.head.append(policy);
    const found = (await page.window.navigator.serviceWorker.getRegistration(
      worker.registration.scope,
    )) as ServiceWorkerRegistration;
    const file = serve(5);
    const registration = await managerOf(found).fetch(id, file.url);
    expect((await worker.event(id)).failureReason).to.equal('fetch-error');
    expect(registration.failureReason).to.equal('fetch-error');
    expect(await file.log()).to.deep.equal([]);
    page.close();
  });

  test('a body that its integrity does not fit is a fetch-error', async ({
    manager,
    worker,
    id,
  }) => {
    const integrity = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
    await manager.fetch(id, new Request(serve(5).url, {integrity}));
    expect((await worker.event(id)).failureReason).to.equal('fetch-error');
  });

  test('an aborted signal of the caller’s request does not matter later', async ({
    manager,
    worker,
    id,
  }) => {
    const controller = new AbortController();
    const file = serve(9, {hold: 4});
    const registration = await manager.fetch(
      id,
      new Request(file.url, {signal: controller.signal}),
    );
    await until(() => registration.downloaded === 4);
    controller.abort();
    expect(registration.result).to.equal('');
    expect(await registration.abort()).to.equal(true);
    expect((await worker.event(id)).type).to.equal('backgroundfetchabort');
  });

  test('a data URL is fetched as Fetch does', async ({manager, worker, id}) => {
    await manager.fetch(id, 'data:,hello');
    const {result, records} = await worker.event(id);
    expect(result).to.equal('success');
    expect(records[0]).to.include({status: 200, bytes: 5});
  });

  test('credentials in a URL reject fetch() itself', async ({manager, id}) => {
    const url = new URL(serve(5).url);
    url.username = 'user';
    for (const password of ['', 'password']) {
      url.password = password;
      const error = await rejection(manager.fetch(id, url.href));
      expect(error).to.be.instanceOf(TypeError);
    }
  });
});
