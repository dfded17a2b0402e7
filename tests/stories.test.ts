import {assert} from '@esm-bundle/chai';
import {render, type TemplateResult} from 'lit';
import * as byteChart from '../stories/elements/byte-chart.stories.js';
import * as conditionsBar from '../stories/elements/conditions-bar.stories.js';
import * as dataGrid from '../stories/elements/data-grid.stories.js';
import * as detail from '../stories/elements/detail.stories.js';
import * as emptyState from '../stories/elements/empty-state.stories.js';
import * as entryTable from '../stories/elements/entry-table.stories.js';
import * as filterField from '../stories/elements/filter-field.stories.js';
import * as overview from '../stories/elements/overview.stories.js';
import * as rulesDrawer from '../stories/elements/rules-drawer.stories.js';
import * as splitter from '../stories/elements/splitter.stories.js';
import * as timeline from '../stories/elements/timeline.stories.js';
import * as toolbar from '../stories/elements/toolbar.stories.js';
import * as panel from '../stories/panel/panel.stories.js';
import {findColorViolations, findViolations} from './panel/support/axe.js';
import {settle} from './panel/support/settle.js';

type Args = Readonly<Record<string, unknown>>;

/** A module of stories as this test sees it. */
interface StoryModule {
  readonly default: {
    readonly title: string;
    readonly render: (args: never) => TemplateResult;
    readonly args: object;
  };
}

const modules: readonly StoryModule[] = [
  panel,
  byteChart,
  conditionsBar,
  dataGrid,
  detail,
  emptyState,
  entryTable,
  filterField,
  overview,
  rulesDrawer,
  splitter,
  timeline,
  toolbar,
];

/** The second has the elements of the first, in other colours. */
const SCHEMES = [
  ['light', findViolations],
  ['dark', findColorViolations],
] as const;

const complaints: string[] = [];
const complain = (event: ErrorEvent): void => {
  complaints.push(event.message);
};

describe('stories', () => {
  const host = document.createElement('main');
  const consoleError = console.error;

  before(() => {
    document.documentElement.lang = 'en';
    document.body.append(host);
    addEventListener('error', complain);
    console.error = (...words: unknown[]) => {
      complaints.push(words.map(String).join(' '));
    };
  });

  beforeEach(() => {
    complaints.length = 0;
  });

  after(() => {
    console.error = consoleError;
    removeEventListener('error', complain);
    document.documentElement.style.colorScheme = '';
    host.remove();
  });

  for (const module of modules) {
    const {default: meta, ...stories} = module;
    for (const [name, story] of Object.entries(stories)) {
      const {args = {}} = story as {readonly args?: Args};
      it(`${meta.title}: ${name} is accessible, light and dark`, async () => {
        for (const [scheme, find] of SCHEMES) {
          document.documentElement.style.colorScheme = scheme;
          const own = {...meta.args, theme: scheme, ...args};
          render(undefined, host);
          render(meta.render(own as never), host);
          await settle(host);
          assert.isAbove(host.childElementCount, 0);
          assert.deepEqual(await find(host), [], scheme);
          assert.deepEqual(complaints, [], scheme);
        }
        render(undefined, host);
      });
    }
  }
});
