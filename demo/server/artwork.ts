/** Draws the episodes' covers: a night sky, a moon and hills, seeded. */
import type {Episode} from './episodes.js';
import {createRandom} from './random.js';

const SIZE = 512;

/** The cover as an SVG document; the same text at every call. */
export function drawArtwork({slug, title, hue}: Episode): string {
  const random = createRandom(`artwork ${slug}`);
  const between = (low: number, high: number): number =>
    Math.round(low + random() * (high - low));
  const stars = Array.from({length: 34}, () => {
    const radius = (0.8 + random() * 2).toFixed(1);
    return `<circle cx="${between(0, SIZE)}" cy="${between(0, 330)}" r="${radius}" opacity="${(0.3 + random() * 0.7).toFixed(2)}"/>`;
  });
  const hills = [0, 1, 2, 3].map((layer) => {
    const base = 300 + layer * 52;
    const points = Array.from(
      {length: 9},
      (_, index) => `${index * 64},${base + between(-34, 34)}`,
    );
    return `<path d="M0,${SIZE} L${smooth(points)} L${SIZE},${SIZE} Z" fill="hsl(${hue + layer * 9} 46% ${34 - layer * 7}%)"/>`;
  });
  const [x, y, radius] = [
    between(120, 392),
    between(160, 220),
    between(34, 62),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}" role="img" aria-label="${title}">
<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 56% 17%)"/><stop offset=".7" stop-color="hsl(${hue + 38} 52% 52%)"/><stop offset="1" stop-color="hsl(${hue + 60} 74% 74%)"/></linearGradient></defs>
<rect width="${SIZE}" height="${SIZE}" fill="url(#sky)"/>
<g fill="#fff">${stars.join('')}</g>
<circle cx="${x}" cy="${y}" r="${radius * 1.9}" fill="hsl(${hue + 40} 90% 88%)" opacity=".14"/>
<circle cx="${x}" cy="${y}" r="${radius}" fill="hsl(${hue + 40} 90% 92%)"/>
${hills.join('\n')}
</svg>
`;
}

/** A line through the points, round at each of them. */
function smooth(points: readonly string[]): string {
  const pairs = points.map((point) => point.split(',').map(Number));
  const [start] = points;
  const curves = pairs.slice(1).map(([x = 0, y = 0], index) => {
    const [fromX = 0, fromY = 0] = pairs[index] ?? [];
    const middle = (fromX + x) / 2;
    return `C${middle},${fromY} ${middle},${y} ${x},${y}`;
  });
  return `${start} ${curves.join(' ')}`;
}
