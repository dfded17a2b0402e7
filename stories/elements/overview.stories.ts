import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/overview/overview.js';
import {fill} from '../support/fill.js';
import {playScenario} from '../support/story-state.js';

interface Args {
  /** Seconds since the start that the lanes show. */
  readonly from: number;
  readonly to: number;
}

/** The rate over the whole session, and the part that the lanes show. */
const meta = {
  title: 'Elements/Overview',
  render: ({from, to}: Args) => {
    const {fetches, context} = playScenario('busy');
    const {origin, now} = context;
    return html`<bgf-overview
      ${fill('44px')}
      .fetches=${fetches}
      .session=${{start: origin, end: now}}
      .view=${{start: origin + from * 1_000, end: origin + to * 1_000}}
    ></bgf-overview>`;
  },
  args: {from: 0, to: 1_000},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Part: Story = {args: {from: 10, to: 25}};
