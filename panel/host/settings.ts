import {
  ROUTE_SETTINGS,
  type RouteSetting,
} from '../../inspector-core/protocol/protocol.js';
import {readProfiles} from '../conditions/saved-profiles.js';
import type {Panel} from '../elements/panel/panel.js';
import {
  DEFAULT_SETTINGS,
  OUTCOMES,
  PANEL_VIEWS,
  type PanelSettings,
} from '../events/settings-event.js';
import {TIME_FORMATS} from '../format/format.js';

const KEY = 'bgf-settings';

/** All that is remembered: the panel's own, and what its session was told. */
export interface HostSettings extends PanelSettings {
  readonly route: RouteSetting;
}

/** Gives a panel the settings of its last time, and keeps what is changed. */
export function rememberSettings(panel: Panel): void {
  const {route: _, ...settings} = readSettings();
  panel.settings = settings;
  panel.addEventListener('bgf-settings', ({changes}) => keepSettings(changes));
}

/** Keeps what is changed for the next time. */
export function keepSettings(changes: Partial<HostSettings>): void {
  const settings: HostSettings = {...readSettings(), ...changes};
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // No room, or no leave to store: then they hold until the panel closes.
  }
}

/**
 * What was kept, and the defaults for the rest; for the page without a panel,
 * too. It is parsed: an older version may have written it, or another page.
 */
export function readSettings(): HostSettings {
  const stored = readStored();
  return {
    outcome: oneOf(OUTCOMES, stored['outcome']) ?? DEFAULT_SETTINGS.outcome,
    view: oneOf(PANEL_VIEWS, stored['view']) ?? DEFAULT_SETTINGS.view,
    preserveLog: stored['preserveLog'] === true,
    timeFormat:
      oneOf(TIME_FORMATS, stored['timeFormat']) ?? DEFAULT_SETTINGS.timeFormat,
    treeWidth: pixels(stored['treeWidth']),
    detailHeight: pixels(stored['detailHeight']),
    profiles: readProfiles(stored['profiles']),
    route: oneOf(ROUTE_SETTINGS, stored['route']) ?? 'auto',
  };
}

function readStored(): Readonly<Record<string, unknown>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? {...stored} : {};
  } catch {
    return {};
  }
}

const oneOf = <T>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value);

const pixels = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 && value < 10_000 ? value : undefined;
