/** The panel's page: shows the session of the DevTools page. */
import '../elements/panel/panel.js';
import {INSPECTOR_READY, type PanelWindow} from './share.js';

const element = document.querySelector('bgf-panel');
const page = window as unknown as PanelWindow;

function show(): void {
  if (element !== null && page.bgfInspector !== undefined) {
    element.inspector = page.bgfInspector;
  }
}

addEventListener(INSPECTOR_READY, show);
show();

const {panels} = chrome.devtools;
const applyTheme = (theme: string): void => {
  element?.setAttribute('theme', theme === 'dark' ? 'dark' : 'light');
};
applyTheme(panels.themeName);
panels.setThemeChangeHandler(applyTheme);
