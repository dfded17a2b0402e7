import {assert} from '@esm-bundle/chai';
import fc from 'fast-check';
import {isWhole, placeLabels} from '../../../panel/timeline/timeline.js';

describe('labels of the time axis', () => {
  it('are as they are where there is room', () => {
    const labels = [
      {x: 0, text: '3G, 2 rules'},
      {x: 200, text: 'Back to normal'},
    ];
    assert.deepEqual(placeLabels(labels), labels);
  });

  it('are cut, or left out, before the next one', () => {
    assert.deepEqual(
      placeLabels([
        {x: 0, text: 'No throttling, 12 rules'},
        {x: 80, text: 'No throttling, 13 rules'},
        {x: 100, text: '3G'},
      ]),
      [
        {x: 0, text: 'No throttl…'},
        {x: 80, text: ''},
        {x: 100, text: '3G'},
      ],
    );
  });

  it('are whole where they end before the edge', () => {
    assert.isTrue(isWhole('20 s', 175, 200));
    assert.isFalse(isWhole('20 s', 180, 200));
  });

  it('of one place are one, with what came of it', () => {
    assert.deepEqual(
      placeLabels([
        {x: 10, text: '3G'},
        {x: 12, text: 'GPRS'},
        {x: 17, text: 'Wi-Fi'},
        {x: 30, text: 'Back to normal'},
      ]),
      [
        {x: 17, text: ''},
        {x: 30, text: 'Back to normal'},
      ],
    );
    assert.deepEqual(
      placeLabels([
        {x: 10, text: '3G'},
        {x: 12, text: 'GPRS'},
      ]),
      [{x: 12, text: '2 changes: GPRS'}],
    );
  });

  it('never lie over each other', () => {
    const labels = fc
      .array(
        fc.tuple(fc.double({min: 0, max: 1_000, noNaN: true}), fc.string()),
      )
      .map((all) =>
        all
          .map(([x, text]) => ({x, text}))
          .toSorted((one, other) => one.x - other.x),
      );
    fc.assert(
      fc.property(labels, (given) => {
        const placed = placeLabels(given);
        for (const [index, {x, text}] of placed.entries()) {
          const next = placed[index + 1]?.x ?? Infinity;
          assert.isAtMost(x + 6.2 * text.length, next);
        }
        assert.equal(placed.at(-1)?.x, given.at(-1)?.x);
      }),
    );
  });
});
