import type { Vec3 } from '../base/grid.ts';
import { smoothstep } from '../base/smoothstep.ts';
import { cross, dot, minus, unit } from '../base/vec.ts';

/**
 * A drawing of surfaces as in a plate: even tones with a line around them, as SVG. For where there is no graphics card to draw them, and for
 * what is seen before it has begun.
 */

/** Something to draw. */
export interface PlatePart {
  readonly vertices: Float32Array;
  /** Unit normals, outward. */
  readonly normals: Float32Array;
  readonly triangles: Uint32Array;
  /** How much of the sky each vertex cannot see, 0…255; none where it is left out. */
  readonly occlusion?: Uint8Array;
  /** sRGB 0…255. */
  readonly colour: readonly [number, number, number];
  /** solid: hides what is behind it. glass: lies behind all that is solid, and one sees its own shape. ghost: only its outline and a breath of it. */
  readonly as: 'solid' | 'glass' | 'ghost';
}

/** Where the eye is, what it looks at, what is up in the picture, and its lens (degrees from top to bottom). */
export interface PlateEye {
  readonly position: Vec3;
  readonly target: Vec3;
  readonly up: Vec3;
  readonly lens: number;
}

/** Pixels along a side of what is traced. */
const SIZE = 900;
/** Units of the drawing to a pixel: places are whole ones. */
const UNITS = 2;
/** What is left of the drawing's rim, units. */
const RIM = 4;
/** Light that parts two tones; the tone between is drawn with the mean. */
const TONES = [0.3, 0.42, 0.54, 0.66, 0.78, 0.9];
/** Patches smaller than this are left to their neighbours, square pixels. */
const PATCH = 14;
/** A line may leave its pixels by this much, pixels. */
const LOOSE = 0.7;

/** The drawing, 1 × 1 in shape. No words, no styles: it stands on light paper and on dark. */
export function plate(parts: readonly PlatePart[], eye: PlateEye): string {
  const layer = (as: PlatePart['as']): string =>
    as === 'ghost'
      ? ghosts(
          parts.filter((p) => p.as === as),
          eye,
        )
      : tones(
          parts.filter((p) => p.as === as),
          eye,
        );
  const glass = layer('glass');
  return [
    // lines along the border of what was looked at are no borders of anything
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${RIM} ${RIM} ${UNITS * SIZE - 2 * RIM} ${UNITS * SIZE - 2 * RIM}">`,
    layer('ghost'),
    glass === '' ? '' : `<g opacity=".45">${glass}</g>`,
    layer('solid'),
    '</svg>\n',
  ].join('');
}

/** What is seen at each pixel: the part plus one, and the light on it. */
interface Seen {
  readonly part: Uint16Array;
  readonly light: Float32Array;
}

function look(parts: readonly PlatePart[], { position, target, up, lens }: PlateEye): Seen {
  const back = unit(minus(position, target));
  const right = unit(cross(up, back));
  const above = cross(back, right);
  const scale = SIZE / 2 / Math.tan((lens * Math.PI) / 360);
  const depth = new Float32Array(SIZE * SIZE).fill(Number.POSITIVE_INFINITY);
  const part = new Uint16Array(SIZE * SIZE);
  const light = new Float32Array(SIZE * SIZE);
  for (const [n, { vertices, normals, triangles, occlusion }] of parts.entries()) {
    const count = vertices.length / 3;
    const at = new Float32Array(3 * count);
    const lit = new Float32Array(count);
    for (let v = 0; v < count; v++) {
      const p: Vec3 = [vertices[3 * v]!, vertices[3 * v + 1]!, vertices[3 * v + 2]!];
      const from = minus(p, position);
      const far = -dot(from, back);
      at[3 * v] = SIZE / 2 + (scale * dot(from, right)) / far;
      at[3 * v + 1] = SIZE / 2 - (scale * dot(from, above)) / far;
      at[3 * v + 2] = far;
      const normal: Vec3 = [normals[3 * v]!, normals[3 * v + 1]!, normals[3 * v + 2]!];
      const facing = -dot(normal, unit(from));
      lit[v] = lightOn(dot(normal, right), dot(normal, above), dot(normal, back), facing, (occlusion?.[v] ?? 0) / 255);
    }
    for (let t = 0; t < triangles.length; t += 3) {
      const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
      const [ax, ay, bx, by, cx, cy] = [
        at[3 * a]!,
        at[3 * a + 1]!,
        at[3 * b]!,
        at[3 * b + 1]!,
        at[3 * c]!,
        at[3 * c + 1]!,
      ];
      // the picture's y runs down: what faces the eye turns the other way
      const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
      if (!(area < 0) || at[3 * a + 2]! <= 0 || at[3 * b + 2]! <= 0 || at[3 * c + 2]! <= 0) continue;
      const [i0, i1] = [
        Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5)),
        Math.min(SIZE - 1, Math.max(ax, bx, cx) - 0.5),
      ];
      const [j0, j1] = [
        Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5)),
        Math.min(SIZE - 1, Math.max(ay, by, cy) - 0.5),
      ];
      for (let j = j0; j <= j1; j++)
        for (let i = i0; i <= i1; i++) {
          const [x, y] = [i + 0.5, j + 0.5];
          const wa = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area;
          const wb = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area;
          const wc = 1 - wa - wb;
          if (wa < 0 || wb < 0 || wc < 0) continue;
          const far = wa * at[3 * a + 2]! + wb * at[3 * b + 2]! + wc * at[3 * c + 2]!;
          const pixel = i + SIZE * j;
          if (far >= depth[pixel]!) continue;
          depth[pixel] = far;
          part[pixel] = n + 1;
          light[pixel] = wa * lit[a]! + wb * lit[b]! + wc * lit[c]!;
        }
    }
  }
  return { part, light };
}

