import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/timeline/timeline.js';
import type {PanelSize} from '../../panel/elements/timeline/row-heights.js';
import type {Selection} from '../../panel/events/select-event.js';
import type {TimeFormat} from '../../panel/format/format.js';
import type {ScenarioName} from '../support/scenarios.js';
import {fill} from '../support/fill.js';
import {playScenario} from '../support/story-state.js';

interface Args {
  readonly scenario: ScenarioName;
  readonly size: PanelSize;
  readonly timeFormat: TimeFormat;
  readonly selection: Selection | undefined;
  readonly treeWidth?: number;
}

/** The tree of fetches, each with its lane. */
const meta = {
  title: 'Elements/Timeline',
  render: ({scenario, size, timeFormat, selection, treeWidth}: Args) => {
    const {state, fetches, context} = playScenario(scenario);
    return html`<bgf-timeline
      ${fill('340px')}
      size=${size}
      .fetches=${fetches}
      .calls=${state.calls}
      .keyOf=${state.fetches.keyOf}
      .session=${{start: context.origin, end: context.now}}
      .simulation=${state.simulation}
      .timeFormat=${timeFormat}
      .selection=${selection}
      .treeWidth=${treeWidth}
    ></bgf-timeline>`;
  },
  args: {
    scenario: 'busy',
    size: 'wide',
    timeFormat: 'relative',
    selection: undefined,
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Attempts: Story = {args: {scenario: 'resumed'}};

/** With the engine, each record shows the bytes that it has. */
export const EmulatedAttempts: Story = {args: {scenario: 'emulatedResumed'}};

export const Narrow: Story = {args: {size: 'narrow'}};

/** As wide as the user dragged it; a double click lets it follow the panel. */
export const WideTree: Story = {args: {treeWidth: 480}};

export const TimeOfDay: Story = {args: {timeFormat: 'absolute'}};

/** Conditions that were others six times in a second: their words stay apart. */
export const QuickChanges: Story = {args: {scenario: 'quickChanges'}};

export const Hostile: Story = {args: {scenario: 'hostile'}};
