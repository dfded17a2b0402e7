import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/splitter/splitter.js';

interface Args {
  readonly value: number;
}

/** Between the tree and the detail pane. */
const meta = {
  title: 'Elements/Splitter',
  render: ({value}: Args) =>
    html`<bgf-splitter .value=${value}></bgf-splitter>`,
  args: {value: 230},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};
