import {expect} from '@esm-bundle/chai';
import {followDrag} from '../../../panel/controllers/follow-drag.js';

/** A handle in no document: which pointers it is given is all that is fake. */
function makeHandle() {
  const captured: number[] = [];
  const handle = Object.assign(document.createElement('div'), {
    setPointerCapture: (pointer: number) => void captured.push(pointer),
  });
  const places: number[] = [];
  handle.addEventListener('pointerdown', (down) =>
    followDrag(handle, down, ({clientX}) => places.push(clientX)),
  );
  const point = (type: string, options: PointerEventInit = {}): void => {
    handle.dispatchEvent(new PointerEvent(type, {pointerId: 7, ...options}));
  };
  return {captured, places, point};
}

describe('followDrag', () => {
  it('follows a pointer from when it goes down until it is let go', () => {
    const {captured, places, point} = makeHandle();
    point('pointermove', {clientX: 1});
    point('pointerdown');
    point('pointermove', {clientX: 2});
    point('pointermove', {clientX: 3});
    point('lostpointercapture');
    point('pointermove', {clientX: 4});
    expect(places).to.deep.equal([2, 3]);
    expect(captured).to.deep.equal([7]);
    point('pointerdown');
    point('pointermove', {clientX: 5});
    expect(places).to.deep.equal([2, 3, 5]);
  });

  it('leaves other buttons to the menus that they open', () => {
    const {captured, places, point} = makeHandle();
    point('pointerdown', {button: 2});
    point('pointermove', {clientX: 2});
    expect(places).to.deep.equal([]);
    expect(captured).to.deep.equal([]);
  });
});
