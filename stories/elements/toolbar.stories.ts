import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import type {RouteSetting} from '../../inspector-core/protocol/protocol.js';
import '../../panel/elements/toolbar/toolbar.js';
import {
  DEFAULT_SETTINGS,
  type PanelSettings,
} from '../../panel/events/settings-event.js';
import type {OutcomeCounts} from '../../panel/elements/toolbar/toolbar.js';

interface Args {
  readonly recording: boolean;
  readonly filter: string;
  readonly counts: OutcomeCounts;
  readonly settings: PanelSettings;
  readonly route: RouteSetting;
  readonly width?: string;
}

/** Record, clear, filter, outcomes and views in 28 pixels. */
const meta = {
  title: 'Elements/Toolbar',
  render: ({recording, filter, counts, settings, route, width}: Args) =>
    html`<bgf-toolbar
      ?recording=${recording}
      .filter=${filter}
      .counts=${counts}
      .settings=${settings}
      route=${route}
      style=${styleMap({inlineSize: width})}
      .wireOffer=${['https://podcast.example']}
    ></bgf-toolbar>`,
  args: {
    recording: true,
    filter: '',
    counts: {
      all: 1_234,
      active: 2,
      succeeded: 1_200,
      failed: 30,
      aborted: 1,
      rejected: 1,
    },
    settings: DEFAULT_SETTINGS,
    route: 'auto',
  },
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const NotRecording: Story = {args: {recording: false}};

export const Filtered: Story = {
  args: {
    filter: 'is:failed -id:clip /ep-\\d/',
    settings: {...DEFAULT_SETTINGS, outcome: 'failed', preserveLog: true},
  },
};

/** A sign warns that what happens now is not what users' browsers do. */
export const Emulated: Story = {args: {route: 'emulated'}};

export const Native: Story = {args: {route: 'native'}};

/** The choice is in the menu; its sign is not. */
export const EmulatedNarrow: Story = {
  args: {route: 'emulated', width: '360px'},
};

/** The network and the rules are in the menu, too. */
export const EmulatedVeryNarrow: Story = {
  args: {route: 'emulated', width: '250px'},
};

/** The chips are in the menu; a dot says that one of them hides the others. */
export const OutcomeInMenu: Story = {
  args: {
    settings: {...DEFAULT_SETTINGS, outcome: 'failed'},
    width: '700px',
  },
};

/** Why it cannot be read is said where there is room for it. */
export const FilterProblemNarrow: Story = {
  args: {filter: 'is:failed /ep-(/', width: '250px'},
};
