import { cos, sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Side } from './tissue.ts';

/**
 * The kinds of solid that the reference adults are made of. All lengths in mm, body frame (LPS, origin between the two ASIS),
 * angles in degrees. Stations are rows in ascending z and are joined by shape-preserving cubics (PCHIP).
 */
export type Shape = ShapeKind & {
  /** Cut to the inside of a contour, this many mm within it. */
  readonly clip?: { readonly contour: ContourName; readonly inset: number };
};

type ShapeKind =
  | ContourFill
  | ContourStrip
  | Tube
  | SweptEllipse
  | PolygonLoft
  | NetSheet
  | Ellipsoid
  | EllipticCylinder
  | SphereShell;

export type ContourName = 'skin' | 'fascia' | 'cavity';

/** A numeric row whose layout the field's comment gives. */
export type Row = readonly number[];

/**
 * A closed outline per height, the same left and right: radii about the vertical axis x = 0, y = centreY, at 0°, 15° … 180° from
 * the front. Periodic cubic in the angle, PCHIP in z.
 */
export interface ContourStations {
  readonly centreY: number;
  /** [z, r at 0°, r at 15°, … r at 180°] */
  readonly stations: readonly Row[];
}

/** Everything inside a contour. */
export interface ContourFill {
  readonly kind: 'contour-fill';
  readonly contour: ContourName;
}

/** A layer between two depths under a contour, measured along its normal within the slice. */
export interface ContourStrip {
  readonly kind: 'contour-strip';
  readonly contour: ContourName;
  /** One side only; both when left out. */
  readonly side?: 'left' | 'right';
  /** [z, from angle, to angle, from depth, to depth, from |x|, to |x|]; the last two may be left out. */
  readonly stations: readonly Row[];
}

/** A round tube along a natural cubic spline. */
export interface Tube {
  readonly kind: 'tube';
  /** [x, y, z, radius] */
  readonly points: readonly Row[];
  /** The section is thinner by `ratio` along `axis`. */
  readonly flatten?: { readonly axis: Vec3; readonly ratio: number };
}

/** Horizontal ellipses or, with an exponent other than 2, superellipses. */
export interface SweptEllipse {
  readonly kind: 'swept-ellipse';
  readonly exponent?: number;
  /** [z, centre x, centre y, half axis a, half axis b, turn of the axes from x towards y] */
  readonly stations: readonly Row[];
}

/** Closed horizontal polygons with equal numbers of corners; only the left half is given, the right half mirrors it. */
export interface PolygonLoft {
  readonly kind: 'polygon-loft';
  readonly mirrorHalf: true;
  /** [z, x, y, x, y, …] */
  readonly stations: readonly Row[];
}

/** A smooth sheet of varying thickness through a net of points: the union of balls on it. */
export interface NetSheet {
  readonly kind: 'net-sheet';
  /** Rows of [x, y, z, thickness]. */
  readonly net: readonly (readonly Row[])[];
}

export interface Ellipsoid {
  readonly kind: 'ellipsoid';
  readonly centre: Vec3;
  readonly halfAxes: Vec3;
  /** Turns about x, then y, then z. */
  readonly rotation?: Vec3;
}

/** A vertebral body or a disc. */
export interface EllipticCylinder {
  readonly kind: 'elliptic-cylinder';
  readonly centre: Vec3;
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly halfHeight: number;
  /** Slope of the endplates in the sagittal plane; positive: the front edge is lower. */
  readonly tilt: number;
  /** Relative narrowing at mid height. */
  readonly waist: number;
  readonly exponent: number;
  /** Part of halfDepth that is kept behind the centre. */
  readonly flatBack: number;
}

/** The part of a spherical shell outside a cone: the socket of the hip. */
export interface SphereShell {
  readonly kind: 'sphere-shell';
  readonly centre: Vec3;
  readonly inner: number;
  readonly outer: number;
  /** Axis of the cone, any length. */
  readonly openTo: Vec3;
  readonly openHalfAngle: number;
}

/** One structure of a reference adult, in painting order. */
export interface ShapedStructure {
  readonly structure: string;
  readonly side: Side;
  /** The body's outline: painted on air; every other structure is painted on the body only. */
  readonly outline?: true;
  /** The same shapes with x negated are its twin on the other side. */
  readonly mirrored?: true;
  /** Painted only over these structures. */
  readonly onlyIn?: readonly string[];
  readonly shapes: readonly Shape[];
}

/** The course of a nerve or ureter, too thin to paint. */
export interface Course {
  readonly structure: string;
  readonly side: Side;
  readonly mirrored?: true;
  /** [x, y, z] */
  readonly points: readonly Row[];
}

/** One reference adult. */
export interface ReferenceSubject {
  readonly contours: Readonly<Record<ContourName, ContourStations>>;
  readonly landmarks: Readonly<Record<string, Vec3>>;
  /** Height of the middle of vertebral bodies and of other levels. */
  readonly levels: Readonly<Record<string, number>>;
  readonly structures: readonly ShapedStructure[];
  readonly courses: readonly Course[];
}

/** The same solid with x negated. */
export function mirrorShape(shape: Shape): Shape {
  switch (shape.kind) {
    case 'tube': {
      const points = shape.points.map(flipFirst);
      return shape.flatten
        ? { ...shape, points, flatten: { ...shape.flatten, axis: flip(shape.flatten.axis) } }
        : { ...shape, points };
    }
    case 'swept-ellipse':
      return { ...shape, stations: shape.stations.map(([z, cx, cy, a, b, turn]) => [z!, -cx!, cy!, a!, b!, -turn!]) };
    case 'net-sheet':
      return { ...shape, net: shape.net.map((row) => row.map(flipFirst)) };
    case 'ellipsoid': {
      const centre = flip(shape.centre);
      const [rx, ry, rz] = shape.rotation ?? [0, 0, 0];
      return { ...shape, centre, rotation: [rx, -ry, -rz] };
    }
    case 'elliptic-cylinder':
      return { ...shape, centre: flip(shape.centre) };
    case 'sphere-shell':
      return { ...shape, centre: flip(shape.centre), openTo: flip(shape.openTo) };
    case 'contour-strip':
      return shape.side ? { ...shape, side: shape.side === 'left' ? 'right' : 'left' } : shape;
    case 'contour-fill':
    case 'polygon-loft':
      return shape;
  }
}

const flip = (v: Vec3): Vec3 => [-v[0], v[1], v[2]];
const flipFirst = (row: Row): Row => [-row[0]!, ...row.slice(1)];

/** Directions of an ellipsoid's half axes: the columns of Rz·Ry·Rx. */
export function ellipsoidAxes(rotation: Vec3 = [0, 0, 0]): readonly [Vec3, Vec3, Vec3] {
  const [ca, cb, cc] = rotation.map((d) => cos((d * Math.PI) / 180)) as [number, number, number];
  const [sa, sb, sc] = rotation.map((d) => sin((d * Math.PI) / 180)) as [number, number, number];
  return [
    [cb * cc, cb * sc, -sb],
    [cc * sb * sa - sc * ca, sc * sb * sa + cc * ca, cb * sa],
    [cc * sb * ca + sc * sa, sc * sb * ca - cc * sa, cb * ca],
  ];
}
