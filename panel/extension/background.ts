/**
 * The extension's worker. It keeps nothing: it is there because a DevTools page
 * that is being closed cannot send a command any more, and without one Chrome
 * would go on debugging the tab, and failing its requests, with nobody there.
 */
import {removeOrphans} from './native-rules/owned-rules.js';

/** Awaited by nobody: it ends when the pages do that are there now. */
function clean(): void {
  removeOrphans().catch(() => {
    // Leave was taken back meanwhile, and Chrome has removed all.
  });
}

chrome.runtime.onConnect.addListener((port) => {
  const tabId = Number(port.name);
  // What a page may have left whose end no worker of ours has seen.
  clean();
  port.onDisconnect.addListener(() => {
    clean();
    chrome.debugger.detach({tabId}).catch(() => {
      // The tab is gone, or was let go of before.
    });
  });
});
