import assert from 'node:assert/strict';
import type {ElementHandle, Frame} from 'puppeteer-core';
import {eventually} from './eventually.js';
import type {Inspector} from './inspector.js';

/** Uses the panel as its user does: by what it shows. */
export class PanelHand {
  readonly #panel: Frame;

  private constructor(panel: Frame) {
    this.#panel = panel;
  }

  static async of(inspector: Inspector): Promise<PanelHand> {
    return new PanelHand(await inspector.showPanel());
  }

  /** @param path CSS through shadow roots, below the panel's own */
  async click(path: string): Promise<void> {
    const element = await this.#find(path);
    await element.evaluate((each) => {
      if (each instanceof HTMLElement) each.click();
    });
  }

  async choose(path: string, value: string): Promise<void> {
    await (await this.#find(path)).select(value);
  }

  async upload(path: string, file: string): Promise<void> {
    const element = await this.#panel.waitForSelector(`bgf-panel >>> ${path}`);
    const input = await element?.toElement('input');
    assert.ok(input, path);
    await input.uploadFile(file);
  }

  /** Fills a field in, and leaves it. */
  async write(path: string, text: string): Promise<void> {
    await (
      await this.#find(path)
    ).evaluate((each, wanted) => {
      if (!(each instanceof HTMLInputElement)) throw new Error('no field');
      each.value = wanted;
      for (const type of ['input', 'change']) {
        each.dispatchEvent(new Event(type, {bubbles: true}));
      }
    }, text);
  }

  /** The text there; undefined if nothing is. */
  async text(path: string): Promise<string | undefined> {
    const found = await this.#panel.$(`bgf-panel >>> ${path}`);
    return found?.evaluate((each) => each.textContent.trim());
  }

  async shows(path: string, text: RegExp): Promise<string> {
    const shown = await eventually(
      () => this.text(path),
      (each) => text.test(each ?? ''),
      {what: `${String(text)} at ${path}`},
    );
    return shown ?? '';
  }

  async hides(path: string): Promise<void> {
    await eventually(
      () => this.text(path),
      (each) => each === undefined,
      {what: `nothing at ${path}`},
    );
  }

  /** Opens the detail pane of the newest fetch of an id. */
  async open(id: string): Promise<void> {
    const row = await this.#row(id);
    await row.evaluate((each) => {
      if (each instanceof HTMLElement) each.click();
    });
    await this.shows('bgf-detail >>> h2', new RegExp(id));
  }

  /** Chooses from the menu of a fetch's row, as by a right click. */
  async menu(id: string, action: string): Promise<void> {
    const row = await this.#row(id);
    await row.evaluate((each) =>
      each.dispatchEvent(
        new MouseEvent('contextmenu', {bubbles: true, cancelable: true}),
      ),
    );
    await this.click(`bgf-action-menu >>> [data-action="${action}"]`);
  }

  async #row(id: string): Promise<ElementHandle> {
    const rows = 'bgf-panel >>> bgf-timeline >>> .fetch-row';
    const row = await eventually(
      async () => {
        const all = await this.#panel.$$(rows);
        const texts = await Promise.all(
          all.map((each) => each.evaluate(({textContent}) => textContent)),
        );
        return all[texts.findLastIndex((text) => text.includes(id))];
      },
      (found) => found !== undefined,
      {what: `a row of ${id}`},
    );
    assert.ok(row);
    return row;
  }

  async #find(path: string): Promise<ElementHandle> {
    const found = await this.#panel.waitForSelector(`bgf-panel >>> ${path}`);
    assert.ok(found, path);
    return found;
  }
}
