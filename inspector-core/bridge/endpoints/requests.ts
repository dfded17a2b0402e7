/**
 * What a realm takes from a channel. Comlink alone would walk any path from the
 * exposed object (`read.constructor` is the door to `Function`) and set what
 * it finds there; so a request is rebuilt from what is expected, or dropped.
 */

const ID_LENGTH = 128;

/** A Comlink request that may be handed to `expose`, `undefined` if it is none. */
export function admitRequest(message: unknown): object | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const {id, type, path, argumentList} = message as Record<string, unknown>;
  if (typeof id !== 'string' || id.length > ID_LENGTH) return undefined;
  if (type !== 'APPLY' || !Array.isArray(path) || path.length !== 1) {
    return undefined;
  }
  const values = rawValues(argumentList);
  if (path[0] === 'read') {
    const [after, budget] = values;
    if (!isWhole(after) || !isWhole(budget)) return undefined;
    return request(id, 'read', [after, budget]);
  }
  if (path[0] === 'execute') {
    return Reflect.get(Object(values[0]) as object, 'type') === 'uninstall-hook'
      ? request(id, 'execute', [{type: 'uninstall-hook'}])
      : undefined;
  }
  return undefined;
}

function request(id: string, method: string, values: unknown[]): object {
  const argumentList = values.map((value) => ({type: 'RAW', value}));
  return {id, type: 'APPLY', path: [method], argumentList};
}

function rawValues(list: unknown): unknown[] {
  if (!Array.isArray(list) || list.length > 2) return [];
  return list.map((item: unknown): unknown =>
    typeof item === 'object' &&
    item !== null &&
    Reflect.get(item, 'type') === 'RAW'
      ? Reflect.get(item, 'value')
      : undefined,
  );
}

const isWhole = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
