import { cbrt, pow, sin } from '../base/elementary.ts';
import { seededRandom } from '../base/random.ts';
import type { PolygonLoft, Row, Tube } from './shape.ts';
import { pchip } from './splines.ts';

/** Distance between neighbouring coils and their radius, mm of an average adult: bowel fills about six tenths of its space. */
const SPACING = 27;
const RADIUS = 11.3;

/** How far a turn is moved from the regular pattern, shares of the spacing. */
const JITTER = 0.17;

/**
 * How room that fat makes is shared: powers of the depth's factor by which coils lie farther apart, and reach less far back. Set so that a
 * belly twice as deep holds as much bowel as before; its fat lies in the mesentery, behind and in the middle.
 */
const BETWEEN = 0.22;
const BEHIND = 1.1;

/**
 * Lays one long coil of bowel into the space that the loops of small intestine fill: layer upon layer, forwards and backwards, as
 * irregular as a seed makes it. Position and shape of real loops change by the minute; only the space and the amount are
 * anatomy.
 *
 * @param space the space, mirror-symmetric, mm
 * @param size factor on the coils' radius
 * @param room depth of the space from front to back against the usual: where there is more, mesentery lies behind the coils and
 *   between them, where there is less, they lie closer
 */
export function coilsIn(space: PolygonLoft, size: number, room: number, seed: number): Tube {
  const random = seededRandom(seed);
  const jitter = (): number => (random() - 0.5) * 2 * JITTER * SPACING * size;
  const radius = RADIUS * size;
  const more = Math.max(room, 1);
  const step = SPACING * size * (room < 1 ? cbrt(room) : pow(more, BETWEEN));
  const over = pchip(
    space.stations.map((row) => row[0]!),
    space.stations.map((row) => row.slice(1)),
  );
  const corners = new Float64Array(space.stations[0]!.length - 1);
  const points: Row[] = [];
  const layers = Math.max(1, Math.floor((over.last - over.first - 1.4 * radius) / step));
  const gap = (over.last - over.first - 1.4 * radius) / layers;
  let forward = true;
  for (let layer = 0; layer <= layers; layer++) {
    const z = over.first + 0.7 * radius + layer * gap;
    over.at(z, corners);
    const wide = widest(corners) - 0.8 * radius;
    const columns = Math.max(2, Math.round((2 * wide) / step));
    const row: Row[] = [];
    for (let n = 0; n <= columns; n++) {
      const x = -wide + (2 * wide * n) / columns;
      const [front, back] = depthAt(corners, x);
      const near = front + 0.8 * radius;
      const far = near + (back - 0.8 * radius - near) * pow(more, -BEHIND);
      const put = (y: number): void => {
        const tilt = 0.28 * gap * sin(2.1 * n + 1.3 * layer);
        row.push([x + jitter(), y + 0.4 * jitter(), clamp(z + tilt + 0.6 * jitter(), over.first, over.last), radius]);
      };
      if (far - near < 1.3 * radius) {
        if (far > near - 0.7 * radius) put((near + far) / 2);
      } else if (n % 2 === 0) {
        put(near);
        put(far);
      } else {
        put(far);
        put(near);
      }
    }
    points.push(...(forward ? row : row.reverse()));
    forward = !forward;
  }
  return { kind: 'tube', points };
}

function widest(corners: Float64Array): number {
  let wide = 0;
  for (let c = 0; c < corners.length; c += 2) wide = Math.max(wide, corners[c]!);
  return wide;
}

/** Front and back of the half polygon (mirrored) at x. */
function depthAt(corners: Float64Array, x: number): readonly [number, number] {
  const at = Math.min(Math.abs(x), 0.999 * widest(corners));
  let [front, back] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let c = 0; c + 3 < corners.length; c += 2) {
    const [x0, y0, x1, y1] = [corners[c]!, corners[c + 1]!, corners[c + 2]!, corners[c + 3]!];
    if (x0 > at === x1 > at || x0 === x1) continue;
    const y = y0 + ((at - x0) * (y1 - y0)) / (x1 - x0);
    front = Math.min(front, y);
    back = Math.max(back, y);
  }
  return [front, back];
}

const clamp = (v: number, low: number, high: number): number => Math.min(Math.max(v, low), high);
