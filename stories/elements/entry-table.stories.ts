import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/entry-table/entry-table.js';
import type {PanelSize} from '../../panel/elements/timeline/row-heights.js';
import {parseFilter} from '../../panel/filter/filter.js';
import {fill} from '../support/fill.js';
import type {ScenarioName} from '../support/scenarios.js';
import {playScenario} from '../support/story-state.js';

interface Args {
  readonly scenario: ScenarioName;
  readonly size: PanelSize;
  readonly filter: string;
  readonly selected: number | undefined;
}

/** Every entry of the log. */
const meta = {
  title: 'Elements/Entry table',
  render: ({scenario, size, filter, selected}: Args) => {
    const {inspector, state, context} = playScenario(scenario);
    return html`<bgf-entry-table
      ${fill('300px')}
      size=${size}
      .log=${inspector.log}
      .fetches=${state.fetches}
      .filter=${parseFilter(filter)}
      .origin=${context.origin}
      .selected=${selected}
    ></bgf-entry-table>`;
  },
  args: {scenario: 'busy', size: 'wide', filter: '', selected: undefined},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Selected: Story = {args: {selected: 5}};

export const Filtered: Story = {args: {filter: 'source:service-worker'}};

export const NothingMatches: Story = {args: {filter: 'no-such-thing'}};

export const Narrow: Story = {args: {size: 'narrow'}};

export const Hostile: Story = {args: {scenario: 'hostile'}};
