/**
 * Lets go of the tab when the DevTools window closes: its page cannot do so
 * itself any more, but the extension's worker sees this connection break.
 */
export class Lifeline {
  readonly #name: string;
  #port: chrome.runtime.Port | undefined;

  constructor(tabId: number) {
    this.#name = String(tabId);
  }

  /** From the first attachment on, and for as long as this page lives. */
  hold(): void {
    if (this.#port !== undefined) return;
    this.#port = chrome.runtime.connect({name: this.#name});
    // Chrome ends an idle worker, and the connection with it: start it again.
    this.#port.onDisconnect.addListener(() => {
      this.#port = undefined;
      this.hold();
    });
  }
}
