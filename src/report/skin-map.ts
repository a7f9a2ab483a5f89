import type { Vec3 } from '../base/grid.ts';
import { type Html, html, NOTHING, together } from '../base/html.ts';
import { cross, dot, pointAt, unit } from '../base/vec.ts';
import type { Speaker } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import { formatNumber } from '../words/amounts.ts';
import { PRESSURE_COLOURS, PRESSURE_LEVELS, pressureBand } from '../words/pressure-scale.ts';

/** Room around what is pressed, and the least that is shown, mm. */
const MARGIN = 24;
const LEAST = 80;

/** Pressures below this are not drawn, kPa: the lightest band begins there. */
const SHOWN = PRESSURE_LEVELS[0] / 4;

/** Edges of the triangles are drawn in their own colour, so that no seam shows; mm. */
const SEAM = 0.25;

/** Height of the letters, of the picture's width: the same on paper and phone, whatever the tool's size. */
const LETTERS = 1 / 27;

/**
 * The contact pressure on the skin as SVG, looked at along the push, the person's head up; 1 unit of the viewBox is 1 mm of the skin at
 * rest. Bands as in pressure-scale.ts, their borders straight lines across the triangles of the skin.
 * @param own as a file of its own, which has to say what it is
 * @returns NOTHING when nothing touches
 */
export function skinMap(speaker: Speaker, press: Press, own?: 'own-file'): Html {
  const { skin } = press.model;
  const [right, down] = axes(press.placed.direction);
  const bands = new Map<number, string[]>();
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const atCorners = cornerPressures(press);
  for (let t = 0; t < skin.triangles.length; t += 3) {
    const corners = [0, 1, 2].map((c): Corner => {
      const vertex = skin.triangles[t + c]!;
      const p = pointAt(skin.vertices, 3 * vertex);
      return [dot(p, right), dot(p, down), atCorners[vertex]!];
    });
    const most = Math.max(...corners.map(([, , kPa]) => kPa));
    if (!(most > SHOWN)) continue;
    for (let band = pressureBand(SHOWN); band <= pressureBand(most); band++) {
      const piece = between(corners, band === 0 ? SHOWN : PRESSURE_LEVELS[band - 1]!, PRESSURE_LEVELS[band]);
      if (piece.length < 3) continue;
      for (const p of piece)
        for (const axis of [0, 1] as const) {
          low[axis] = Math.min(low[axis]!, p[axis]);
          high[axis] = Math.max(high[axis]!, p[axis]);
        }
      const d = piece.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
      const pieces = bands.get(band) ?? [];
      bands.set(band, pieces);
      pieces.push(`M${d}Z`);
    }
  }
  if (bands.size === 0) return NOTHING;
  const middle = [0, 1].map((axis) => (low[axis]! + high[axis]!) / 2) as [number, number];
  const size = [0, 1].map((axis) => Math.max(LEAST, high[axis]! - low[axis]! + 2 * MARGIN)) as [number, number];
  const [x, y] = [middle[0] - size[0] / 2, middle[1] - size[1] / 2];
  const paths = [...bands]
    .sort((a, b) => a[0] - b[0])
    .map(([band, triangles]) => {
      const colour = `rgb(${PRESSURE_COLOURS[band]!.join(',')})`;
      return html`<path d="${triangles}" fill="${colour}" stroke="${colour}" stroke-width="${SEAM}"/>`;
    });
  const last = press.steps.at(-1);
  const label = speaker.say('skin-map.alt', {
    peak: formatNumber(speaker, last?.peakSkinPressure ?? 0),
    area: formatNumber(speaker, (last?.contactArea ?? 0) / 100),
  });
  const letters = LETTERS * size[0];
  const text = (at: readonly [number, number], anchor: string, words: string): Html =>
    html`<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}" font-size="${letters.toFixed(1)}">${words}</text>`;
  const top = y + 1.3 * letters;
  const ends = [
    text([x + letters / 2, top], 'start', speaker.say('skin-map.side', { side: leftOf(right, -1) })),
    text([x + size[0] - letters / 2, top], 'end', speaker.say('skin-map.side', { side: leftOf(right, 1) })),
    text([middle[0], top], 'middle', speaker.say('skin-map.head')),
  ];
  const [sx, sy] = [x + letters / 2, y + size[1] - letters / 2];
  const scale = html`<path d="M${sx.toFixed(1)} ${sy.toFixed(1)}h20" stroke="#333" stroke-width="0.8"/>${text([sx, sy - letters / 3], 'start', speaker.say('amount.millimetres', { mm: 20 }))}`;
  return together(
    html`<svg class="skin-map"${own === undefined ? NOTHING : html` xmlns="http://www.w3.org/2000/svg"`} role="img" aria-label="${label}" viewBox="${[x, y, ...size].map((v) => v.toFixed(1)).join(' ')}" width="${Math.round(3 * size[0])}" height="${Math.round(3 * size[1])}" font-family="sans-serif">`,
    html`<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${size[0].toFixed(1)}" height="${size[1].toFixed(1)}" fill="#fff"/>${paths}${ends}${scale}</svg>\n`,
  );
}

/** A corner of a triangle on the picture: across, down, mm, and the pressure there, kPa. */
type Corner = readonly [x: number, y: number, kPa: number];

/** Pressure at the vertices of the skin, kPa: the mean over the triangles around each. */
function cornerPressures({ model: { skin }, fields: { contact } }: Press): Float64Array {
  const count = skin.vertices.length / 3;
  const sum = new Float64Array(count);
  const times = new Float64Array(count);
  skin.triangles.forEach((vertex, n) => {
    sum[vertex] = sum[vertex]! + contact[Math.floor(n / 3)]!;
    times[vertex] = times[vertex]! + 1;
  });
  return sum.map((total, n) => total / Math.max(times[n]!, 1));
}

/** The piece of a polygon in which the pressure lies between two levels. */
function between(polygon: readonly Corner[], from: number, to = Number.POSITIVE_INFINITY): Corner[] {
  return cutAt(cutAt(polygon, from, 1), to, -1);
}

/** What of a polygon lies above (sign 1) or below (sign -1) a level. */
function cutAt(polygon: readonly Corner[], level: number, sign: 1 | -1): Corner[] {
  if (!Number.isFinite(level)) return [...polygon];
  return polygon.flatMap((p, n) => {
    const q = polygon[(n + 1) % polygon.length]!;
    const [a, b] = [sign * (p[2] - level), sign * (q[2] - level)];
    const kept = a >= 0 ? [p] : [];
    if (a >= 0 === b >= 0) return kept;
    const part = a / (a - b);
    return [...kept, [p[0] + part * (q[0] - p[0]), p[1] + part * (q[1] - p[1]), level] as const];
  });
}

/** Rightward and downward on the picture: the head up, as somebody sees the skin who looks along the push. */
function axes(push: Vec3): [right: Vec3, down: Vec3] {
  const along = dot([0, 0, 1], push);
  const up = unit([-along * push[0], -along * push[1], 1 - along * push[2]]);
  return [cross(push, up), [-up[0], -up[1], -up[2]]];
}

/** Which side of the person an end of the picture's horizontal is: x is to the person's left. */
const leftOf = (right: Vec3, sign: 1 | -1): string => {
  const left = sign * right[0];
  return Math.abs(left) < 0.3 ? (sign * right[1] > 0 ? 'back' : 'front') : left > 0 ? 'left' : 'right';
};
