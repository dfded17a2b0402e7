import type {ResponseHead} from '../../../../inspector-core/engine/algorithms/response-head.js';
import type {StartEffect} from '../../../../inspector-core/engine/core/effects.js';
import type {Chance} from '../support/chance.js';
import {head} from '../support/responses.js';

/** A byte is told by its file's version and its place: no two are alike. */
export type Byte = number;

const VERSION = 1_000;

/** What a server sends, and what the fetch may fail for because of it. */
export interface Answer {
  readonly head: ResponseHead;
  readonly body: Byte[];
  readonly cause?: 'bad-status' | 'fetch-error' | undefined;
}

/** One record's file on the server, which may be replaced by another version. */
export class SimulatedFile {
  readonly #chance: Chance;
  /** Of each version that was ever served. */
  readonly #lengths = new Map<number, number>();
  readonly #takesRange: boolean;
  readonly #status: number;
  readonly #type: ResponseType;
  #version = 1;
  #length: number;

  constructor(chance: Chance) {
    this.#chance = chance;
    this.#length = chance.below(24);
    this.#takesRange = chance.happens(0.7);
    this.#status = chance.happens(0.85) ? 200 : 404;
    this.#type = chance.happens(0.7) ? 'basic' : 'cors';
  }

  replace(): void {
    this.#version += 1;
    this.#length = this.#chance.below(24);
  }

  /** Whether these are all bytes of one version that was served. */
  isWhole(bytes: readonly Byte[]): boolean {
    const version = Math.floor((bytes[0] ?? 0) / VERSION);
    return (
      (bytes.length === 0 || bytes.length === this.#lengths.get(version)) &&
      bytes.every((byte, place) => byte === version * VERSION + place)
    );
  }

  /** As a server does that is well, or, if it is hostile, not always. */
  answer(
    {rangeStart, ifRange}: Pick<StartEffect, 'rangeStart' | 'ifRange'>,
    isHostile: boolean,
  ): Answer {
    this.#lengths.set(this.#version, this.#length);
    const length = this.#length;
    const ETag = `"${this.#version}"`;
    const all = Array.from(
      {length},
      (_, place) => this.#version * VERSION + place,
    );
    const part = (range: string, body: Byte[]): Answer => ({
      head: this.#head(206, {'Content-Range': `bytes ${range}`, ETag}),
      body,
      cause: 'fetch-error',
    });
    const dice = isHostile ? this.#chance.random() : 1;
    if (dice < 0.05) {
      const busy = this.#head(503, {ETag: '"busy"'});
      return {head: busy, body: [-1, -2], cause: 'bad-status'};
    }
    if (dice < 0.1) {
      return part(`${rangeStart + 1}-${length}/${length + 1}`, [-3]);
    }
    // A part with less in it than it says, which ends without an error.
    if (dice < 0.15) return part(`${rangeStart}-${length}/${length + 5}`, []);
    if (dice < 0.2) {
      // A body that is longer than the server said.
      const body = [...all.slice(rangeStart, rangeStart + 1), -4, -5];
      return part(`${rangeStart}-${rangeStart}/${rangeStart + 1}`, body);
    }
    if (dice < 0.25) {
      // CORS hides it.
      const cause = rangeStart === 0 ? 'fetch-error' : undefined;
      return {head: {...head(206), type: 'cors'}, body: [-6], cause};
    }
    const isPart =
      rangeStart > 0 &&
      this.#takesRange &&
      this.#status === 200 &&
      (ifRange === undefined || ifRange === ETag);
    if (!isPart) {
      const cause = this.#status === 200 ? undefined : 'bad-status';
      return {head: this.#head(this.#status, {ETag}), body: all, cause};
    }
    if (rangeStart >= length) {
      const range = {'Content-Range': `bytes */${length}`, ETag};
      return {head: this.#head(416, range), body: []};
    }
    // Without If-Range, a part of another version: the machine must see it.
    const rest = all.slice(rangeStart);
    return part(`${rangeStart}-${length - 1}/${length}`, rest);
  }

  #head(...args: Parameters<typeof head>): ResponseHead {
    return {...head(...args), type: this.#type};
  }
}
