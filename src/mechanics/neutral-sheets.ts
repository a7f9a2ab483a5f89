import { cos, sin } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Grid, Vec3 } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import { MECHANICS_ERRORS } from '../messages/errors/mechanics.data.ts';
import {
  bodyOf,
  holds,
  type NeutralProblem,
  type NeutralSetup,
  type NeutralShape,
  type NeutralSheet,
} from './neutral.ts';
import type { Fibres } from './problem.ts';
import { SheetPoints } from './sheet-points.ts';

/**
 * Sheets of fibres of a neutral problem: of a box the middle layer, of a cylinder or ball the outer one, as thick as the sheet. They are laid by the shapes
 * themselves, not by their cells. What docs/mechanics.md says of them is what a reader computes a closed form from.
 */

/** Adds fibres at a place, by mm and mm³. */
type Lay = (at: Vec3, volume: number, along: Vec3) => void;

/** The fibres of all regions; nothing where no material has any. @throws InputError where a sheet does not fit into its region */
export function layFibres(
  file: NeutralProblem,
  grid: Grid,
  { grid: stacked, blocks, problem }: Pick<NeutralSetup, 'grid' | 'blocks'> & { problem: { fill: ArrayLike<number> } },
): Fibres | undefined {
  let body = 0;
  const points = new SheetPoints(stacked, (c) => {
    const k = Math.floor(c / (stacked.size[0] * stacked.size[1]));
    const [low, high] = blocks[body]!.layers;
    return k >= low && k < high && problem.fill[c]! > 0;
  });
  let any = false;
  file.regions.forEach((region, r) => {
    const m = file.materials[region.material]!;
    if ('rigid_clamped' in m) return;
    const later = file.regions.slice(r + 1);
    body = bodyOf(file, r);
    const { shift } = blocks[body]!;
    for (const sheet of m.sheets) {
      any = true;
      const { k1, k2, thickness_mm: t, tension_N_per_mm: tension } = sheet;
      points.begin({ k1, k2, tension: (1e3 * tension) / t });
      let laid = false;
      const lay: Lay = (at, volume, along) => {
        if (at.some((x, d) => x < grid.origin[d]! || x > grid.origin[d]! + grid.spacing * grid.size[d]!)) return;
        if (later.some(({ shape }) => holds(shape, at))) return;
        const inGrid = [at[0] + shift[0], at[1] + shift[1], at[2] + shift[2]] as const;
        if (points.add(inGrid, volume, along)) laid = true;
      };
      const { name } = region;
      layInShape(region.shape, sheet, grid, later.length > 0, lay, (what) => {
        throw what === 'thick'
          ? new InputError(tell(MECHANICS_ERRORS, 'error.problem.sheet-thick', { region: name, thickness: t }))
          : new InputError(tell(MECHANICS_ERRORS, 'error.problem.sheet-wide', { region: name, cell: grid.spacing }));
      });
      if (!laid) throw new InputError(tell(MECHANICS_ERRORS, 'error.problem.sheet-nowhere', { region: name }));
    }
  });
  return any ? points.fibres() : undefined;
}

/** Places in each direction of a cell (or of the part of one) at which a sheet is looked at: where shapes are cut or curved. */
const SAMPLES = 4;

/** Places of a cylinder's or ball's sheet beyond which looking at them all would take minutes: they are laid around all of it, wherever the domain ends. */
const MOST_PLACES = 5e7;

type Refuse = (what: 'thick' | 'wide') => never;

function layInShape(
  shape: NeutralShape,
  sheet: NeutralSheet,
  grid: Grid,
  isCut: boolean,
  lay: Lay,
  refuse: Refuse,
): void {
  // the largest part is made 1 first: squares of what a file may write need not be numbers any more
  const most = Math.max(...sheet.direction.map(Math.abs));
  const parts = sheet.direction.map((a) => a / most);
  const length = Math.sqrt(parts.reduce((sum, a) => sum + a * a, 0));
  const along = parts.map((a) => a / length) as [number, number, number];
  const { thickness_mm: t } = sheet;
  switch (shape.type) {
    case 'all':
    case 'box': {
      const end = grid.origin.map((o, d) => o + grid.spacing * grid.size[d]!) as [number, number, number];
      const [min, max] = shape.type === 'box' ? [shape.min, shape.max] : [grid.origin, end];
      layInBox(min, max, along, t, grid, isCut, lay, refuse);
      break;
    }
    case 'sphere':
      if (t > shape.radius) refuse('thick');
      layInBall(shape.centre, shape.radius, t, along, grid.spacing, lay, refuse);
      break;
    case 'cells':
      throw new InputError(tell(MECHANICS_ERRORS, 'error.problem.sheet-cells'));
    default: {
      if (t > shape.radius) refuse('thick');
      const axis = ({ cylinder_x: 0, cylinder_y: 1, cylinder_z: 2 } as const)[shape.type];
      const centre =
        shape.type === 'cylinder_x' ? shape.axis_yz : shape.type === 'cylinder_y' ? shape.axis_xz : shape.axis_xy;
      layInCylinder(axis, centre, shape.radius, t, along, grid, lay, refuse);
    }
  }
}

