import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { note } from '../messages/note.ts';
import type { LabelRow } from '../voxel/model.ts';
import { dilate, erode, largestPiece, type Mask, maskOf, sliceHoles, unite } from './morphology.ts';
import { padOn } from './pads.ts';
import type { ScanField } from './resample.ts';
import { NOT_TRUNK } from './totalsegmentator.data.ts';

/**
 * The body is denser than this. Half-way between air (-1000 HU) and skin (about 0) lies -500; the stricter level leaves out
 * blankets, clothes and foam and costs a fifth of a voxel of skin.
 */
const BODY_HU = -300;

/** Twice this, mm, is the thickest sheet (table shell, sheet, tube) that counts as not body. */
const SHEET = 4;
/** Twice this, mm, is the widest gap in the wall around gas that is bridged while enclosed air is looked for. */
const GAP = 7.5;
/** Thinnest layer, mm, that lies under another: where a pad touched, its blend with the skin stays and has an edge too. */
const UNDER = 15;
/** Most layers that are taken off: a pad on a mattress on a table. */
const PADS = 3;
/** Twice this, mm, is the widest contact through which an arm or a solid table is still cut off from the trunk. */
const NECK = 25;

/**
 * The trunk within a CT: what is denser than air, without table, clothes and arms, with the gas in bowel and lungs.
 * A region that the scan cuts off counts as going on beyond the cut.
 * @param notes takes what is to be told of what was left out
 */
export function bodyFromCt(field: ScanField, rows: readonly LabelRow[], notes: Note[] = []): Mask {
  const size = field.grid.size;
  const cells = (mm: number): number => mm / field.grid.spacing;
  const arm = rows.map((row) => NOT_TRUNK.includes(row.structure));
  const hu = field.hounsfield!;
  const labels = field.labels;
  // cells that the scan does not cover are unknown, not air: they must not eat into a body that the scan cuts off
  const dense = maskOf(hu.length, (c) => {
    const row = labels?.[c] ?? 0;
    return hu[c]! > BODY_HU || (row !== 0 && !arm[row]) || field.seen[c] === 0;
  });
  const thickPiece = (): Mask => {
    const opened = dilate(erode(dense, size, cells(SHEET)), size, cells(SHEET));
    return largestPiece(
      maskOf(hu.length, (c) => opened[c] === 1 && dense[c] === 1 && field.seen[c] === 1),
      size,
    );
  };
  let thick = thickPiece();
  for (let n = 0; n < PADS; n++) {
    const pad = padOn(thick, field, n === 0 ? undefined : UNDER);
    if (pad === undefined) break;
    const isBody = (c: number): boolean => (labels?.[c] ?? 0) !== 0 && !arm[labels![c]!];
    for (let c = 0; c < dense.length; c++) if (pad.cells[c] === 1 && field.seen[c] === 1 && !isBody(c)) dense[c] = 0;
    thick = thickPiece();
    notes.push(note('note.scan.pad', { where: pad.where, mm: Math.round(pad.thickness) }));
  }
  const piece = keepThinWalls(thick, dense, field, cells);
  const filled = fillGas(piece, size, cells(GAP));
  const trunk = trunkOf(filled, field, cells(NECK));
  return unite(trunk, sliceHoles(trunk, size));
}

/** Twice this, mm, is the widest sliver of air within the outline that is a fold of skin, not gas. */
const SLIVER = 5;
/** Thickest wall before gas that the opening may have taken away, with room, mm. */
const THIN_WALL = 12;

/**
 * Gives back thin walls in front of gas: a lean belly over a gas-filled bowel is as thin as a table's shell. Air counts as gas if
 * something thin encloses it in its axial slice within the convex outline of the rest of the body (what cloth and table enclose
 * lies outside that outline).
 */
function keepThinWalls(piece: Mask, dense: Mask, field: ScanField, cells: (mm: number) => number): Mask {
  const size = field.grid.size;
  const seen = maskOf(dense.length, (c) => dense[c] === 1 && field.seen[c] === 1);
  const enclosed = sliceHoles(seen, size);
  const outline = sliceHulls(piece, size);
  const air = maskOf(dense.length, (c) => enclosed[c] === 1 && outline[c] === 1);
  const gas = dilate(erode(air, size, cells(SLIVER)), size, cells(SLIVER));
  const near = dilate(gas, size, cells(THIN_WALL));
  return maskOf(dense.length, (c) => piece[c] === 1 || gas[c] === 1 || (near[c] === 1 && seen[c] === 1));
}

/** Adds the air inside the body, even where the opening has worn a gap into a thin wall in front of it. */
function fillGas(piece: Mask, size: Vec3, gap: number): Mask {
  const grown = dilate(piece, size, gap);
  const holes = sliceHoles(grown, size);
  const closed = erode(unite(grown, holes), size, gap);
  const near = dilate(holes, size, gap + 1);
  const filled = maskOf(piece.length, (c) => piece[c] === 1 || (closed[c] === 1 && near[c] === 1));
  return unite(filled, sliceHoles(filled, size));
}

