import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/empty-state/empty-state.js';
import type {Situation} from '../../panel/elements/empty-state/situation.js';

interface Args {
  readonly situation: Situation;
  readonly message: string;
}

/** Nothing to show, and what to do about it. */
const meta = {
  title: 'Elements/Empty state',
  render: ({situation, message}: Args) =>
    html`<bgf-empty-state
      situation=${situation}
      .message=${message}
    ></bgf-empty-state>`,
  args: {situation: 'empty', message: ''},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Attaching: Story = {args: {situation: 'attaching'}};

export const NoInspector: Story = {args: {situation: 'no-inspector'}};

/** The browser’s own words are text, whatever they are. */
export const WithMessage: Story = {
  args: {situation: 'failed', message: 'Cannot attach <b>here</b>\u202E.'},
};
