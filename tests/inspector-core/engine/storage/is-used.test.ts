import {expect} from '@esm-bundle/chai';
import {openFrame, runScript} from '../../../support/frames.js';

const SCRIPT = '/classic/tests/inspector-core/engine/support/is-used-realm.js';

/** In the page itself: there `await` needs nothing that the page has replaced. */
const ASK = 'async (tell) => tell(await isEngineUsed())';

describe('isEngineUsed', () => {
  it('is neither seen nor answered by what a page replaces', async () => {
    const {window, frame} = await openFrame({src: '/blank.html'});
    await runScript(window.document, SCRIPT);
    const ask = window.eval(ASK) as (tell: (isUsed: boolean) => void) => void;
    const asked = (): Promise<boolean> =>
      new Promise((resolve) => ask(resolve));
    const before = await asked();
    const called: PropertyKey[] = [];
    for (const [owner, name] of [
      [window.IDBFactory.prototype, 'databases'],
      [window.Array.prototype, 'some'],
      [window.Array.prototype, Symbol.iterator],
      [window.Promise.prototype, 'then'],
    ] as const) {
      Reflect.set(owner, name, () => {
        called.push(name);
        return !before;
      });
    }
    expect(await asked()).to.equal(before);
    expect(called).to.deep.equal([]);
    frame.remove();
  });
});
