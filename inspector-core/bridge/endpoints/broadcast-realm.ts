import type {Agent} from '../agent/agent.js';
import {exposeAgent} from '../agent/expose-agent.js';
import {
  CHANNEL,
  readBroadcast,
  type BroadcastMessage,
} from './broadcast-messages.js';

/** Panels that one realm answers at the same time; more take the oldest's place. */
const PANELS = 8;

/** Takes in what a panel says. */
type Hear = (message: unknown) => void;

/** The realm's end of the library form: lets panels of its origin call it. */
export class BroadcastRealm {
  readonly #agent: Agent;
  readonly #panels = new Map<string, Hear>();
  #channel: BroadcastChannel | undefined;
  #opening = 0;

  constructor(agent: Agent) {
    this.#agent = agent;
  }

  open(): void {
    if (this.#channel !== undefined) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.addEventListener('message', ({data}) => this.#read(data));
    this.#opening += 1;
    this.#announce();
  }

  /** Also before the back-forward cache: an open channel would keep a page out. */
  close(unloaded: boolean): void {
    this.#say({type: 'leave', realm: this.#agent.source.realm, unloaded});
    this.#channel?.close();
    this.#channel = undefined;
  }

  #read(data: unknown): void {
    const said = readBroadcast(data);
    if (said === undefined) return;
    if (said.type === 'discover') this.#announce();
    if (said.type === 'request' && said.to === this.#agent.source.realm) {
      this.#panel(said.from)(said.message);
    }
  }

  #panel(name: string): Hear {
    const known = this.#panels.get(name);
    if (known !== undefined) return known;
    const oldest = this.#panels.keys().next().value;
    if (this.#panels.size >= PANELS && oldest !== undefined) {
      this.#panels.delete(oldest);
    }
    const {realm} = this.#agent.source;
    const hear = exposeAgent(this.#agent.connect(), (message) =>
      this.#say({type: 'reply', from: realm, to: name, message}),
    );
    this.#panels.set(name, hear);
    return hear;
  }

  #announce(): void {
    this.#say({
      type: 'announce',
      realm: this.#agent.source.realm,
      opening: this.#opening,
    });
  }

  #say(message: BroadcastMessage): void {
    this.#channel?.postMessage(message);
  }
}
