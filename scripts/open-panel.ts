import type {Page} from 'puppeteer-core';

/** What `ui/legacy/legacy.js` offers inside the DevTools page. */
interface LegacyUI {
  readonly ViewManager: {
    readonly ViewManager: {
      instance(): {
        hasView(id: string): boolean;
        showView(id: string): Promise<void>;
      };
    };
  };
}

/** The panel's title, as the extension registers it. */
export const PANEL_TITLE = 'Background Fetch';

/** DevTools of a page, with our tab in front. */
export interface OpenPanel {
  /** The DevTools window as a page; the panel is a frame of it. */
  readonly devtools: Page;
  /** "chrome-extension://…", the origin of the panel's frames. */
  readonly origin: string;
}

/**
 * Opens DevTools for the page and brings our tab to the front. DevTools has no
 * command for it: a panel of an extension is a view whose id is the extension's
 * origin and the panel's title, and it can be shown as soon as the extension's
 * own DevTools page has registered it. The browser must have no other extension
 * with a DevTools page.
 */
export async function openPanel(page: Page): Promise<OpenPanel> {
  const devtools = await page.openDevTools();
  const target = await page
    .browser()
    .waitForTarget((target) =>
      /^chrome-extension:\/\/[a-p]{32}\/devtools\.html$/.test(target.url()),
    );
  // The URL's own `origin` is "null" for this scheme in Node.
  const origin = target.url().replace(/\/devtools\.html$/, '');
  await devtools.waitForFunction(
    showView,
    {polling: 100, timeout: 20_000},
    // DevTools makes the id from the title without its white space.
    origin + PANEL_TITLE.replaceAll(/\s/g, ''),
  );
  return {devtools, origin};
}

/** Runs inside the DevTools page; true once the view is in front. */
async function showView(id: string): Promise<boolean> {
  // The path means something there only, so it must not be resolved here.
  const path = './ui/legacy/legacy.js';
  const UI = (await import(path)) as LegacyUI;
  try {
    const views = UI.ViewManager.ViewManager.instance();
    if (!views.hasView(id)) return false;
    await views.showView(id);
    return true;
  } catch {
    // Until DevTools has its settings, `instance()` throws: ask again.
    return false;
  }
}
