import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import '../../../panel/elements/filter-field/filter-field.js';
import type {FilterField} from '../../../panel/elements/filter-field/filter-field.js';
import {find, mount, press, record, unmountAll} from '../support/mount.js';

const mountField = (value = '') =>
  mount(
    'bgf-filter-field',
    html`<bgf-filter-field .value=${value}></bgf-filter-field>`,
  );

function type(field: FilterField, text: string): HTMLInputElement {
  const input = find(field, 'input');
  input.value = text;
  input.dispatchEvent(new InputEvent('input', {bubbles: true}));
  return input;
}

describe('<bgf-filter-field>', () => {
  afterEach(unmountAll);

  it('tells what is typed', async () => {
    const field = await mountField();
    const events = record(field, 'bgf-filter');
    type(field, 'is:failed');
    assert.equal(events[0]?.text, 'is:failed');
    assert.equal(field.value, 'is:failed');
  });

  it('colours words without changing a character', async () => {
    const text = ' is:failed  /a b/ -id:x <b>';
    const field = await mountField(text);
    const colours = find(field, '.colours');
    const words = [...colours.children];
    assert.equal(words.map((word) => word.textContent).join(''), text);
    assert.deepEqual(
      words.map((word) => word.className),
      [
        'space',
        'key',
        'value',
        'space',
        'regex',
        'space',
        'key',
        'value',
        'space',
        'text',
      ],
    );
  });

  it('says what is wrong with a pattern', async () => {
    const field = await mountField('/(/');
    assert.include(
      find(field, '.problem').textContent,
      'The pattern cannot be read',
    );
    const input = find(field, 'input');
    assert.equal(input.getAttribute('aria-invalid'), 'true');
    assert.equal(input.getAttribute('aria-describedby'), 'problem');
  });

  it('completes keys and values', async () => {
    const field = await mountField();
    const input = type(field, 'ep -i');
    await field.updateComplete;
    press(input, 'ArrowDown');
    press(input, 'ArrowDown');
    press(input, 'Enter');
    assert.equal(field.value, 'ep -is:');
    await field.updateComplete;
    press(input, 'ArrowDown');
    press(input, 'Tab');
    assert.equal(field.value, 'ep -is:active');
  });

  it('is emptied by Escape, and lets go of a second one', async () => {
    const field = await mountField('ep');
    const input = find(field, 'input');
    assert.isTrue(press(input, 'Escape').defaultPrevented);
    assert.equal(field.value, '');
    await field.updateComplete;
    assert.isFalse(press(input, 'Escape').defaultPrevented);
  });
});
