import {
  defineHidden,
  deleteProperty,
  isObject,
  ownDescriptor,
} from '../platform/primordials.js';

/** Shared by all copies of our script in a realm, whatever form they came in. */
const MARKER = Symbol.for('background-fetch-inspector');

/**
 * What an earlier installation left in this realm for a later one to take up,
 * `undefined` if there is none. The page can see it and forge it.
 */
export function findInstallation(scope: object): object | undefined {
  const value: unknown = ownDescriptor(scope, MARKER)?.value;
  return isObject(value) ? value : undefined;
}

/** Marks the realm as hooked; false if it was, or cannot be marked. */
export function claimRealm(scope: object, installation: object): boolean {
  if (findInstallation(scope) !== undefined) return false;
  return defineHidden(scope, MARKER, installation);
}

export function releaseRealm(scope: object, installation: object): void {
  if (findInstallation(scope) === installation) {
    deleteProperty(scope, MARKER);
  }
}
