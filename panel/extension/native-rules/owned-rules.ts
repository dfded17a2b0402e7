/**
 * The extension's session rules, each owned by one DevTools page. A page that
 * is closed can take nothing away any more: it holds a lock for as long as it
 * lives, and the extension's worker removes what belongs to no lock.
 */
import type {NetRule} from './make-net-rules.js';

type SessionRule = chrome.declarativeNetRequest.Rule;

/** Who changes rules must be alone: their numbers are shared by all pages. */
const TURN = 'native-rules';
const lockOf = (owner: number): string => `native-rules/${owner}`;

/** Rules have no room for an owner: they say that they are for no such tab. */
const ownersOf = ({condition}: SessionRule): readonly number[] =>
  condition.excludedTabIds ?? [];

/** Undefined until the user has granted what the manifest has as optional. */
const api = (): typeof chrome.declarativeNetRequest | undefined =>
  chrome.declarativeNetRequest;

/** A new owner, for as long as this page lives. */
export function becomeOwner(): number {
  const [owner = 0] = crypto.getRandomValues(new Uint32Array(1));
  // Tabs are numbered by positive integers of 32 bits.
  const number = owner >>> 1;
  void navigator.locks.request(lockOf(number), () => new Promise(() => {}));
  return number;
}

/** Puts these in the place of all that the owner had, at once. */
export async function replaceRules(
  owner: number,
  rules: readonly NetRule[],
): Promise<void> {
  const dnr = api();
  if (dnr === undefined) return;
  await navigator.locks.request(TURN, async () => {
    const all = await dnr.getSessionRules();
    const old = all.filter((rule) => ownersOf(rule).includes(owner));
    const first = all.reduce((most, {id}) => Math.max(most, id), 0) + 1;
    await dnr.updateSessionRules({
      removeRuleIds: old.map(({id}) => id),
      addRules: rules.map(({priority, action, condition}, index) => ({
        id: first + index,
        priority,
        action,
        condition: {...condition, excludedTabIds: [owner]},
      })),
    });
  });
}

/** Removes each owner's rules as soon as its page is gone. */
export async function removeOrphans(): Promise<void> {
  const rules = (await api()?.getSessionRules()) ?? [];
  const owners = new Set(rules.flatMap(ownersOf));
  await Promise.all(
    [...owners].map((owner) =>
      navigator.locks.request(lockOf(owner), () => replaceRules(owner, [])),
    ),
  );
}
