/** The panel's page: shows the session of the DevTools page. */
import type {Chrome} from 'chrome-devtools-frontend/extension-api/ExtensionAPI.js';
import {Panel} from '../elements/panel/panel.js';
import {rememberSettings} from '../host/settings.js';
import {INSPECTOR_READY} from './share.js';

const panel = new Panel();
// What DevTools itself declares of its API, which Chrome's types must fit.
const panels: Pick<
  Chrome.DevTools.Panels,
  'openResource' | 'setThemeChangeHandler' | 'themeName'
> = chrome.devtools.panels;

function show(): void {
  if (window.bgfInspector !== undefined) panel.inspector = window.bgfInspector;
}

rememberSettings(panel);
panel.openSource = (url, line, column) => {
  panels.openResource(url, line - 1, column - 1, () => undefined);
};
const applyTheme = (theme: string): void => {
  panel.theme = theme === 'dark' ? 'dark' : 'light';
};
applyTheme(panels.themeName);
panels.setThemeChangeHandler(applyTheme);
addEventListener(INSPECTOR_READY, show);
show();
document.body.append(panel);
