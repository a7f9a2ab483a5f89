import type { Grid, Vec3 } from '../base/grid.ts';
import { continuedOutward } from '../press/displacement.ts';
import type { Press } from '../press/press.ts';
import { belongsToContents, insideOf } from '../press/two-bodies.ts';

/** The map between the body at rest and the pressed body. Points and displacements in mm, LPS. */
export interface DeformedBody {
  /** Where the point of the body at rest has gone. */
  pressed(at: Vec3): Vec3;
  /** Which point of the body at rest is now at this place; `near` is a first guess (a neighbour's answer). */
  atRest(place: Vec3, near?: Vec3): Vec3;
}

/** Newton steps for one point, and how near is near enough, mm (a fifth of a drawn pixel). */
const MAX_STEPS = 25;
const NEAR_ENOUGH = 0.05;

/**
 * Reads a press's displacement anywhere: trilinear inside, continued outward from the body's outermost nodes, so that the
 * room that the tool has taken maps to a place outside the body at rest. Where contents slide, each place is that of the body which is there.
 */
export function deformedBody(press: Press): DeformedBody {
  const known = made.get(press);
  if (known !== undefined) return known;
  const { grid, fill } = press.model;
  const { displacement, contents } = press.fields;
  const container = mapOf(grid, continuedOutward(grid, fill, displacement));
  const body =
    contents === undefined
      ? container
      : ofBoth(
          container,
          mapOf(grid, continuedOutward(grid, fill, contents.displacement)),
          insideOf(grid, contents.share),
        );
  made.set(press, body);
  return body;
}

const made = new WeakMap<Press, DeformedBody>();

/** Two bodies as one map. */
function ofBoth(container: DeformedBody, contents: DeformedBody, inside: (at: Vec3) => number): DeformedBody {
  return {
    pressed: (at) => (inside(at) >= 0.5 ? contents : container).pressed(at),
    atRest: (place, near) => {
      const inner = contents.atRest(place, near);
      let outer = inner;
      const theirs = belongsToContents(inside(inner), () => {
        outer = container.atRest(place, near);
        return inside(outer);
      });
      return theirs ? inner : outer;
    },
  };
}

/** A displacement field as a map. */
function mapOf(grid: Grid, field: Float32Array): DeformedBody {
  const u = new Float64Array(3);
  const gradient = new Float64Array(9);

  const pressed = (at: Vec3): Vec3 => {
    interpolate(grid, field, at, u, gradient);
    return [at[0] + u[0]!, at[1] + u[1]!, at[2] + u[2]!];
  };

  const atRest = (place: Vec3, near: Vec3 = place): Vec3 => {
    let at: Vec3 = near;
    let best: Vec3 = near;
    let least = Number.POSITIVE_INFINITY;
    for (let step = 0; step < MAX_STEPS; step++) {
      interpolate(grid, field, at, u, gradient);
      const miss: Vec3 = [place[0] - at[0] - u[0]!, place[1] - at[1] - u[1]!, place[2] - at[2] - u[2]!];
      const size = length(miss);
      if (size < least) {
        least = size;
        best = at;
      }
      if (size < NEAR_ENOUGH) break;

      // Newton where the map can be turned round, half a plain step where it cannot
      const move = solve(gradient, miss);
      at =
        move !== undefined && length(move) < 4 * size && step < 15
          ? [at[0] + move[0], at[1] + move[1], at[2] + move[2]]
          : [at[0] + 0.5 * miss[0], at[1] + 0.5 * miss[1], at[2] + 0.5 * miss[2]];
    }
    return best;
  };

  return { pressed, atRest };
}

/** Square roots are the same on every engine; Math.hypot is not. */
const length = ([x, y, z]: Vec3): number => Math.sqrt(x * x + y * y + z * z);

/** Writes u (3) and du/dX (3×3, row = component of u) at a point; beyond the grid the nearest face's values hold. */
function interpolate(grid: Grid, field: Float32Array, at: Vec3, u: Float64Array, gradient: Float64Array): void {
  const h = grid.spacing;
  const [nx, ny] = grid.size;
  for (let d = 0; d < 3; d++) {
    const n = grid.size[d]!;
    const s = (at[d]! - grid.origin[d]!) / h;
    const held = Math.min(Math.max(s, 0), n);
    corner[d] = Math.min(Math.floor(held), n - 1);
    part[d] = held - corner[d]!;
    slope[d] = s >= 0 && s <= n ? 1 / h : 0;
  }
  u.fill(0);
  gradient.fill(0);
  const first = corner[0]! + (nx + 1) * (corner[1]! + (ny + 1) * corner[2]!);
  for (let c = 0; c < 8; c++) {
    const [i, j, k] = [c & 1, (c >> 1) & 1, c >> 2];
    const node = 3 * (first + i + (nx + 1) * (j + (ny + 1) * k));
    const wx = i === 1 ? part[0]! : 1 - part[0]!;
    const wy = j === 1 ? part[1]! : 1 - part[1]!;
    const wz = k === 1 ? part[2]! : 1 - part[2]!;
    const gx = (i === 1 ? slope[0]! : -slope[0]!) * wy * wz;
    const gy = (j === 1 ? slope[1]! : -slope[1]!) * wx * wz;
    const gz = (k === 1 ? slope[2]! : -slope[2]!) * wx * wy;
    const w = wx * wy * wz;
    for (let m = 0; m < 3; m++) {
      const value = field[node + m]!;
      u[m] = u[m]! + value * w;
      gradient[3 * m] = gradient[3 * m]! + value * gx;
      gradient[3 * m + 1] = gradient[3 * m + 1]! + value * gy;
      gradient[3 * m + 2] = gradient[3 * m + 2]! + value * gz;
    }
  }
}

// work space of interpolate: it is asked some hundred thousand times for a picture
const corner = new Int32Array(3);
const part = new Float64Array(3);
const slope = new Float64Array(3);

/** Solves (1 + gradient) · move = miss; undefined where the map is folded or nearly so. */
function solve(g: Float64Array, miss: Vec3): Vec3 | undefined {
  const [a, b, c, d, e, f, p, q, r] = [1 + g[0]!, g[1]!, g[2]!, g[3]!, 1 + g[4]!, g[5]!, g[6]!, g[7]!, 1 + g[8]!];
  const determinant = a * (e * r - f * q) - b * (d * r - f * p) + c * (d * q - e * p);
  if (!(determinant > 0.02)) return undefined;
  const [x, y, z] = miss;
  return [
    (x * (e * r - f * q) - b * (y * r - f * z) + c * (y * q - e * z)) / determinant,
    (a * (y * r - f * z) - x * (d * r - f * p) + c * (d * z - y * p)) / determinant,
    (a * (e * z - y * q) - b * (d * z - y * p) + x * (d * q - e * p)) / determinant,
  ];
}
