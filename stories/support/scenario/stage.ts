import type {
  Fact,
  RealmEntry,
  RecordDescription,
  RegistrationRef,
  RegistrationSnapshot,
  RequestDescription,
  Source,
  SourceKind,
} from '../../../inspector-core/protocol/protocol.js';
import type {Line} from './line.js';

/** 2026-01-12 09:30 UTC: scenarios always begin at the same moment. */
export const START = Date.UTC(2026, 0, 12, 9, 30);

/** What `page`, `worker2` and the like stand for. */
const KINDS: Readonly<Record<string, SourceKind>> = {
  page: 'page',
  frame: 'frame',
  worker: 'service-worker',
  shared: 'shared-worker',
  dedicated: 'dedicated-worker',
  engine: 'engine',
  wire: 'wire',
  browser: 'browser',
  panel: 'panel',
};

/** An entry and who wrote it. */
export interface ScenarioEntry {
  readonly source: Source;
  readonly entry: RealmEntry;
}

/** What a scenario remembers of one fetch while it is played. */
export interface FetchProp {
  readonly id: string;
  readonly requests: readonly RequestDescription[];
  readonly isEmulated?: boolean;
  snapshot: RegistrationSnapshot;
}

interface RealmProp {
  readonly source: Source;
  seq: number;
  calls: number;
  instances: number;
  records: number;
  events: number;
  readonly instanceOf: Map<string, number>;
  readonly recordsOf: Map<string, readonly RecordDescription[]>;
  readonly callOf: Map<string, {readonly call: number; readonly at: number}>;
  readonly eventOf: Map<
    string,
    {readonly event: number; readonly at: number; waits: number}
  >;
}

export const ORIGIN = 'https://podcast.example';

/** Numbers everything as hooks do: entries, calls, registrations, records. */
export class Stage {
  readonly #realms = new Map<string, RealmProp>();
  readonly #fetches = new Map<string, FetchProp>();
  readonly entries: ScenarioEntry[] = [];

  realm(name: string): RealmProp {
    const known = this.#realms.get(name);
    if (known !== undefined) return known;
    const kind = KINDS[name.replace(/\d+$/, '')];
    if (kind === undefined)
      throw new SyntaxError(`No source is named ${name}.`);
    const realm: RealmProp = {
      source: {kind, realm: name, url: this.#urlOf(kind)},
      seq: 0,
      calls: 0,
      instances: 0,
      records: 0,
      events: 0,
      instanceOf: new Map(),
      recordsOf: new Map(),
      callOf: new Map(),
      eventOf: new Map(),
    };
    this.#realms.set(name, realm);
    return realm;
  }

  append(line: Line, fact: Fact, at = line.at): void {
    const realm = this.realm(line.realm);
    realm.seq += 1;
    this.entries.push({
      source: realm.source,
      entry: {seq: realm.seq, at: START + at, fact},
    });
  }

  addFetch(prop: FetchProp): void {
    this.#fetches.set(prop.id, prop);
  }

  fetch(id: string): FetchProp {
    const known = this.#fetches.get(id);
    if (known !== undefined) return known;
    // It began before anybody watched.
    const prop: FetchProp = {id, requests: [], snapshot: emptySnapshot(0, 0)};
    this.#fetches.set(id, prop);
    return prop;
  }

  /** The registration object of a fetch in a realm; new ones say so. */
  registration(line: Line, id: string): RegistrationRef {
    const realm = this.realm(line.realm);
    let instance = realm.instanceOf.get(id);
    if (instance === undefined) {
      realm.instances += 1;
      instance = realm.instances;
      realm.instanceOf.set(id, instance);
    }
    return {id, scope: `${ORIGIN}/`, instance};
  }

  /** The records of a fetch as this realm numbers them. */
  records(line: Line, id: string): readonly RecordDescription[] {
    const realm = this.realm(line.realm);
    const known = realm.recordsOf.get(id);
    if (known !== undefined) return known;
    const records = this.fetch(id).requests.map((request) => {
      realm.records += 1;
      return {record: realm.records, request};
    });
    realm.recordsOf.set(id, records);
    return records;
  }

  #urlOf(kind: SourceKind): string {
    if (kind === 'service-worker') return `${ORIGIN}/sw.js`;
    if (kind === 'frame') return `${ORIGIN}/player.html`;
    return kind === 'page' ? `${ORIGIN}/` : '';
  }
}

export const emptySnapshot = (
  downloadTotal: number,
  uploadTotal: number,
): RegistrationSnapshot => ({
  uploadTotal,
  uploaded: 0,
  downloadTotal,
  downloaded: 0,
  result: '',
  failureReason: '',
  recordsAvailable: true,
});
