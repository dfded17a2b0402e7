/**
 * The extension's worker. It keeps nothing: it is there because a DevTools page
 * that is being closed cannot send a command any more, and without one Chrome
 * would go on debugging the tab with nobody there.
 */
chrome.runtime.onConnect.addListener((port) => {
  const tabId = Number(port.name);
  port.onDisconnect.addListener(() => {
    chrome.debugger.detach({tabId}).catch(() => {
      // The tab is gone, or was let go of before.
    });
  });
});
