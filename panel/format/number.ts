/** The panel speaks English, so its numbers do too, whatever the browser does. */
export const LOCALE = 'en';

const whole = new Intl.NumberFormat(LOCALE, {maximumFractionDigits: 0});
const percent = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  maximumFractionDigits: 0,
});

export const formatCount = (count: number): string => whole.format(count);

/** `1 record`, `2 records`. */
export const formatPlural = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** A part of a whole: `38 %`, and never 100 before it is all there. */
export const formatPercent = (part: number, total: number): string => {
  if (total <= 0) return '';
  const share = part / total;
  return percent
    .format(share < 1 ? Math.min(share, 0.99) : share)
    .replace('%', ' %');
};
