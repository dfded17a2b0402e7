/**
 * Tells whoever loads the scripts what they got wrong, where they look for it: the
 * app goes on as if it had not been said, and a panel need not be open.
 */
export function complain(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error);
  // oxlint-disable-next-line no-console -- It is for people.
  console.warn(`Background Fetch Inspector: ${sentence}`);
}
