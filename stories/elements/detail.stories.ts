import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/detail/detail.js';
import type {Selection} from '../../panel/events/select-event.js';
import {fill} from '../support/fill.js';
import type {ScenarioName} from '../support/scenarios.js';
import {playScenario} from '../support/story-state.js';

interface Args {
  readonly scenario: ScenarioName;
  readonly selection: Selection;
  readonly over: boolean;
}

const fetch: Selection = {kind: 'fetch', fetch: 'fetch-1'};

/** What happened to the selected thing, in a sentence, and all about it. */
const meta = {
  title: 'Elements/Detail',
  render: ({scenario, selection, over}: Args) => {
    const {context, inspector} = playScenario(scenario);
    return html`<bgf-detail
      ${fill('300px')}
      ?over=${over}
      .selection=${selection}
      .context=${context}
      .entry=${
        selection.kind === 'entry'
          ? inspector.log.at(selection.index)
          : undefined
      }
    ></bgf-detail>`;
  },
  args: {scenario: 'notFound', selection: fetch, over: false},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Succeeded: Story = {args: {scenario: 'happy'}};

export const Rejected: Story = {args: {scenario: 'rejected'}};

export const AbortedByCall: Story = {args: {scenario: 'aborted'}};

export const Record: Story = {
  args: {
    scenario: 'resumed',
    selection: {kind: 'record', fetch: 'fetch-1', record: 0},
  },
};

export const WorkerEvent: Story = {
  args: {selection: {kind: 'event', fetch: 'fetch-1', event: 'worker:1'}},
};

/** Nobody listened: the pane says how to. */
export const EventWithoutHandler: Story = {
  args: {
    scenario: 'aborted',
    selection: {kind: 'event', fetch: 'fetch-1', event: 'worker:1'},
  },
};

export const Entry: Story = {args: {selection: {kind: 'entry', index: 9}}};

export const SlidOver: Story = {args: {over: true}};

export const Cleared: Story = {
  args: {selection: {kind: 'fetch', fetch: 'gone'}},
};
