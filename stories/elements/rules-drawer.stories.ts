import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import '../../panel/elements/rules-drawer/rules-drawer.js';
import type {DrawerPlace} from '../../panel/events/drawer-event.js';
import {fill} from '../support/fill.js';
import {playScenario} from '../support/story-state.js';
import type {ScenarioName} from '../support/scenarios.js';

interface Args {
  readonly log: ScenarioName;
  readonly place: DrawerPlace;
  readonly width: string;
}

/** The rules in their order, and all else that can be simulated. */
const meta = {
  title: 'Elements/Rules drawer',
  render: ({log, place, width}: Args) =>
    html`<bgf-rules-drawer
      ${fill('640px')}
      .state=${playScenario(log).state}
      .place=${place}
      style=${styleMap({inlineSize: width})}
    ></bgf-rules-drawer>`,
  args: {log: 'conditions', place: {at: 'rules'}, width: '420px'},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const NoRules: Story = {args: {log: 'happy'}};

/** As "Fail this one…" opens it: it says which past requests it fits. */
export const NewRule: Story = {
  args: {
    place: {
      at: 'new-rule',
      rule: {
        match: {fetchId: 'ep-4', attempt: {first: 1}},
        effect: {type: 'status', status: 503},
      },
    },
  },
};

/** An effect with many fields. */
export const Throttle: Story = {
  args: {
    place: {
      at: 'new-rule',
      rule: {effect: {type: 'throttle', download: 50_000, latency: 300}},
    },
  },
};

/** On the browser's own route, to whose requests there is no access yet. */
export const OnNativeRoute: Story = {args: {log: 'nativeConditions'}};

/** From a file that somebody sent. */
export const Hostile: Story = {args: {log: 'hostileConditions'}};

/** At 360 pixels it takes all the room. */
export const Narrow: Story = {args: {width: '360px'}};
