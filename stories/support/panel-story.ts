import {html, nothing, type TemplateResult} from 'lit';
import {ref} from 'lit/directives/ref.js';
import '../../panel/elements/panel/panel.js';
import type {Panel} from '../../panel/elements/panel/panel.js';
import type {DrawerPlace} from '../../panel/events/drawer-event.js';
import type {PanelSettings} from '../../panel/events/settings-event.js';
import {DEFAULT_SETTINGS} from '../../panel/events/settings-event.js';
import type {Selection} from '../../panel/events/select-event.js';
import {scenario, START} from './scenario/scenario.js';
import {
  createStoryInspector,
  type StoryInspector,
  type StoryOptions,
} from './story-inspector.js';

/** What a story of the whole panel is made of. */
export interface PanelArgs extends StoryOptions {
  /** The log, as text. */
  readonly log: string;
  readonly theme?: 'light' | 'dark';
  readonly width?: string;
  readonly height?: string;
  readonly filter?: string;
  readonly settings?: Partial<PanelSettings>;
  readonly selection?: Selection;
  readonly drawer?: DrawerPlace;
}

const inspectors = new Map<string, StoryInspector>();

/** One inspector for each log: a story that renders again goes on with it. */
function inspectorOf({log, ...options}: PanelArgs): StoryInspector {
  const known = inspectors.get(log);
  if (known !== undefined) return known;
  const inspector = createStoryInspector(scenario(log), options);
  inspectors.set(log, inspector);
  return inspector;
}

/** The time of the newest entry: in a story nothing goes on behind it. */
const clockOf = (inspector: StoryInspector) => (): number =>
  inspector.log.at(inspector.log.next - 1)?.at ?? START;

/** The panel over a log that was played to its end. */
export function renderPanel(args: PanelArgs): TemplateResult {
  const inspector = inspectorOf(args);
  const adjust = (element: Element | undefined): void => {
    const panel = element as Panel | undefined;
    if (panel === undefined) return;
    panel.style.inlineSize = args.width ?? '100%';
    panel.style.blockSize = args.height ?? '680px';
  };
  return html`<bgf-panel
    ${ref(adjust)}
    theme=${args.theme ?? nothing}
    .inspector=${inspector}
    .clock=${clockOf(inspector)}
    .filter=${args.filter ?? ''}
    .settings=${{...DEFAULT_SETTINGS, ...args.settings}}
    .selection=${args.selection}
    .drawer=${args.drawer}
  ></bgf-panel>`;
}
