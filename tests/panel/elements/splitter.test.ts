import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import '../../../panel/elements/splitter/splitter.js';
import {find, mount, press, record, unmountAll} from '../support/mount.js';

describe('<bgf-splitter>', () => {
  afterEach(unmountAll);

  it('is moved by arrow keys, within its bounds', async () => {
    const splitter = await mount(
      'bgf-splitter',
      html`<bgf-splitter .value=${100} .min=${90} .max=${300}></bgf-splitter>`,
    );
    const events = record(splitter, 'bgf-resize');
    const handle = find(splitter, '[role=separator]');
    for (const key of ['ArrowUp', 'ArrowDown', 'Home', 'End', 'x']) {
      press(handle, key);
    }
    assert.deepEqual(
      events.map((event) => event.value),
      [116, 90, 300, 90],
    );
    assert.equal(handle.getAttribute('aria-valuenow'), '100');
  });

  it('moves sideways where it is upright, and gives the size back', async () => {
    const splitter = await mount(
      'bgf-splitter',
      html`<bgf-splitter
        orientation="vertical"
        .value=${100}
        .min=${90}
        .max=${300}
      ></bgf-splitter>`,
    );
    const events = record(splitter, 'bgf-resize');
    const handle = find(splitter, '[role=separator]');
    for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'ArrowUp']) {
      press(handle, key);
    }
    handle.dispatchEvent(new MouseEvent('dblclick'));
    assert.deepEqual(
      events.map((event) => event.value),
      [116, 90, 90, 300, undefined],
    );
    assert.equal(handle.getAttribute('aria-orientation'), 'vertical');
  });
});
