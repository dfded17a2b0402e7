/**
 * What an inspector takes from a channel. Comlink's own reply format can carry
 * live objects and copy any property onto an error; from a page only two shapes
 * are let through: a plain value, and an error's name and message.
 */

const TEXT_LENGTH = 1_024;

/** A Comlink reply that may be handed to `wrap`, `undefined` if it is none. */
export function admitReply(message: unknown): object | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const {id, type, name, value} = message as Record<string, unknown>;
  if (typeof id !== 'string') return undefined;
  if (type === 'RAW') return {id, type, value};
  if (type === 'HANDLER' && name === 'throw') {
    const error = describeThrown(value);
    return {id, type, name, value: {isError: true, value: error}};
  }
  return undefined;
}

function describeThrown(thrown: unknown): {name: string; message: string} {
  const value: unknown = read(thrown, 'value');
  return {
    name: clip(read(value, 'name'), 'Error'),
    message: clip(read(value, 'message'), ''),
  };
}

const read = (from: unknown, key: string): unknown =>
  typeof from === 'object' && from !== null && Object.hasOwn(from, key)
    ? Reflect.get(from, key)
    : undefined;

const clip = (text: unknown, otherwise: string): string =>
  typeof text === 'string' ? text.slice(0, TEXT_LENGTH) : otherwise;
