import type { Vec3 } from '../base/grid.ts';
import type { ScanField } from './resample.ts';

/** The two anterior superior iliac spines, mm, LPS. */
export interface Asis {
  readonly left: Vec3;
  readonly right: Vec3;
  /** Half-way between them. */
  readonly middle: Vec3;
}

const pair = (left: Vec3, right: Vec3): Asis => ({
  left,
  right,
  middle: [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2, (left[2] + right[2]) / 2],
});

/**
 * How far below the iliac crest the spine is looked for, mm: it lies some 70 mm below the crest's top (68–76 in men and women),
 * the pubis, which reaches as far forward, some 150 mm.
 */
const BELOW_CREST = 110;
/** Less of a hip bone than this, mm, does not show which part of it is in the scan. */
const HIP_HEIGHT_MIN = 60;
/** A point nearer than this to the scan's cut, mm, may only be the foremost of what is left of the bone. */
const CUT = 6;

/** Finds both spines as the foremost points of the upper part of each hip bone. left and right tell a hip bone's cells. */
export function asisFromHipBones(
  field: ScanField,
  isLeft: (cell: number) => boolean,
  isRight: (cell: number) => boolean,
): Asis | undefined {
  const left = spineOf(field, isLeft);
  const right = spineOf(field, isRight);
  return left && right && agree(left, right) ? pair(left, right) : undefined;
}

function spineOf(field: ScanField, inBone: (cell: number) => boolean): Vec3 | undefined {
  const [nx, ny, nz] = field.grid.size;
  const slice = nx * ny;
  let low = nz;
  let high = -1;
  for (let c = 0; c < slice * nz; c++) {
    if (!inBone(c)) continue;
    const k = Math.floor(c / slice);
    if (k < low) low = k;
    high = k;
  }
  const h = field.grid.spacing;
  if ((high - low + 1) * h < HIP_HEIGHT_MIN) return undefined;
  // a bone whose crest is not in the scan shows a spine only if the rest of it is: then its upper half holds it
  const cutAbove = (nz - 1 - high) * h <= CUT;
  if (cutAbove && low * h <= CUT) return undefined;
  const from = cutAbove ? Math.round((low + high) / 2) : Math.max(low, high - Math.round(BELOW_CREST / h));
  const point = foremost(field, inBone, [0, nx], [from, high + 1]);
  if (point === undefined) return undefined;
  const z = point[2] - field.grid.origin[2];
  return z < CUT || z > nz * h - CUT ? undefined : point;
}

/** Mean of the foremost cells (within one cell of the foremost) in a box of columns and slices. */
function foremost(
  field: ScanField,
  inBone: (cell: number) => boolean,
  [i0, i1]: readonly [number, number],
  [k0, k1]: readonly [number, number],
): Vec3 | undefined {
  const [nx, ny] = field.grid.size;
  for (let j = 0; j < ny; j++) {
    let n = 0;
    let [si, sj, sk] = [0, 0, 0];
    for (let k = k0; k < k1; k++) {
      for (let i = i0; i < i1; i++) {
        for (const deeper of [j, Math.min(j + 1, ny - 1)]) {
          if (!inBone(i + nx * (deeper + ny * k))) continue;
          n++;
          si += i;
          sj += deeper;
          sk += k;
        }
      }
    }
    if (n >= 2) {
      const { origin, spacing } = field.grid;
      return [
        origin[0] + (si / n + 0.5) * spacing,
        origin[1] + (sj / n + 0.5) * spacing,
        origin[2] + (sk / n + 0.5) * spacing,
      ];
    }
  }
  return undefined;
}

/** Both spines of a person who lies straight are about as high and as far forward; 25 mm allows for a tilted pelvis. */
const agree = (a: Vec3, b: Vec3): boolean => Math.abs(a[1] - b[1]) <= 25 && Math.abs(a[2] - b[2]) <= 25;

/** Half the distance between the spines, mm: 227 ± 16 between them in adults (doi 10.1007/s00256-009-0791-x), here with five SD of room. */
const HALF_WIDTH = [75, 155] as const;

/**
 * Finds both spines on bone without labels: the iliac wings are the bone that lies farthest to the sides in front of the sacrum.
 * From the top down, each spine is the foremost bone between 75 and 155 mm from the midline within BELOW_CREST of the iliac crests.
 * Undefined unless both sides agree.
 */
export function asisFromBone(field: ScanField, isBone: (cell: number) => boolean, middle: number): Asis | undefined {
  const { grid } = field;
  const [nx, , nz] = grid.size;
  const h = grid.spacing;
  const column = (x: number): number => Math.max(0, Math.min(nx, Math.round((x - grid.origin[0]) / h)));
  const crest = crestSlice(field, isBone, middle);
  if (crest === undefined) return undefined;
  const k1 = crest + 1;
  const k0 = Math.max(0, crest - Math.round(BELOW_CREST / h));
  const left = foremost(field, isBone, [column(middle + HALF_WIDTH[0]), column(middle + HALF_WIDTH[1])], [k0, k1]);
  const right = foremost(field, isBone, [column(middle - HALF_WIDTH[1]), column(middle - HALF_WIDTH[0])], [k0, k1]);
  if (!left || !right || !agree(left, right)) return undefined;
  const low = Math.min(left[2], right[2]) - grid.origin[2];
  const high = Math.max(left[2], right[2]) - grid.origin[2];
  if (low < CUT || high > nz * h - CUT) return undefined;
  // evenly to both sides of the middle, or one of them is something else
  return Math.abs((left[0] + right[0]) / 2 - middle) <= 25 ? pair(left, right) : undefined;
}

/**
 * The highest slice of the iliac wings: going up from the slice with most bone at their distance from the midline, the last one
 * before a gap of at least 10 mm (the ribs follow farther up).
 */
function crestSlice(field: ScanField, isBone: (cell: number) => boolean, middle: number): number | undefined {
  const { grid } = field;
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const area = (k: number): number => {
    const sides = [0, 0];
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const x = grid.origin[0] + (i + 0.5) * h - middle;
        if (Math.abs(x) < 60 || Math.abs(x) > HALF_WIDTH[1]) continue;
        if (isBone(i + nx * (j + ny * k))) sides[x > 0 ? 1 : 0]!++;
      }
    }
    return Math.min(...sides) * h * h;
  };
  const areas = Array.from({ length: nz }, (_, k) => area(k));
  // an iliac wing's section is some 40 × 10 mm at the least below its crest, a rib's at most about 100 mm²; wings run on over 60 mm
  const WING = 250;
  let run = 0;
  let crest: number | undefined;
  for (let k = 0; k < nz; k++) {
    run = areas[k]! >= WING ? run + 1 : 0;
    if (run * h >= 50) crest = k;
    else if (crest !== undefined) break;
  }
  return crest;
}
