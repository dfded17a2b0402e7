import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import '../../../panel/elements/data-grid/data-grid.js';
import type {
  Column,
  GridRows,
} from '../../../panel/elements/data-grid/data-grid.js';
import {find, mount, press, record, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

const COLUMNS: readonly Column<number>[] = [
  {label: 'Row', track: '1fr', text: (row: number) => `row ${row}`},
];

const rowsOf = (count: number, from = 0): GridRows<number> => ({
  count,
  removed: from,
  at: (index) => index + from,
  keyOf: (index) => index + from,
});

const mountGrid = (count: number, follow = false, columns = COLUMNS) =>
  mount(
    'bgf-data-grid',
    html`<bgf-data-grid
      label="Rows"
      style="block-size: 300px"
      ?follow=${follow}
      .columns=${columns}
      .rows=${rowsOf(count)}
    ></bgf-data-grid>`,
  );

const texts = (grid: Element): readonly string[] =>
  [...(grid.shadowRoot?.querySelectorAll('.row') ?? [])]
    .toSorted(
      (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
    )
    .map((row) => row.textContent.trim());

/** Texts of the rows that can be seen now, top to bottom. */
function visible(grid: Element): readonly string[] {
  const {top, bottom} = find(grid, '.scroller').getBoundingClientRect();
  return [...(grid.shadowRoot?.querySelectorAll('.row') ?? [])]
    .map((row) => ({row, box: row.getBoundingClientRect()}))
    .filter(({box}) => box.top >= top + 21 && box.bottom <= bottom)
    .toSorted((a, b) => a.box.top - b.box.top)
    .map(({row}) => row.textContent.trim());
}

describe('<bgf-data-grid>', () => {
  afterEach(unmountAll);

  it('leaves spare columns out where there is little room', async () => {
    const grid = await mountGrid(3, false, [
      ...COLUMNS,
      {label: 'Spare', track: '200px', isSpare: true, text: () => 'spare'},
    ]);
    assert.equal(texts(grid)[0]?.replaceAll(/\s+/g, ' '), 'row 0 spare');
    grid.style.inlineSize = '300px';
    await settle(document.body);
    assert.equal(texts(grid)[0], 'row 0');
    const scroller = find(grid, '.scroller');
    assert.equal(scroller.getAttribute('aria-colcount'), '1');
    assert.equal(find(grid, '[role=columnheader]').textContent.trim(), 'Row');
  });

  it('tells in a tooltip what an ellipsis cuts off', async () => {
    const grid = await mountGrid(3);
    assert.equal(find(grid, '[role=gridcell]').title, 'row 0');
  });

  it('renders what is in view of a hundred thousand rows', async () => {
    const grid = await mountGrid(100_000);
    assert.isBelow(texts(grid).length, 60);
    assert.equal(texts(grid)[0], 'row 0');
    const scroller = find(grid, '.scroller');
    assert.equal(scroller.getAttribute('aria-rowcount'), '100001');
    scroller.scrollTop = scroller.scrollHeight;
    await settle(document.body);
    assert.equal(texts(grid).at(-1), 'row 99999');
  });

  it('is moved through and chosen from by keyboard', async () => {
    const grid = await mountGrid(1_000);
    const chosen = record(grid, 'bgf-row');
    const scroller = find(grid, '.scroller');
    press(scroller, 'ArrowDown');
    press(scroller, 'ArrowDown');
    press(scroller, 'Enter');
    assert.deepEqual(
      chosen.map((event) => event.index),
      [1],
    );
    await settle(document.body);
    assert.equal(scroller.getAttribute('aria-activedescendant'), 'row-1');
    press(scroller, 'End');
    press(scroller, ' ');
    assert.equal(chosen.at(-1)?.index, 999);
    assert.isTrue(press(scroller, 'Home').defaultPrevented);
    assert.isFalse(press(scroller, 'x').defaultPrevented);
  });

  it('chooses the row that is clicked', async () => {
    const grid = await mountGrid(100);
    const chosen = record(grid, 'bgf-row');
    find(grid, '#row-4').click();
    assert.equal(chosen[0]?.index, 4);
  });

  it('stays at the newest row while the user is there', async () => {
    const grid = await mountGrid(100, true);
    assert.equal(visible(grid).at(-1), 'row 99');
    grid.rows = rowsOf(200);
    await settle(document.body);
    assert.equal(visible(grid).at(-1), 'row 199');
  });

  it('stays where the user went while rows come', async () => {
    const grid = await mountGrid(500, true);
    const scroller = find(grid, '.scroller');
    scroller.scrollTop = 1_000;
    await settle(document.body);
    const before = visible(grid);
    grid.rows = rowsOf(900);
    await settle(document.body);
    assert.deepEqual(visible(grid), before);
    assert.isFalse(grid.atEnd);
  });

  it('keeps in place what is looked at when old rows go', async () => {
    const grid = await mountGrid(500);
    const scroller = find(grid, '.scroller');
    scroller.scrollTop = 4_000;
    await settle(document.body);
    const before = visible(grid);
    assert.isAbove(before.length, 5);
    grid.rows = rowsOf(500, 50);
    await settle(document.body);
    assert.deepEqual(visible(grid), before);
  });
});
