import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
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
}

/** Record, clear, filter, outcomes and views in 28 pixels. */
const meta = {
  title: 'Elements/Toolbar',
  render: ({recording, filter, counts, settings}: Args) =>
    html`<bgf-toolbar
      ?recording=${recording}
      .filter=${filter}
      .counts=${counts}
      .settings=${settings}
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
