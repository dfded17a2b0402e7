import type {NetworkProfile} from '../profile/profile.js';
import type {Clock} from '../../seams/clock.js';
import {Lane} from './lane.js';

/** What lies between all the streams that share it and the network. */
export interface Link {
  readonly download: Lane;
  readonly upload: Lane;
}

/** Chooses the link that an attempt goes over. */
export interface Links {
  of(fetchId: string): Link;
  /** All links, now and later, get this profile's rates. */
  shape(profile: NetworkProfile): void;
  /** One that was made for an attempt gets the rates of all from now on. */
  adopt(link: Link): void;
  /** Either one for all, or one for each fetch; for streams yet to come. */
  share(isShared: boolean): void;
}

/** A link with a profile's rates. */
export function createLink(clock: Clock, profile: NetworkProfile): Link {
  return {
    download: new Lane(clock, profile.download),
    upload: new Lane(clock, profile.upload),
  };
}

export function createLinks(clock: Clock, initial: NetworkProfile): Links {
  let profile = initial;
  let isShared = true;
  const common = createLink(clock, profile);
  /** By fetch; weak: a link that no attempt holds any more need not be shaped. */
  const own = new Map<string, WeakRef<Link>>();
  const adopted = new Set<WeakRef<Link>>();

  return {
    of(fetchId) {
      if (isShared) return common;
      const existing = own.get(fetchId)?.deref();
      if (existing !== undefined) return existing;
      const link = createLink(clock, profile);
      own.set(fetchId, new WeakRef(link));
      return link;
    },
    shape(next) {
      profile = next;
      shapeLink(common, next);
      for (const [fetchId, reference] of own) {
        if (!shapeIfHeld(reference, next)) own.delete(fetchId);
      }
      for (const reference of adopted) {
        if (!shapeIfHeld(reference, next)) adopted.delete(reference);
      }
    },
    adopt(link) {
      shapeLink(link, profile);
      adopted.add(new WeakRef(link));
    },
    share(value) {
      isShared = value;
    },
  };
}

/** False if nobody holds it any more. */
function shapeIfHeld(
  reference: WeakRef<Link>,
  profile: NetworkProfile,
): boolean {
  const link = reference.deref();
  if (link !== undefined) shapeLink(link, profile);
  return link !== undefined;
}

/** Gives a link a profile's rates; what is under way goes on at them. */
function shapeLink(link: Link, {download, upload}: NetworkProfile): void {
  link.download.setRate(download);
  link.upload.setRate(upload);
}
