/** Shorthand for logs in tests: what a realm saw, as facts in their order. */
import {createEventLog, type EventLog} from '../../inspector-core/log/log.js';
import {
  inspectorProjection,
  type FetchState,
  type InspectorState,
} from '../../inspector-core/projections/projections.js';
import type {
  Fact,
  LogEntry,
  RegistrationRef,
  RegistrationSnapshot,
  RequestDescription,
  Source,
  SourceKind,
} from '../../inspector-core/protocol/protocol.js';

export const SCOPE = 'https://podcast.example/';

export const source = (kind: SourceKind, realm: string = kind): Source => ({
  kind,
  realm,
  url: SCOPE,
});

export const snapshot = (
  changes: Partial<RegistrationSnapshot> = {},
): RegistrationSnapshot => ({
  uploadTotal: 0,
  uploaded: 0,
  downloadTotal: 0,
  downloaded: 0,
  result: '',
  failureReason: '',
  recordsAvailable: true,
  ...changes,
});

export const registration = (id: string, instance = 1): RegistrationRef => ({
  id,
  scope: SCOPE,
  instance,
});

export const request = (
  path: string,
  changes: Partial<RequestDescription> = {},
): RequestDescription => ({
  url: new URL(path, SCOPE).href,
  method: 'GET',
  headers: [],
  hasBody: false,
  ...changes,
});

/** Facts as one realm would number them, `step` milliseconds apart. */
export class Recorder {
  readonly log: EventLog<InspectorState>;
  readonly #seq = new Map<string, number>();
  readonly #step: number;
  now: number;

  constructor({capacity = 100_000, start = 1_000, step = 10} = {}) {
    this.log = createEventLog({capacity, base: inspectorProjection});
    this.now = start;
    this.#step = step;
  }

  add(by: Source, ...facts: readonly Fact[]): this {
    const entries = facts.map((fact) => {
      const seq = (this.#seq.get(by.realm) ?? 0) + 1;
      this.#seq.set(by.realm, seq);
      this.now += this.#step;
      return {seq, at: this.now, fact};
    });
    this.log.append(by, entries);
    return this;
  }

  get entries(): readonly LogEntry[] {
    return this.log.slice(this.log.first);
  }

  get state(): InspectorState {
    return inspectorProjection.apply(this.log.base, this.entries);
  }

  get fetches(): readonly FetchState[] {
    return [...this.state.fetches.all.values()];
  }
}
