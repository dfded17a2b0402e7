/** Every fact by its path, such as `worker.records.0.response.status`. */
export function flatten(
  value: unknown,
  path = '',
  into = new Map<string, unknown>(),
): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    into.set(path, value);
    return into;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) into.set(path, Array.isArray(value) ? '[]' : '{}');
  for (const [name, member] of entries) {
    flatten(member, path === '' ? name : `${path}.${name}`, into);
  }
  return into;
}

export interface Difference {
  readonly path: string;
  readonly native: unknown;
  readonly emulated: unknown;
}

/** Where two sides' facts differ. */
export function differences(native: unknown, emulated: unknown): Difference[] {
  const a = flatten(native);
  const b = flatten(emulated);
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((path) => a.get(path) !== b.get(path))
    .map((path) => ({path, native: a.get(path), emulated: b.get(path)}));
}
