import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import type {RouteSetting} from '../../inspector-core/protocol/protocol.js';
import '../../panel/elements/conditions-bar/conditions-bar.js';
import {playScenario} from '../support/story-state.js';
import type {ScenarioName} from '../support/scenarios.js';

interface Args {
  readonly log: ScenarioName;
  readonly route: RouteSetting;
  readonly width?: string;
}

/** What is simulated, and the way back to normal. */
const meta = {
  title: 'Elements/Conditions bar',
  render: ({log, route, width}: Args) => {
    const {state, context} = playScenario(log);
    return html`<bgf-conditions-bar
      .conditions=${state.session.conditions}
      .simulation=${state.simulation}
      .now=${context.now}
      route=${route}
      style=${styleMap({inlineSize: width})}
    ></bgf-conditions-bar>`;
  },
  args: {log: 'conditions', route: 'auto'},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

/** A tunnel: the network is away at this moment. */
export const OfflineNow: Story = {args: {log: 'tunnel'}};

/** Set by a script of the page, not in the panel. */
export const SetByThePage: Story = {args: {log: 'pageConditions'}};

/** What is set here is not what the worker is under. */
export const Overruled: Story = {args: {log: 'overruled'}};

/** Nothing of it acts where the browser itself carries fetches out. */
export const OnNativeRoute: Story = {args: {route: 'native'}};

export const Narrow: Story = {args: {width: '360px'}};
