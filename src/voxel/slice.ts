import { CONTOUR_DEGREES, type Contour, contourThrough } from '../anatomy/contour.ts';
import type { ContourName, ContourStations } from '../anatomy/shape.ts';
import { atan2, hypot } from '../base/elementary.ts';

const NAMES: readonly ContourName[] = ['skin', 'fascia', 'cavity'];

/**
 * One horizontal slice of the painter's grid, in mm: sample points, the mask that a shape is drawn in, and
 * how deep each sample lies under each contour. All arrays are allocated once and used again for every slice.
 */
export class Slice {
  /** Sample positions along x and y, mm. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Distance between samples along x, y, z, mm. */
  readonly steps: readonly [number, number, number];
  /** Height of this slice, mm, and its number. */
  z = 0;
  k = 0;
  /** 1 where the shape being drawn is (x fastest); only the touched box may be set. */
  readonly mask: Uint8Array;
  /** The box that was drawn in: i0 ≤ i < i1, j0 ≤ j < j1. */
  i0 = 0;
  i1 = 0;
  j0 = 0;
  j1 = 0;
  /** Degrees from the front, 0…180, of each sample about the contours' axis. */
  readonly angle: Float32Array;
  /** Column parity for dithering, counted from both edges so that it is the same left and right. */
  readonly parity: Uint8Array;
  private readonly radius: Float32Array;
  private readonly fields: Readonly<Record<ContourName, { contour: Contour; depth: Float32Array; slice: number }>>;
  private readonly radii = new Float64Array(CONTOUR_DEGREES);
  private readonly narrowing = new Float64Array(CONTOUR_DEGREES);

  constructor(
    x: Float64Array,
    y: Float64Array,
    steps: readonly [number, number, number],
    contours: Readonly<Record<ContourName, ContourStations>>,
  ) {
    this.x = x;
    this.y = y;
    this.steps = steps;
    const count = x.length * y.length;
    this.mask = new Uint8Array(count);
    this.angle = new Float32Array(count);
    this.radius = new Float32Array(count);
    this.parity = Uint8Array.from(x, (_, i) => Math.min(i, x.length - 1 - i) & 1);

    // one axis serves all contours: the reference adults share it
    const { centreY } = contours.skin;
    for (let j = 0, n = 0; j < y.length; j++) {
      for (let i = 0; i < x.length; i++, n++) {
        const front = centreY - y[j]!;
        this.angle[n] = (atan2(Math.abs(x[i]!), front) * 180) / Math.PI;
        this.radius[n] = hypot(x[i]!, front);
      }
    }
    this.fields = Object.fromEntries(
      NAMES.map((name) => [
        name,
        { contour: contourThrough(contours[name]), depth: new Float32Array(count), slice: -1 },
      ]),
    ) as typeof this.fields;
    if (NAMES.some((name) => contours[name].centreY !== centreY)) throw new Error('contours must share one axis');
  }

  /** Goes to another height. */
  moveTo(k: number, z: number): void {
    this.k = k;
    this.z = z;
  }

  /** Marks a box as drawn in. */
  touch(i0: number, i1: number, j0: number, j1: number): void {
    if (i1 <= i0 || j1 <= j0) return;
    if (this.i1 <= this.i0) {
      this.i0 = i0;
      this.i1 = i1;
      this.j0 = j0;
      this.j1 = j1;
      return;
    }
    this.i0 = Math.min(this.i0, i0);
    this.i1 = Math.max(this.i1, i1);
    this.j0 = Math.min(this.j0, j0);
    this.j1 = Math.max(this.j1, j1);
  }

  /** Clears the touched box. */
  clear(): void {
    for (let j = this.j0; j < this.j1; j++) this.mask.fill(0, j * this.x.length + this.i0, j * this.x.length + this.i1);
    this.i0 = this.i1 = this.j0 = this.j1 = 0;
  }

  /**
   * Depth of each sample under a contour, mm, negative outside: the radial distance, made perpendicular with the contour's slope
   * within the slice. Minus infinity above and below the contour. Computed on first use in a slice.
   */
  depthUnder(name: ContourName): Float32Array {
    const field = this.fields[name];
    const { depth } = field;
    if (field.slice === this.k) return depth;
    field.slice = this.k;
    const { radii, narrowing, angle, radius } = this;
    if (!field.contour.radii(this.z, radii)) return depth.fill(Number.NEGATIVE_INFINITY);
    const last = CONTOUR_DEGREES - 1;
    for (let d = 0; d <= last; d++) {
      // symmetric continuation: no slope on the midline
      const slope = d === 0 || d === last ? 0 : (radii[d + 1]! - radii[d - 1]!) * (90 / Math.PI);
      narrowing[d] = 1 / Math.sqrt(1 + (slope / radii[d]!) ** 2);
    }
    for (let n = 0; n < depth.length; n++) {
      const a = angle[n]!;
      const d = a >= last ? last - 1 : Math.floor(a);
      const s = a - d;
      const r = radii[d]! * (1 - s) + radii[d + 1]! * s;
      depth[n] = (r - radius[n]!) * (narrowing[d]! * (1 - s) + narrowing[d + 1]! * s);
    }
    return depth;
  }
}

/** First and one-past-last sample within [low, high] along an axis of evenly spaced samples, kept on the grid. */
export function firstSample(at: Float64Array, step: number, low: number): number {
  return Math.max(0, Math.ceil((low - at[0]!) / step - 1e-9));
}
export function endSample(at: Float64Array, step: number, high: number): number {
  return Math.min(at.length, Math.floor((high - at[0]!) / step + 1e-9) + 1);
}
