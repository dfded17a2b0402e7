interface Outage {
  readonly until: number;
  /** Whether the rule that brought it is still there. */
  readonly holds: () => boolean;
}

/** Times without a network that rules brought: each ends with its rule. */
export class Outages {
  #all: readonly Outage[] = [];

  /** When the last of them ends; -Infinity if there was none. */
  get until(): number {
    return this.#all.reduce(
      (last, {until}) => Math.max(last, until),
      -Infinity,
    );
  }

  add(outage: Outage): void {
    this.#all = [...this.#all, outage];
  }

  /** Rules are others: what those brought that are gone is over. */
  review(): void {
    this.#all = this.#all.filter(({holds}) => holds());
  }

  /** Leaves out what is over by now. */
  pass(now: number): void {
    this.#all = this.#all.filter(({until}) => until > now);
  }
}