/** The middle layer of a box, across the shortest of its edges that the fibres are square to (of all where they are square to none); of equal ones across z before y before x. */
function layInBox(
  min: Vec3,
  max: Vec3,
  along: Vec3,
  t: number,
  { origin, spacing: h, size }: Grid,
  isCut: boolean,
  lay: Lay,
  refuse: Refuse,
): void {
  const edge = (d: number): number => max[d]! - min[d]!;
  const square = [2, 1, 0].filter((d) => Math.abs(along[d]!) < 1e-6);
  const across = (square.length > 0 ? square : [2, 1, 0]).reduce((best, d) => (edge(d) < edge(best) - 1e-9 ? d : best));
  if (t > edge(across) + 1e-9) refuse('thick');
  const middle = (min[across]! + max[across]!) / 2;
  const low = min.map((x, d) => (d === across ? middle - t / 2 : x));
  const high = max.map((x, d) => (d === across ? middle + t / 2 : x));
  const first = low.map((x, d) => Math.max(0, Math.floor((x - origin[d]!) / h)));
  const last = high.map((x, d) => Math.min(size[d]! - 1, Math.ceil((x - origin[d]!) / h) - 1));
  // a cell's part of a layer is a box: its middle stands for all of it where nothing is cut from it
  const n = isCut ? SAMPLES : 1;
  for (let k = first[2]!; k <= last[2]!; k++)
    for (let j = first[1]!; j <= last[1]!; j++)
      for (let i = first[0]!; i <= last[0]!; i++) {
        const cell = [i, j, k];
        const from = cell.map((c, d) => Math.max(low[d]!, origin[d]! + h * c));
        const part = cell.map((c, d) => Math.min(high[d]!, origin[d]! + h * (c + 1)) - from[d]!);
        const volume = (part[0]! * part[1]! * part[2]!) / (n * n * n);
        if (!(Math.min(...part) > 1e-9 * h)) continue;
        for (let s = 0; s < n * n * n; s++) {
          const at = from.map((x, d) => x + (part[d]! * ((Math.floor(s / [1, n, n * n][d]!) % n) + 0.5)) / n);
          lay(at as [number, number, number], volume, along);
        }
      }
}

/** The part of a direction along a surface with unit normal n, of length 1; nothing where it has none. */
function inSurface(a: Vec3, n: Vec3): Vec3 | undefined {
  const across = a[0] * n[0] + a[1] * n[1] + a[2] * n[2];
  const b = [a[0] - across * n[0], a[1] - across * n[1], a[2] - across * n[2]] as const;
  const length = Math.sqrt(b[0] * b[0] + b[1] * b[1] + b[2] * b[2]);
  return length < 1e-6 ? undefined : [b[0] / length, b[1] / length, b[2] / length];
}

const TURN = 2 * Math.PI;

/** The outermost layer of a cylinder, in the domain. */
function layInCylinder(
  axis: 0 | 1 | 2,
  centre: readonly [number, number],
  radius: number,
  t: number,
  along: Vec3,
  { origin, spacing: h, size }: Grid,
  lay: Lay,
  refuse: Refuse,
): void {
  const [p, q] = axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1];
  const step = h / SAMPLES;
  const turns = 8 * Math.ceil((TURN * radius) / (8 * step));
  const layers = Math.ceil(t / step);
  if (!(turns * layers * SAMPLES * size[axis]! <= MOST_PLACES)) refuse('wide');
  const at: [number, number, number] = [0, 0, 0];
  const n: [number, number, number] = [0, 0, 0];
  for (let m = 0; m < turns; m++) {
    const angle = (TURN * (m + 0.5)) / turns;
    n[p] = cos(angle);
    n[q] = sin(angle);
    const a = inSurface(along, n);
    if (a === undefined) continue;
    for (let l = 0; l < layers; l++) {
      const r = radius - (t * (l + 0.5)) / layers;
      at[p] = centre[0] + r * n[p]!;
      at[q] = centre[1] + r * n[q]!;
      const volume = ((TURN * r) / turns) * (t / layers) * step;
      for (let i = 0; i < SAMPLES * size[axis]!; i++) {
        at[axis] = origin[axis]! + (i + 0.5) * step;
        lay([...at], volume, a);
      }
    }
  }
}

/** The outermost layer of a ball: rings around z, of equal height and so of equal area. */
function layInBall(centre: Vec3, radius: number, t: number, along: Vec3, h: number, lay: Lay, refuse: Refuse): void {
  const step = h / SAMPLES;
  const layers = Math.ceil(t / step);
  const rings = 2 * Math.ceil(radius / step);
  const turns = 8 * Math.ceil((TURN * radius) / (8 * step));
  if (!(layers * rings * turns <= MOST_PLACES)) refuse('wide');
  for (let l = 0; l < layers; l++) {
    const r = radius - (t * (l + 0.5)) / layers;
    const volume = ((2 * TURN * r * r) / (rings * turns)) * (t / layers);
    for (let k = 0; k < rings; k++) {
      const z = (2 * (k + 0.5)) / rings - 1;
      const around = Math.sqrt(1 - z * z);
      for (let m = 0; m < turns; m++) {
        const angle = (TURN * (m + 0.5)) / turns;
        const n = [around * cos(angle), around * sin(angle), z] as const;
        const a = inSurface(along, n);
        if (a !== undefined) lay([centre[0] + r * n[0], centre[1] + r * n[1], centre[2] + r * n[2]], volume, a);
      }
    }
  }
}
