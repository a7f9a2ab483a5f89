import { cbrt, cos, hypot, sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Row, Shape } from './shape.ts';

/** How one structure of the reference adult becomes the person's. */
export interface Grow {
  /** Heights, widths and depths. */
  readonly tall: number;
  readonly wide: number;
  /** Where a point of the reference adult lies in the person, mm. */
  readonly point: (x: number, y: number, z: number) => Vec3;
  /** Factor on widths of sections (radii, half axes, thicknesses) beyond that of the bones. */
  readonly section: number;
  /** Factor on lengths of ellipsoids beyond that of the bones. */
  readonly length: number;
  /** Share of a section's growth that moves its centre to the side, away from the mid-plane, and to the back. */
  readonly aside: number;
  readonly backward: number;
}

/** The shape in the person's mm. Contours' own outlines are made elsewhere (fat.ts): fills need no change. */
export function growShape(shape: Shape, grow: Grow): Shape {
  const { tall, wide, section, point } = grow;
  const even = cbrt(wide * wide * tall);
  const to = (p: Vec3): Vec3 => point(p[0], p[1], p[2]);
  const clip = shape.clip && { clip: { ...shape.clip, inset: shape.clip.inset * wide } };
  switch (shape.kind) {
    case 'contour-fill':
      return shape;
    case 'contour-strip':
      return { ...shape, ...clip, stations: shape.stations.map((row) => growStrip(row, grow)) };
    case 'tube':
      return {
        ...shape,
        ...clip,
        points: shape.points.map(([x, y, z, r]) => [...point(x!, y!, z!), r! * wide * section]),
      };
    case 'swept-ellipse':
      return {
        ...shape,
        ...clip,
        stations: shape.stations.map(([z, cx, cy, a, b, turn]) => {
          const [wa, wb] = [a! * wide, b! * wide];
          // below the brim the muscle is held in its place between bone and vessels
          const free = Math.min(Math.max((z! + 30) / 60, 0), 1);
          const aside = grow.aside * free * (section - 1) * wa * Math.sign(cx!);
          const back = grow.backward * (section - 1) * wb;
          return [z! * tall, cx! * wide + aside, cy! * wide + back, wa * section, wb * section, turn!];
        }),
      };
    case 'polygon-loft':
      return {
        ...shape,
        ...clip,
        stations: shape.stations.map((row) => {
          const z = row[0]!;
          const out = [z * tall];
          for (let c = 1; c < row.length; c += 2) {
            const [x, y] = point(row[c]!, row[c + 1]!, z);
            out.push(x, y);
          }
          return out;
        }),
      };
    case 'net-sheet':
      return {
        ...shape,
        ...clip,
        net: shape.net.map((row) => row.map(([x, y, z, t]) => [...point(x!, y!, z!), t! * wide * section])),
      };
    case 'ellipsoid': {
      const { length } = grow;
      const [a, b, c] = shape.halfAxes;
      return {
        ...shape,
        ...clip,
        centre: to(shape.centre),
        halfAxes: [a * even * section, b * even * section, c * even * length],
      };
    }
    case 'elliptic-cylinder': {
      const slope = (shape.tilt * Math.PI) / 180;
      const along = hypot(cos(slope) * tall, sin(slope) * wide);
      const across = hypot(cos(slope) * wide, sin(slope) * tall);
      return {
        ...shape,
        ...clip,
        centre: to(shape.centre),
        halfWidth: shape.halfWidth * wide,
        halfDepth: shape.halfDepth * across,
        halfHeight: shape.halfHeight * along,
      };
    }
    case 'sphere-shell':
      return { ...shape, ...clip, centre: to(shape.centre), inner: shape.inner * even, outer: shape.outer * even };
  }
}

/** Depths of a layer of the wall grow with its muscle, its width along x with the root of that. */
function growStrip(row: Row, { tall, wide, section }: Grow): Row {
  const [z, from, to, shallow, deep, near, far] = row;
  const depth = wide * section;
  const width = wide * Math.sqrt(section);
  const whole = [z! * tall, from!, to!, shallow! * depth, deep! * depth];
  return near === undefined ? whole : [...whole, near * width, far! * width];
}
