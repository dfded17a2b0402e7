import type {Panel} from '../elements/panel/panel.js';
import {
  DEFAULT_SETTINGS,
  type PanelSettings,
} from '../events/settings-event.js';

const KEY = 'bgf-settings';

/** Gives a panel the settings of its last time, and keeps what is changed. */
export function rememberSettings(panel: Panel): void {
  panel.settings = {...DEFAULT_SETTINGS, ...readSettings()};
  panel.addEventListener('bgf-settings', ({changes}) => {
    const settings = {...readSettings(), ...changes};
    localStorage.setItem(KEY, JSON.stringify(settings));
  });
}

/**
 * What was kept; for the page without a panel, too.
 * Only what is of the same type as the default: an older version wrote it.
 */
export function readSettings(): Partial<PanelSettings> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(DEFAULT_SETTINGS).flatMap(([name, preset]) => {
        const value: unknown = Reflect.get(stored, name);
        return typeof value === typeof preset ? [[name, value]] : [];
      }),
    );
  } catch {
    return {};
  }
}
