/**
 * The same scripts against Chromium's own Background Fetch, and against the
 * engine with the profile `chromium`: what an app can tell must be the same.
 */
import {expect} from '@esm-bundle/chai';
import {KNOWN_DIFFERENCES} from './known-differences.js';
import {SCRIPTS} from './scripts/scripts.js';
import {differences, flatten} from './support/compare.js';
import {openSide, type OpenSide} from './support/side.js';

// Firefox and WebKit have nothing to compare with.
const describeWhere =
  'BackgroundFetchManager' in globalThis ? describe : describe.skip;

describeWhere('the profile chromium', () => {
  let sides: readonly OpenSide[] = [];
  let compared = 0;

  before(async () => {
    sides = await Promise.all([openSide('native'), openSide('emulated')]);
  });

  after(async () => {
    await Promise.all(sides.map((side) => side.close()));
    console.log(`${SCRIPTS.length} scripts, ${compared} facts compared`);
  });

  for (const {name} of SCRIPTS) {
    it(`${name}, as Chromium does`, async function () {
      // Its download service waits 20 seconds before it asks a server again.
      this.timeout(60_000);
      const [native, emulated] = await Promise.all(
        sides.map((side) => side.run(name)),
      );
      compared += flatten(native).size;
      const found = differences(native, emulated);
      const known = KNOWN_DIFFERENCES.filter(({script}) => script === name);
      const isKnown = (path: string): boolean =>
        known.some((each) => path.startsWith(each.path));
      expect(found.filter(({path}) => !isKnown(path))).to.deep.equal([]);
      // One that is none any more must go.
      for (const {path, why} of known) {
        const isThere = found.some((each) => each.path.startsWith(path));
        expect(isThere, `${path}: ${why}`).to.equal(true);
      }
    });
  }

  it('has no exception for a script that there is not', () => {
    const names = SCRIPTS.map(({name}) => name);
    expect(names).to.include.members(
      KNOWN_DIFFERENCES.map(({script}) => script),
    );
  });
});
