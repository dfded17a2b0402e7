/**
 * A reporter for Node's test runner that leaves its events as lines of JSON, for
 * `npm test` to read. Plain JavaScript, because Node loads reporters before it
 * can load TypeScript.
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* reportNodeTests(events) {
  for await (const event of events) {
    yield `${JSON.stringify(event, keepMessages)}\n`;
  }
}

/**
 * JSON knows nothing of errors.
 *
 * @param {string} key
 * @param {unknown} value
 */
function keepMessages(key, value) {
  return value instanceof Error
    ? {message: value.message, failureType: Reflect.get(value, 'failureType')}
    : value;
}
