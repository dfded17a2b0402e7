import {expect} from '@esm-bundle/chai';
import {literalOf} from '../../../../inspector-core/conditions/rules/literal-of.js';
import {compileUrl} from '../../../../inspector-core/conditions/rules/url-pattern.js';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import {chooseSeed} from '../../../support/seed.js';

const ORIGIN = 'https://a.example';
const PIECES = [
  '/',
  'a',
  'b',
  '.mp3',
  '*',
  ':x',
  ':y?',
  '{/c}?',
  '/:z*',
  '\\+',
];
const PARTS = ['/', 'a', 'b', '.mp3', 'c', '+', '?', '#'];

describe('literalOf', () => {
  const cases: readonly (readonly [pathname: string, literal: string])[] = [
    ['/media/*', '/media'],
    ['/media/:name.mp4', '/media'],
    ['/*.zip', '.zip'],
    ['/a/:b?/films/end', '/films/end'],
    ['/a', '/a'],
    ['*', ''],
    ['/a{b}?c', ''],
    ['/a\\+b/*', ''],
  ];
  for (const [pathname, literal] of cases) {
    it(`of ${pathname} is "${literal}"`, () => {
      expect(literalOf(pathname)).to.equal(literal);
    });
  }

  it('is in each URL that fits', () => {
    const random = createDice(chooseSeed('literals')).stream('urls');
    const draw = (from: readonly string[]): string =>
      Array.from(
        {length: 1 + Math.floor(random() * 6)},
        () => from[Math.floor(random() * from.length)],
      ).join('');
    let fitting = 0;
    for (let run = 0; run < 3_000; run += 1) {
      const text = `/${draw(PIECES)}`;
      let pattern: URLPattern;
      try {
        pattern = compileUrl(text, 'url', ORIGIN);
      } catch {
        // Some are none, as with one name twice.
        continue;
      }
      for (let each = 0; each < 10; each += 1) {
        const {href} = new URL(`${ORIGIN}/${draw(PARTS)}`);
        if (!pattern.test(href)) continue;
        fitting += 1;
        expect(href, text).to.contain(literalOf(pattern.pathname));
      }
    }
    expect(fitting).to.be.above(100);
  });
});
