import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {html} from 'lit';
import '../../panel/elements/filter-field/filter-field.js';

interface Args {
  readonly value: string;
}

/** The filter, with its words coloured. */
const meta = {
  title: 'Elements/Filter field',
  render: ({value}: Args) =>
    html`<bgf-filter-field .value=${value}></bgf-filter-field>`,
  args: {value: ''},
} satisfies Meta<Args>;

export default meta;

type Story = StoryObj<Args>;

export const Playground: Story = {};

export const Words: Story = {
  args: {value: 'is:failed -url:cdn larger-than:10M /ep-\\d+/ episode'},
};

export const InvalidPattern: Story = {args: {value: 'ep /(/'}};

export const UnknownState: Story = {args: {value: 'is:fine'}};

export const Hostile: Story = {args: {value: '<img src=x onerror=alert(1)>'}};
