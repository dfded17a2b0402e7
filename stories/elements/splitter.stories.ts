import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/splitter/splitter.js';

interface Args {
  readonly value: number;
  readonly orientation: 'horizontal' | 'vertical';
}

/** Between the tree and the detail pane, and between the tree and the lanes. */
const meta = {
  title: 'Elements/Splitter',
  render: ({value, orientation}: Args) =>
    html`<div style="display: flex; block-size: 120px; flex-direction: column">
      <bgf-splitter
        orientation=${orientation}
        style=${orientation === 'vertical' ? 'block-size: 100%' : ''}
        .value=${value}
      ></bgf-splitter>
    </div>`,
  args: {value: 230, orientation: 'horizontal'},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Upright: Story = {args: {orientation: 'vertical'}};
