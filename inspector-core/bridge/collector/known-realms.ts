import type {RealmId, Source} from '../../protocol/protocol.js';
import type {Link} from './link.js';

/** A realm that has been read, and how far. */
export interface KnownRealm {
  /** As its first batch told it; held to for the realm's whole life. */
  readonly source: Source;
  readonly place: string;
  /** Number of the last entry that was taken from it. */
  last: number;
  /** Its end has been told. */
  closed: boolean;
  /** The link that reads it now. */
  link: Link | undefined;
}

/** Bounded, since each start of a worker makes a realm: the oldest ones go. */
const REALMS = 4_000;

/** The realms of one inspector, by id, so that each is read once only. */
export class KnownRealms {
  readonly #realms = new Map<RealmId, KnownRealm>();

  /**
   * The realm that a link's first batch names; a sentence if it may not have
   * it. A realm that is found again must come from the same place, else one
   * page could go on in another's name.
   */
  claim(source: Source, link: Link): KnownRealm | string {
    if (!link.kinds.includes(source.kind)) {
      return `A ${source.kind} cannot be here`;
    }
    if (link.realm !== undefined && link.realm !== source.realm) {
      return 'It names another realm than its channel does';
    }
    const known = this.#realms.get(source.realm);
    if (known === undefined) return this.#add(source, link);
    if (known.place !== link.place || known.source.kind !== source.kind) {
      return 'It names a realm that is somewhere else';
    }
    if (known.link !== undefined && !known.link.signal.aborted) {
      return 'It names a realm that is being read already';
    }
    known.link = link;
    return known;
  }

  find(realm: RealmId): KnownRealm | undefined {
    return this.#realms.get(realm);
  }

  #add(source: Source, link: Link): KnownRealm {
    const {place} = link;
    const realm = {source, place, last: 0, closed: false, link};
    this.#realms.set(source.realm, realm);
    if (this.#realms.size > REALMS) this.#forgetOldest();
    return realm;
  }

  #forgetOldest(): void {
    for (const [id, {link}] of this.#realms) {
      if (link === undefined || link.signal.aborted) {
        this.#realms.delete(id);
        return;
      }
    }
  }
}
