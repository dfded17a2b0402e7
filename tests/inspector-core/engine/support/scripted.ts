import type {
  ServedRequest,
  Step,
} from '../../../../scripts/wtr/scripted-step.js';
import {storedRequest} from './fetches.js';

let serial = 0;

/** A file on the scripted server, which answers by these steps. */
export function scripted(size: number, ...steps: readonly Step[]) {
  serial += 1;
  const key = `${Date.now()}-${Math.random()}-${serial}`;
  const query = new URLSearchParams({
    key,
    size: `${size}`,
    steps: JSON.stringify(steps),
  });
  const url = new URL(`/scripted?${query}`, location.origin).href;
  return {
    url,
    request: storedRequest({url}),
    content: Uint8Array.from(
      {length: size},
      (_, place) => (place * 31 + (place >>> 8)) % 251,
    ),
    /** The requests that there were. */
    async log(): Promise<readonly ServedRequest[]> {
      const response = await fetch(`/scripted-log?key=${key}`);
      return (await response.json()) as ServedRequest[];
    },
    /** Cuts the connection that a `drop` holds, if all it sent has come. */
    async cut(hasCome: (place: number) => boolean): Promise<void> {
      if (!steps.some(({drop}) => drop !== undefined)) return;
      const request = (await this.log()).at(-1);
      if (request?.end !== 'open' || request.holds === undefined) return;
      if (hasCome(request.holds)) await fetch(`/scripted-cut?key=${key}`);
    },
  };
}

/** The same server under another origin, which CORS keeps apart. */
export function crossOrigin(url: string): string {
  const other = new URL(url);
  other.hostname = other.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return other.href;
}

/** Resolves when `check` is true; asks again after each turn of the loop. */
export async function until(
  check: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await check())) {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}

/** What a promise is rejected with, as "Name: message"; fails if it is not. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => {
      throw new Error('It was not rejected.');
    },
    (error: unknown) => error,
  );
  return error instanceof Error ? `${error.name}: ${error.message}` : 'thrown';
}
