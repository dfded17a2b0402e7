/** A page, by whatever means its browser is driven: puppeteer's `Page` is one. */
export interface SitePage {
  /** Resolves with what the expression, or its promise, comes to: JSON. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * A browser in which the engine is the only Background Fetch there is, and a
 * profile that outlives it.
 */
export interface KillableBrowser<P extends SitePage = SitePage> {
  /** Starts it, the first time or after it was killed. */
  start(): Promise<void>;
  /** SIGKILL to all of its processes. Resolves when they are gone. */
  kill(): Promise<void>;
  openPage(url: string): Promise<P>;
  /** Kills the processes of the site's pages, and with them its worker. */
  crash(page: P): Promise<void>;
  /** Bytes that it keeps for the page's origin. */
  readUsage(page: P): Promise<number>;
  close(): Promise<void>;
}

export type PageOf<B extends KillableBrowser> = Awaited<
  ReturnType<B['openPage']>
>;
