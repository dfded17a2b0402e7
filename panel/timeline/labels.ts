/** A place of the time axis that has something to say. */
export interface Label {
  readonly x: number;
  readonly text: string;
}

/** Nearer to each other than this, lines cannot be told apart: pixels. */
const NEAR = 8;

/** Of a letter, in the mean; and of what a label keeps from what is after it. */
const LETTER = 6.2;
const GAP = 8;

/** Less is no label, but a stain: letters. */
const LEAST = 5;

/**
 * Lines with their labels at the right, as far as there is room before the next:
 * those at one place are one, which tells how many they are and what came of it.
 *
 * @param labels from left to right
 */
export function placeLabels(labels: readonly Label[]): readonly Label[] {
  const groups: {from: number; x: number; text: string; count: number}[] = [];
  for (const {x, text} of labels) {
    const group = groups.at(-1);
    if (group === undefined || x - group.from >= NEAR) {
      groups.push({from: x, x, text, count: 1});
    } else {
      group.x = x;
      group.text = text;
      group.count += 1;
    }
  }
  return groups.map(({x, text, count}, index) => {
    const words = count === 1 ? text : `${count} changes: ${text}`;
    const room = (groups[index + 1]?.x ?? Infinity) - x - GAP;
    return {x, text: fit(words, Math.floor(room / LETTER))};
  });
}

/** Whether a text that begins at a place ends before the edge: pixels. */
export const isWhole = (text: string, x: number, edge: number): boolean =>
  x + text.length * LETTER <= edge;

function fit(text: string, letters: number): string {
  if (text.length <= letters) return text;
  return letters < LEAST ? '' : `${text.slice(0, letters - 1)}…`;
}
