import type {ServerResponse} from 'node:http';
import type {SitePage} from './killable.js';

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface Answer {
  readonly number: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** As long as puppeteer waits for any. */
const ANSWERS_TAKE_MS = 180_000;

/** A page that asks a server of ours what to run, and tells it what came of that. */
export class PolledPage implements SitePage {
  readonly #asked = new Map<number, Asked>();
  /** What no request has taken along yet. */
  #queue: string[] = [];
  #poll: ServerResponse | undefined;
  #numbers = 0;
  #isLost = false;

  async evaluate(expression: string): Promise<unknown> {
    if (this.#isLost) throw new Error('The page is gone.');
    return new Promise((resolve, reject) => {
      const number = (this.#numbers += 1);
      const timer = setTimeout(() => {
        reject(new Error(`No answer came to ${expression}`));
      }, ANSWERS_TAKE_MS);
      this.#asked.set(number, {
        resolve(value) {
          clearTimeout(timer);
          resolve(value);
        },
        reject(error) {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#queue.push(JSON.stringify({number, expression}));
      this.#hand();
    });
  }

  async close(): Promise<void> {
    await this.evaluate('void setTimeout(() => close())');
    this.lose();
  }

  /** It was killed, or closed: what was asked of it is not answered. */
  lose(): void {
    this.#isLost = true;
    for (const {reject} of this.#asked.values()) {
      reject(new Error('The page is gone.'));
    }
    this.#asked.clear();
  }

  /** Answers with what is to be run next, as soon as there is such. */
  poll(response: ServerResponse): void {
    this.#poll = response;
    this.#hand();
  }

  answer({number, value, error}: Answer): void {
    const asked = this.#asked.get(number);
    this.#asked.delete(number);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(error));
  }

  #hand(): void {
    const [next, ...rest] = this.#queue;
    if (this.#poll === undefined || next === undefined) return;
    this.#poll.end(next);
    this.#poll = undefined;
    this.#queue = rest;
  }
}
