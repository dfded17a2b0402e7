/** What was asked, and has not answered yet. */
const asked = new Set<object>();

/**
 * Asks an object, and holds it until it has answered. Chromium 156 never settles
 * what the caches of a storage bucket, or one of those caches, were asked for if
 * the collector takes them before that.
 */
export async function ask<T extends object, Answer>(
  object: T,
  question: (object: T) => Promise<Answer>,
): Promise<Answer> {
  const held = {object};
  asked.add(held);
  try {
    return await question(object);
  } finally {
    asked.delete(held);
  }
}