/** The part of a filled mask around its largest thick core: arms and tables that touch it have cores of their own, or none. */
function trunkOf(filled: Mask, field: ScanField, neck: number): Mask {
  const size = field.grid.size;
  const beyond = maskOf(filled.length, (c) => filled[c] === 1 || field.seen[c] === 0);
  const core = erode(beyond, size, neck);
  for (let c = 0; c < core.length; c++) core[c] = core[c]! & filled[c]!;
  const trunk = dilate(largestPiece(core, size), size, neck + 1);
  let before = 0;
  let after = 0;
  for (let c = 0; c < filled.length; c++) {
    before += filled[c]!;
    after += trunk[c] = trunk[c]! & filled[c]!;
  }
  // a body too small to have such a core is kept whole
  return after > 0.3 * before ? trunk : filled;
}

/** How far outside the labelled organs, muscles and bones the skin is put where no CT shows it, mm: wall and fat of a lean adult. */
export const LABEL_MARGIN = 20;
/** Labels less than twice this apart along the body, mm, are bridged. */
const BRIDGE = 15;

/**
 * The trunk around labels alone: the convex outline of the labels in each axial slice, bridged along the body and widened by
 * LABEL_MARGIN. An estimate: labels show neither skin nor fat.
 */
export function bodyFromLabels(field: ScanField, rows: readonly LabelRow[]): Mask {
  const size = field.grid.size;
  const cells = (mm: number): number => mm / field.grid.spacing;
  const counts = rows.map((row, r) => r !== 0 && !NOT_TRUNK.includes(row.structure));
  const labels = field.labels!;
  const hull = sliceHulls(
    maskOf(labels.length, (c) => counts[labels[c]!]!),
    size,
  );
  const bridged = erode(dilate(hull, size, cells(BRIDGE)), size, cells(BRIDGE));
  const inside = unite(hull, bridged);
  const body = dilate(inside, size, cells(LABEL_MARGIN));
  // the margin belongs to the sides: beyond the first and the last labelled slice nothing is known
  const slice = size[0] * size[1];
  for (let k = 0; k < size[2]; k++) {
    const labelled = inside.subarray(k * slice, (k + 1) * slice).includes(1);
    for (let c = k * slice; c < (k + 1) * slice; c++) body[c] = labelled ? body[c]! & field.seen[c]! : 0;
  }
  return body;
}

/** The convex outline of a mask in each axial slice, filled. */
function sliceHulls(mask: Mask, [nx, ny, nz]: Vec3): Mask {
  const hulls = new Uint8Array(mask.length);
  for (let k = 0; k < nz; k++) {
    const points: [number, number][] = [];
    for (let j = 0; j < ny; j++) {
      const row = mask.subarray(nx * (j + ny * k), nx * (j + ny * k + 1));
      const first = row.indexOf(1);
      if (first >= 0) points.push([first, j], [row.lastIndexOf(1), j]);
    }
    fillConvex(hulls, k * nx * ny, nx, convexHull(points));
  }
  return hulls;
}

/** Convex hull of points sorted by their second coordinate (Andrew's monotone chain). */
function convexHull(points: readonly [number, number][]): [number, number][] {
  const half = (list: readonly [number, number][]): [number, number][] => {
    const hull: [number, number][] = [];
    for (const p of list) {
      while (hull.length >= 2) {
        const [a, b] = [hull[hull.length - 2]!, hull[hull.length - 1]!];
        if ((b[1] - a[1]) * (p[0] - a[0]) - (b[0] - a[0]) * (p[1] - a[1]) > 0) break;
        hull.pop();
      }
      hull.push(p);
    }
    return hull;
  };
  const sorted = [...points].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return sorted.length < 3 ? sorted : [...half(sorted).slice(0, -1), ...half(sorted.reverse()).slice(0, -1)];
}

/** Fills a convex polygon of cell indices in one slice. */
function fillConvex(mask: Mask, base: number, nx: number, hull: readonly [number, number][]): void {
  const spans = new Map<number, [number, number]>();
  hull.forEach((a, n) => {
    const b = hull[(n + 1) % hull.length]!;
    const steps = Math.max(1, Math.abs(b[1] - a[1]));
    for (let s = 0; s <= steps; s++) {
      const j = Math.round(a[1] + ((b[1] - a[1]) * s) / steps);
      const i = Math.round(a[0] + ((b[0] - a[0]) * s) / steps);
      const span = spans.get(j) ?? [i, i];
      spans.set(j, [Math.min(span[0], i), Math.max(span[1], i)]);
    }
  });
  for (const [j, [from, to]] of spans) mask.fill(1, base + j * nx + from, base + j * nx + to + 1);
}
