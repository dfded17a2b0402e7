/**
 * The DevTools page: hidden, alive as long as the DevTools window. It owns the
 * session, so that recording goes on whatever tab is in front.
 */
import {loadHookSource} from './session/hook-source.js';
import {Session} from './session/session.js';
import {shareWith} from './share.js';

const {inspectedWindow, network, panels} = chrome.devtools;

const session = new Session(inspectedWindow.tabId, await loadHookSource());
session.resume();
// For tests and benches, which drive the real thing from outside.
Object.assign(globalThis, {bgfSession: session});

network.onNavigated.addListener(() => void session.documentChanged());
// That one may come while the tab still shows what refused us.
chrome.tabs.onUpdated.addListener((tabId, {status}) => {
  if (tabId === inspectedWindow.tabId && status === 'complete') {
    void session.documentChanged();
  }
});

panels.create('Background Fetch', '', 'panel.html', (panel) => {
  // Comes again when the panel's page was reloaded.
  panel.onShown.addListener((window) => {
    shareWith(window, session);
    session.firstShown();
  });
});
