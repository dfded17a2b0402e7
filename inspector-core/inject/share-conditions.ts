/**
 * What the workers of an origin are under, told to its pages, whichever of them
 * set it. A worker tells as long as it runs, and with it its conditions end; so
 * nothing is stored for it, and no worker woken.
 */
import type {Engine} from '../engine/engine.js';
import {isObject} from '../platform/primordials.js';
import {joinConcerns, readConcern} from './concern.js';
import type {InstalledEngine} from './engine.js';

/** A channel of the library form, which a page closes while it is laid aside. */
export interface LibraryChannel {
  open(): void;
  close(unloaded: boolean): void;
}

const CHANNEL = 'background-fetch-inspector-conditions';

/** What a page says when it comes. */
const ASK = 'ask';

/** What a worker says when it comes, when it is asked, and at each change. */
interface Told {
  readonly scope: string;
  readonly file: unknown;
}

/** Undefined for a worker that can be under none. */
export function shareConditions(
  engine: InstalledEngine,
): LibraryChannel | undefined {
  const {worker, conditions} = engine;
  if (worker === undefined) return new ConditionsChannel(hearTold(engine), ASK);
  if (conditions === undefined) return undefined;
  const told = {
    scope: worker.scope,
    get file() {
      return conditions.toJSON();
    },
  };
  const channel = new ConditionsChannel((said) => {
    if (said === ASK) channel.say(told);
  }, told);
  conditions.subscribe(({type}) => {
    if (type !== 'changed') return;
    // Its own calls are under them, too.
    engine.setConcern(readConcern(told.file));
    channel.say(told);
  });
  return channel;
}

function hearTold(engine: Engine): (said: unknown) => void {
  const files = new Map<string, unknown>();
  return (said) => {
    if (!isTold(said)) return;
    files.set(said.scope, said.file);
    engine.setConcern(joinConcerns([...files.values()].map(readConcern)));
  };
}

const isTold = (said: unknown): said is Told =>
  isObject(said) && typeof Reflect.get(said, 'scope') === 'string';

class ConditionsChannel implements LibraryChannel {
  readonly #hear: (said: unknown) => void;
  readonly #greeting: Told | typeof ASK;
  #channel: BroadcastChannel | undefined;

  constructor(hear: (said: unknown) => void, greeting: Told | typeof ASK) {
    this.#hear = hear;
    this.#greeting = greeting;
  }

  open(): void {
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.addEventListener('message', ({data}) => this.#hear(data));
    this.say(this.#greeting);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  say(message: Told | typeof ASK): void {
    this.#channel?.postMessage(message);
  }
}
