import type {BodyBytes} from '../../../../inspector-core/conditions/network/shape-storage.js';

export const commitOf = (parts: Partial<BodyBytes> = {}): BodyBytes => ({
  record: 0,
  generation: 1,
  from: 0,
  to: 0,
  ...parts,
});

/** Stores nothing, but notes how long each commit makes a record. */
class MadeUpStorage {
  readonly #lengths: number[] = [];

  get lengths(): readonly number[] {
    return this.#lengths;
  }

  async appendToBody(
    _key: number,
    _record: number,
    _from: number,
    _bytes: {readonly length: number},
  ): Promise<void> {}

  async commit(_key: number, {to}: BodyBytes): Promise<void> {
    this.#lengths.push(to);
  }

  async delete(_key: number): Promise<void> {}

  /** A method that is not shaped, and finds its private fields all the same. */
  count(): number {
    return this.#lengths.length;
  }
}

export const makeStorage = (): MadeUpStorage => new MadeUpStorage();
