/** §8 `abort()`. */
import {expect} from '@esm-bundle/chai';
import {rejection, serve, until} from './support/files.js';
import {suite} from './support/suite.js';

suite('abort()', (test) => {
  test('gives true, and then false', async ({manager, id}) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    expect(await registration.abort()).to.equal(true);
    expect(await registration.abort()).to.equal(false);
  });

  test('of two calls at once, the first gives true', async ({manager, id}) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    const answers = [registration.abort(), registration.abort()];
    expect(await Promise.all(answers)).to.deep.equal([true, false]);
  });

  test('after the fetch has ended gives false, and changes nothing', async ({
    manager,
    id,
    worker,
  }) => {
    const registration = await manager.fetch(id, serve(1).url);
    await worker.event(id);
    expect(await registration.abort()).to.equal(false);
    expect(registration).to.include({result: 'success', failureReason: ''});
  });

  test('closes the connections', async ({manager, id}) => {
    const files = [serve(99, {stall: 1}), serve(99, {holdHead: true})];
    const registration = await manager.fetch(
      id,
      files.map(({url}) => url),
    );
    await until(() => registration.downloaded === 1);
    await registration.abort();
    for (const file of files) {
      await until(async () => {
        const log = await file.log();
        return log.every(({end}) => end === 'closed');
      });
    }
  });

  test('takes effect before any request was sent', async ({
    manager,
    id,
    worker,
  }) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    void registration.abort();
    expect((await worker.event(id)).type).to.equal('backgroundfetchabort');
  });

  test('leaves what is complete readable, and rejects the rest with an AbortError', async ({
    manager,
    id,
    worker,
  }) => {
    const complete = serve(5);
    const registration = await manager.fetch(id, [
      complete.url,
      serve(9, {holdHead: true}).url,
    ]);
    await until(() => registration.downloaded === 5);
    await until(async () => (await complete.log())[0]?.end === 'finished');
    // Until its record knows that it is complete.
    const record = await registration.match(complete.url);
    await (await record?.responseReady)?.arrayBuffer();
    await registration.abort();
    const {records} = await worker.event(id);
    expect(records[0]).to.include({status: 200, bytes: 5});
    expect(records[1]?.error).to.equal('AbortError');
  });

  test('rejects a responseReady that is pending with an AbortError', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {holdHead: true});
    const registration = await manager.fetch(id, url);
    const record = await registration.match(url);
    const ready = rejection(Promise.resolve(record?.responseReady));
    await registration.abort();
    const error = await ready;
    expect(error).to.be.instanceOf(DOMException);
    expect(error.name).to.equal('AbortError');
  });

  test('makes a body that is being read fail with an AbortError', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {stall: 4});
    const registration = await manager.fetch(id, url);
    const record = await registration.match(url);
    const response = await record?.responseReady;
    const reader = response?.body?.getReader();
    const first = await reader?.read();
    expect(first?.done).to.equal(false);
    const next = rejection(Promise.resolve(reader?.read()));
    await registration.abort();
    const error = await next;
    expect(error.name).to.equal('AbortError');
  });

  test('by the worker is seen by the page', async ({manager, id, worker}) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    const answers = await worker.run(async ({registration}, id) => {
      const fetch = await registration.backgroundFetch.get(id);
      return [await fetch?.abort(), await fetch?.abort()];
    }, id);
    expect(answers).to.deep.equal([true, false]);
    await until(() => registration.failureReason === 'aborted');
    expect(registration.result).to.equal('failure');
    expect(await registration.abort()).to.equal(false);
  });
});
