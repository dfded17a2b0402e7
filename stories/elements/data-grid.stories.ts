import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/data-grid/data-grid.js';
import type {
  Column,
  GridRows,
} from '../../panel/elements/data-grid/data-grid.js';
import {formatBytes, formatCount} from '../../panel/format/format.js';
import {fill} from '../support/fill.js';

interface Args {
  readonly count: number;
  readonly selected: number | undefined;
}

const columns: readonly Column<number>[] = [
  {
    label: '#',
    track: '90px',
    align: 'end',
    mono: true,
    text: (row) => formatCount(row),
  },
  {
    label: 'Square',
    track: 'minmax(0, 1fr)',
    text: (row) => formatBytes(row * row),
    isError: (row) => row % 7 === 0,
  },
];

/** Many equal rows, of which only the visible ones exist. */
const meta = {
  title: 'Elements/Data grid',
  render: ({count, selected}: Args) => {
    const rows: GridRows<number> = {
      count,
      at: (index) => index,
      keyOf: (index) => index,
    };
    return html`<bgf-data-grid
      ${fill('260px')}
      label="Squares"
      .columns=${columns}
      .rows=${rows}
      .selected=${selected}
    ></bgf-data-grid>`;
  },
  args: {count: 100_000, selected: undefined},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Selected: Story = {args: {selected: 3}};

export const NoRows: Story = {args: {count: 0}};
