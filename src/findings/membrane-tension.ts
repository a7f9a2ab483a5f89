import { hypot, norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { cofactor, cross, dot, unit } from '../base/vec.ts';
import { deformationGradient } from '../press/deformation-gradient.ts';
import type { Press } from '../press/press.ts';
import { type CellSet, WINDOW_RADIUS } from './window-peak.ts';

/** Half-width of the strip around the aimed point in which the wall lies across the push, mm: beyond it the flanks turn away. */
const FACING = 80;

/** Pull in the plane of a sheet, N per mm of its width at rest; each where it is largest. */
export interface MembraneTension {
  /** Up and down the body. */
  readonly longitudinal: number;
  /** Across it. */
  readonly transverse: number;
}

/**
 * Force per width that the belly wall carries in its own plane, up and down and across, N/mm.
 *
 * Sheets tear by what pulls along them, whatever squeezes them from front to back: of the stress only what acts in the plane counts. For a
 * direction M in the plane at rest it is the first Piola–Kirchhoff stress P on a cut across M, along what M has become (F M), added up through
 * the thickness: force per width at rest, as strips are tested (H-60). The plane is fitted to the middle of the wall, column by column along
 * y, over discs of 12 mm radius; each value is the mean over such a disc. Only the part of the wall that faces the tool is read, since
 * elsewhere a column runs along it.
 *
 * @returns undefined when the model has no wall there
 */
export function membraneTension(press: Press, { cells, fraction }: CellSet): MembraneTension | undefined {
  const { grid } = press.model;
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const columns = new Map<number, Column>();
  for (let n = 0; n < cells.length; n++) {
    if (!(fraction[n]! > 0)) continue;
    const cell = cells[n]!;
    const at = (cell % nx) + nx * Math.floor(cell / (nx * ny));
    const column = columns.get(at) ?? { thick: 0, moment: 0, cells: [] };
    const thick = fraction[n]! * h;
    column.thick += thick;
    column.moment += thick * (Math.floor(cell / nx) % ny) * h;
    column.cells.push({ thick, state: stateOf(press, cell) });
    columns.set(at, column);
  }
  const reach = Math.max(1, WINDOW_RADIUS / h);
  const r = Math.floor(reach);
  let [longitudinal, transverse] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < nz; k++)
    for (let i = 0; i < nx; i++) {
      const x = grid.origin[0] + (i + 0.5) * h;
      const z = grid.origin[2] + (k + 0.5) * h;
      if (Math.abs(x - press.placed.at[0]) > FACING || Math.abs(z - press.placed.at[2]) > FACING) continue;
      const disc: Placed[] = [];
      let all = 0;
      for (let dk = -r; dk <= r; dk++)
        for (let di = -r; di <= r; di++) {
          if (di * di + dk * dk > reach * reach) continue;
          const [ii, kk] = [i + di, k + dk];
          if (ii < 0 || kk < 0 || ii >= nx || kk >= nz) continue;
          all++;
          const column = columns.get(ii + nx * kk);
          if (column !== undefined) disc.push({ x: di * h, z: kk * h - k * h, column });
        }
      if (2 * disc.length <= all) continue;
      const normal = normalOf(disc, h);
      const up = upIn(normal);
      longitudinal = Math.max(longitudinal, pull(disc, up, normal));
      transverse = Math.max(transverse, pull(disc, cross(up, normal), normal));
    }
  return longitudinal > Number.NEGATIVE_INFINITY ? { longitudinal, transverse } : undefined;
}

/** The wall along one line from front to back. */
interface Column {
  /** mm of wall on it, and that times the depth of each. */
  thick: number;
  moment: number;
  readonly cells: { readonly thick: number; readonly state: State }[];
}

/** A column beside the middle of a disc, mm. */
interface Placed {
  readonly x: number;
  readonly z: number;
  readonly column: Column;
}

/** Deformation gradient and first Piola–Kirchhoff stress of a cell, row-major; kPa. */
interface State {
  readonly F: Float64Array;
  readonly P: Float64Array;
}

function stateOf({ model: { grid }, fields: { displacement, stress } }: Press, cell: number): State {
  const F = deformationGradient(grid, displacement, cell);
  const [xx, yy, zz, xy, yz, xz] = stress.subarray(6 * cell, 6 * cell + 6);
  const sigma = [xx!, xy!, xz!, xy!, yy!, yz!, xz!, yz!, zz!];
  const P = new Float64Array(9);
  for (let row = 0; row < 3; row++)
    for (let c = 0; c < 3; c++)
      // σ cof F
      for (let k = 0; k < 3; k++) P[3 * row + c]! += sigma[3 * row + k]! * cofactor(F, k, c);
  return { F, P };
}

/** Unit normal of the plane through the middles of a disc's columns; level in a direction in which they do not spread. */
function normalOf(disc: readonly Placed[], h: number): Vec3 {
  const mean = (f: (p: Placed) => number): number => disc.reduce((sum, p) => sum + f(p), 0) / disc.length;
  const depth = ({ column }: Placed): number => column.moment / column.thick;
  const [x, z, y] = [mean((p) => p.x), mean((p) => p.z), mean(depth)];
  const about = (f: (p: Placed) => number, g: (p: Placed) => number): number => mean((p) => f(p) * g(p));
  const [dx, dz] = [(p: Placed) => p.x - x, (p: Placed) => p.z - z];
  const dy = (p: Placed): number => depth(p) - y;
  const little = 1e-9 * h * h;
  const [xx, zz, xz] = [about(dx, dx) + little, about(dz, dz) + little, about(dx, dz)];
  const [xy, zy] = [about(dx, dy), about(dz, dy)];
  const det = xx * zz - xz * xz;
  const [slopeX, slopeZ] = [(xy * zz - zy * xz) / det, (zy * xx - xy * xz) / det];
  const length = hypot(slopeX, 1, slopeZ);
  return [-slopeX / length, 1 / length, -slopeZ / length];
}

/** Unit vector in a plane that goes up the body as straight as it can. */
function upIn(normal: Vec3): Vec3 {
  return unit([-normal[2] * normal[0], -normal[2] * normal[1], 1 - normal[2] * normal[2]]);
}

/** Mean over a disc of the pull along a direction M in its plane, N per mm of width at rest. */
function pull(disc: readonly Placed[], M: Vec3, normal: Vec3): number {
  let sum = 0;
  for (const { column } of disc)
    for (const { thick, state } of column.cells) {
      const of = (A: Float64Array): Vec3 => [
        A[0]! * M[0] + A[1]! * M[1] + A[2]! * M[2],
        A[3]! * M[0] + A[4]! * M[1] + A[5]! * M[2],
        A[6]! * M[0] + A[7]! * M[1] + A[8]! * M[2],
      ];
      const [line, force] = [of(state.F), of(state.P)];
      // a slanted wall is thinner than what a column cuts of it; kPa·mm = 10⁻³ N/mm
      sum += (thick * normal[1] * dot(line, force) * 1e-3) / norm(line);
    }
  return sum / disc.length;
}