/** The key light of the scene (view/surface-material.ts) without its colours: from the upper left, darker where one looks along the surface. */
function lightOn(x: number, y: number, z: number, facing: number, hidden: number): number {
  const open = 1 - 0.9 * hidden * Math.sqrt(hidden);
  const key = Math.min(1, Math.max(0, (-0.46 * x + 0.6 * y + 0.66 * z + 0.25) / 1.25));
  const light = (0.3 + 0.06 * y) * open + 0.63 * key * (0.6 + 0.4 * open);
  return light * (1 - 0.4 * smoothstep((1 - facing - 0.62) / 0.38));
}

/** A colour in more or less light. */
function shaded(colour: readonly [number, number, number], light: number): string {
  const hex = colour.map((c) => {
    const linear = (c / 255) ** 2.2 * light;
    return Math.round(255 * Math.min(1, linear) ** (1 / 2.2))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${hex.join('')}`;
}

function tones(parts: readonly PlatePart[], eye: PlateEye): string {
  const { part, light } = look(parts, eye);
  const boxes = boxesOf(part, parts.length);
  const paths: string[] = [];
  for (const [n, { colour }] of parts.entries()) {
    const whole = outline(boxes[n]!, (pixel) => part[pixel] === n + 1);
    if (whole === '') continue;
    const line = shaded(colour, 0.13);
    paths.push(
      `<path fill="${shaded(colour, 0.25)}" stroke="${line}" stroke-width="2.6" stroke-linejoin="round" d="${whole}"/>`,
    );
    for (const [k, least] of TONES.entries()) {
      const lighter = outline(boxes[n]!, (pixel) => part[pixel] === n + 1 && light[pixel]! >= least);
      if (lighter === '') continue;
      const middle = (least + (TONES[k + 1] ?? 1)) / 2;
      paths.push(`<path fill="${shaded(colour, middle)}" d="${lighter}"/>`);
    }
  }
  return paths.join('');
}

/** First and last column and row of what is seen of each part, none where nothing is. */
type Box = [left: number, top: number, right: number, bottom: number];

function boxesOf(part: Uint16Array, count: number): Box[] {
  const boxes = Array.from({ length: count }, (): Box => [SIZE, SIZE, -1, -1]);
  for (let j = 0, pixel = 0; j < SIZE; j++)
    for (let i = 0; i < SIZE; i++, pixel++) {
      const n = part[pixel]!;
      if (n === 0) continue;
      const box = boxes[n - 1]!;
      if (i < box[0]) box[0] = i;
      if (j < box[1]) box[1] = j;
      if (i > box[2]) box[2] = i;
      if (j > box[3]) box[3] = j;
    }
  return boxes;
}

/** Neither light nor dark: seen on both grounds. */
const QUIET = '#a08c74';

function ghosts(parts: readonly PlatePart[], eye: PlateEye): string {
  if (parts.length === 0) return '';
  const { part } = look(parts, eye);
  return `<path fill="${QUIET}" fill-opacity=".16" stroke="${QUIET}" stroke-width="3" stroke-opacity=".8" d="${outline([0, 0, SIZE - 1, SIZE - 1], (pixel) => part[pixel] !== 0)}"/>`;
}

/** The border of a set of pixels as a path of smooth closed lines; holes run the other way. */
function outline([left, top, right, bottom]: Box, inside: (pixel: number) => boolean): string {
  // with an empty pixel all around
  const [wide, high] = [right - left + 3, bottom - top + 3];
  if (right < left) return '';
  const mask = new Uint8Array(wide * high);
  for (let j = top; j <= bottom; j++)
    for (let i = left; i <= right; i++) if (inside(i + SIZE * j)) mask[i - left + 1 + wide * (j - top + 1)] = 1;
  // edges between inside (on their right) and outside, by the corner where they begin; a corner may begin two
  const seen = new Uint8Array(4 * wide * high);
  const step = [1, wide, -1, -wide];
  /** Whether the edge that leaves a corner in a direction (right, down, left, up) has the inside on its right. */
  const isEdge = (corner: number, way: number): boolean => {
    // the pixels around a corner: before it is up left of it
    const [ul, ur, dl, dr] = [mask[corner - wide - 1], mask[corner - wide], mask[corner - 1], mask[corner]];
    return way === 0 ? !!dr && !ur : way === 1 ? !!dl && !dr : way === 2 ? !!ul && !dl : !!ur && !ul;
  };
  const paths: string[] = [];
  for (let start = wide + 1; start < wide * (high - 1); start++) {
    if (!isEdge(start, 0) || seen[4 * start]) continue;
    const points: [number, number][] = [];
    let [corner, way] = [start, 0];
    do {
      seen[4 * corner + way] = 1;
      points.push([left + (corner % wide) - 1, top + Math.floor(corner / wide) - 1]);
      corner += step[way]!;
      // right before straight on before left, so that pixels that only touch at a corner stay apart
      way = [1, 0, 3].map((turn) => (way + turn) % 4).find((next) => isEdge(corner, next)) ?? way;
    } while (corner !== start || way !== 0);
    paths.push(smooth(points));
  }
  return paths.join('');
}

/** A closed line through the middles of pixel edges, with the points that it can do without left out. */
function smooth(corners: readonly [number, number][]): string {
  const n = corners.length;
  let area = 0;
  for (const [k, [x, y]] of corners.entries()) {
    const [u, v] = corners[(k + 1) % n]!;
    area += x * v - y * u;
  }
  if (Math.abs(area) / 2 < PATCH) return '';
  const middles = corners.map(([x, y], k): [number, number] => {
    const [u, v] = corners[(k + 1) % n]!;
    return [(x + u) / 2, (y + v) / 2];
  });
  const kept = thinned(middles);
  if (kept.length < 3) return '';
  // curves that end between two points and bend at them
  const between = (k: number): [number, number] => {
    const [a, b] = [kept[k % kept.length]!, kept[(k + 1) % kept.length]!];
    return [Math.round(((a[0] + b[0]) * UNITS) / 2), Math.round(((a[1] + b[1]) * UNITS) / 2)];
  };
  let [px, py] = between(kept.length - 1);
  let path = `M${px} ${py}q`;
  for (const [k, [x, y]] of kept.entries()) {
    const [ex, ey] = between(k);
    for (const v of [Math.round(UNITS * x) - px, Math.round(UNITS * y) - py, ex - px, ey - py])
      path += v < 0 || path.endsWith('q') ? `${v}` : ` ${v}`;
    [px, py] = [ex, ey];
  }
  return `${path}z`;
}

/** Douglas and Peucker's lines: of a run of points only those that lie off the straight one. */
function thinned(points: readonly [number, number][]): [number, number][] {
  const keep = new Uint8Array(points.length);
  const half = Math.floor(points.length / 2);
  keep[0] = keep[half] = 1;
  const closed = [...points, points[0]!];
  const open: [number, number][] = [
    [0, half],
    [half, points.length],
  ];
  while (open.length > 0) {
    const [from, to] = open.pop()!;
    const [[ax, ay], [bx, by]] = [closed[from]!, closed[to]!];
    const long = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
    let [worst, where] = [LOOSE, -1];
    for (let k = from + 1; k < to; k++) {
      const [x, y] = closed[k]!;
      const off =
        long === 0
          ? Math.sqrt((x - ax) ** 2 + (y - ay) ** 2)
          : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long;
      if (off > worst) [worst, where] = [off, k];
    }
    if (where === -1) continue;
    keep[where] = 1;
    open.push([from, where], [where, to]);
  }
  return points.filter((_, k) => keep[k] === 1);
}
