/** What a benchmark found. Only ratios within one run are worth comparing. */
export interface BenchReport {
  readonly name: string;
  readonly measures: readonly Measure[];
}

export interface Measure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: Aim;
}

/** What a value should reach; a missed aim is shown, not hidden. */
export interface Aim {
  readonly is: 'at most' | 'at least';
  readonly value: number;
}

const number = new Intl.NumberFormat('en', {maximumSignificantDigits: 4});

const isMet = ({value, aim}: Measure): boolean =>
  aim === undefined ||
  (aim.is === 'at most' ? value <= aim.value : value >= aim.value);

/** The report as a table for people. */
export function formatReport({name, measures}: BenchReport): string {
  const rows = measures.map((measure) => [
    measure.what,
    number.format(measure.value),
    measure.unit,
    measure.aim === undefined
      ? ''
      : `${measure.aim.is} ${number.format(measure.aim.value)}`,
    measure.aim === undefined ? '' : isMet(measure) ? 'met' : 'MISSED',
  ]);
  const table = [['', name, 'unit', 'aim', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 1
            ? cell.padStart(widths[column] ?? 0)
            : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** A quantile by linear interpolation; NaN for no values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * Forth and back, so that a machine that slows down does so for all.
 *
 * @returns of each, its numbers
 */
export async function takeTurns(
  contestants: readonly (() => Promise<number>)[],
  rounds = 5,
): Promise<readonly (readonly number[])[]> {
  const numbers: number[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    const turns = [...contestants.entries()];
    for (const [index, run] of round % 2 === 0 ? turns : turns.toReversed()) {
      numbers[index]?.push(await run());
    }
  }
  return numbers;
}
