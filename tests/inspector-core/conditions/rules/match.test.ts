import {expect} from '@esm-bundle/chai';
import {compileText} from '../../../../inspector-core/conditions/rules/match.js';

describe('compileText', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['abc', 'abc', true],
    ['abc', 'ab', false],
    ['abc', '*', true],
    ['', '*', true],
    ['abc', 'a*c', true],
    ['ac', 'a*c', true],
    ['aXbYc', 'a*b*c', true],
    ['acb', 'a*b*c', false],
    ['aba', 'aba*aba', false],
    ['a.c', 'a*.*c', true],
  ];
  for (const [text, pattern, expected] of cases) {
    it(`${expected ? 'takes' : 'refuses'} "${text}" for ${pattern}`, () => {
      expect(compileText(pattern)(text)).to.equal(expected);
    });
  }
});
