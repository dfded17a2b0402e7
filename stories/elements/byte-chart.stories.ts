import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/byte-chart/byte-chart.js';
import {fill} from '../support/fill.js';
import type {ScenarioName} from '../support/scenarios.js';
import {playScenario} from '../support/story-state.js';

interface Args {
  readonly scenario: ScenarioName;
  readonly compact: boolean;
}

/** The bytes of one fetch over its life. */
const meta = {
  title: 'Elements/Byte chart',
  render: ({scenario, compact}: Args) => {
    const {fetches, context} = playScenario(scenario);
    return html`<bgf-byte-chart
      ${fill('220px')}
      ?compact=${compact}
      .fetch=${fetches[0]}
      .now=${context.now}
      .origin=${context.origin}
    ></bgf-byte-chart>`;
  },
  args: {scenario: 'resumed', compact: false},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Upload: Story = {args: {scenario: 'upload'}};

/** The browser takes the bytes back when it gives up. */
export const Exceeded: Story = {args: {scenario: 'exceeds'}};

export const Compact: Story = {args: {compact: true}};
