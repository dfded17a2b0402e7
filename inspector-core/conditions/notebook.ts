import type {Settings} from './conditions-file.js';
import {textOf} from './is-same.js';
import type {ConditionsMemory, Remembered} from './memory.js';

/** What came of settings, written down for the next worker that is under them. */
export class Notebook {
  readonly #memory: ConditionsMemory | undefined;
  #settings: Settings;
  /** What names them: thousands of attempts are under the same. */
  #text: string | undefined;

  constructor(memory: ConditionsMemory | undefined, settings: Settings) {
    this.#memory = memory;
    this.#settings = settings;
  }

  /** Whether anything is counted that the next worker is to know. */
  get isKept(): boolean {
    const {rules, schedule} = this.#settings;
    return (
      this.#memory !== undefined && (rules.length > 0 || schedule !== undefined)
    );
  }

  /**
   * Goes on with other settings. Returns whether that is to be written, or a
   * later worker under those of before would go on where they ended.
   */
  turnTo(settings: Settings): boolean {
    const wasKept = this.isKept;
    this.#settings = settings;
    this.#text = undefined;
    return wasKept || this.isKept;
  }

  async write(what: Omit<Remembered, 'of'>): Promise<void> {
    await this.#memory?.write({of: this.#of, ...what}).catch(() => {
      // It holds for as long as this worker lives.
    });
  }

  /** What an earlier worker wrote, if it was under the same. */
  async read(): Promise<Remembered | undefined> {
    if (!this.isKept) return undefined;
    const known = await this.#memory?.read();
    return known?.of === this.#of ? known : undefined;
  }

  get #of(): string {
    this.#text ??= textOf(this.#settings);
    return this.#text;
  }
}
