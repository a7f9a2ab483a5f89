import { hypot } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { cellAt, cellCentre, cellCorners, type Grid, type Vec3 } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import { MECHANICS_ERRORS } from '../messages/errors/mechanics.data.ts';
import { type Distance, fillOf, LEAST_FILL, surfacePoints, TOUCH } from './interface-points.ts';
import {
  bodiesOf,
  bodyOf,
  fixedNodes,
  holds,
  lawOf,
  materialFields,
  type NeutralProblem,
  type NeutralSetup,
  type NeutralShape,
  putMaterial,
} from './neutral.ts';
import type { Interface, MechanicalProblem } from './problem.ts';
import { type Stack, stackBodies, stackCells, stackNodes } from './stack.ts';

/**
 * A neutral problem of several bodies. Where they meet their surfaces are those of the shapes, not of the cells: a cell that is cut belongs to both, by its
 * share in each. Everywhere else the cells are those of one body.
 */

/** Contact penalty in units of μ/h, of the mean of both bodies' compliances: of the order of a cell's own stiffness, see docs/mechanics.md. */
const PENALTY = 10;

export function gridBodies(
  file: NeutralProblem,
  grid: Grid,
  regionOf: Int32Array,
  surface: MechanicalProblem['surface'],
  snap: (x: number, d: 0 | 1 | 2) => number,
): Omit<NeutralSetup, 'stiffest' | 'problem'> & { problem: Omit<MechanicalProblem, 'bodies' | 'direction'> } {
  const names = bodiesOf(file);
  const h = grid.spacing;
  const end = grid.origin.map((o, d) => o + h * grid.size[d]!) as [number, number, number];
  const distances = file.regions.map(({ shape }) => shapeDistance(shape, grid.origin, end));
  const shapes = names.map((_, b) => bodyShape(file, b, distances));
  const owner = regionOf.map((r) => (r < 0 ? -1 : bodyOf(file, r)));
  const fills = shares(grid, owner, shapes);
  const regions = names.map((_, b) => materialsOf(file, b, grid, regionOf, owner, fills[b]!, distances, snap));
  const rigid = regions.map((list) =>
    list.map((r) => (r >= 0 && 'rigid_clamped' in file.materials[file.regions[r]!.material]! ? 1 : 0)),
  );
  // of a rigid region only what others may touch is there
  rigid.forEach((list, b) => {
    for (let c = 0; c < list.length; c++)
      if (list[c] === 1 && shapes[b]!(...cellCentre(grid, c)) < -2 * h) fills[b]![c] = 0;
  });
  const fields = names.map((_, b) => {
    const own = materialFields(owner.length);
    regions[b]!.forEach((r, c) => {
      if (r < 0) return;
      const m = file.materials[file.regions[r]!.material]!;
      if ('rigid_clamped' in m) {
        // its nodes are fixed: it only has to be something
        own.mu[c] = 1;
        own.lambda[c] = 1;
        return;
      }
      putMaterial(own, c, m);
      // no multiplier gathers in slivers
      if (fills[b]![c]! > LEAST_FILL) return;
      own.lambda[c] = Math.min(own.lambda[c]!, 50 * own.mu[c]!);
      own.bulk[c] = Math.min(own.bulk[c]!, 50 * own.mu[c]!);
    });
    return own;
  });
  const held = fixedNodes(file, grid);
  const fixed = names.map((_, b) => {
    const out = held.slice();
    for (let c = 0; c < owner.length; c++)
      if (rigid[b]![c] === 1 && fills[b]![c]! > 0) for (const n of cellCorners(grid, c)) out[n] = 7;
    return out;
  });
  const stack = stackBodies(grid, fills);
  const each = (key: keyof (typeof fields)[number]): Float64Array =>
    stackCells(
      stack,
      fields.map((own) => own[key]),
    );
  const stackedRegion = new Int32Array(stack.grid.size[0] * stack.grid.size[1] * stack.grid.size[2]).fill(-1);
  regions.forEach((list, b) => {
    const lift = stack.lifts[b]! * grid.size[0] * grid.size[1];
    list.forEach((r, c) => {
      if (fills[b]![c]! > 0) stackedRegion[c + lift] = r;
    });
  });
  const soft = fields.map((own, b) => own.mu.map((mu, c) => (rigid[b]![c] === 1 ? Number.POSITIVE_INFINITY : mu)));
  const domain = boxDistance(grid.origin, end);
  const within = shapes.map(
    (shape): Distance =>
      (x, y, z) =>
        Math.max(shape(x, y, z), domain(x, y, z)),
  );
  const interfaces = meetings(file, names, shapes, within, fills, soft, grid, stack);
  // what the tool touches belongs to the body of the column's highest cell
  const inGrid = surface.points.slice();
  for (let s = 0; s < surface.areas.length; s++) {
    const c = cellAt(grid, inGrid[3 * s]!, inGrid[3 * s + 1]!, inGrid[3 * s + 2]! - h / 2);
    const { shift } = stack.blocks[owner[c]!]!;
    for (let d = 0; d < 3; d++) inGrid[3 * s + d] = inGrid[3 * s + d]! + shift[d]!;
  }
  return {
    grid: stack.grid,
    regionOf: stackedRegion,
    blocks: stack.blocks,
    problem: {
      grid: stack.grid,
      fill: stackCells(stack, fills),
      mu: each('mu'),
      law: lawOf(file, { lambda: each('lambda'), stiffening: each('stiffening'), bulk: each('bulk') }),
      fixed: stackNodes(stack, fixed, 1),
      surface: { ...surface, inGrid },
      interfaces,
    },
  };
}

/** Signed distance to a body: the union of its regions, less the other bodies' that are named later. The domain does not bound it. */
function bodyShape(file: NeutralProblem, body: number, distances: readonly Distance[]): Distance {
  const own = file.regions.map((_, r) => bodyOf(file, r) === body);
  return (x, y, z) => {
    let d = FAR;
    distances.forEach((distance, r) => {
      const s = distance(x, y, z);
      d = own[r] === true ? Math.min(d, s) : Math.max(d, -s);
    });
    return d;
  };
}

const FAR = 1e9;

/** Signed distance to a shape; a box that reaches the domain's end goes on beyond it. @throws InputError for cells, which are a staircase */
function shapeDistance(shape: NeutralShape, origin: Vec3, end: Vec3): Distance {
  switch (shape.type) {
    case 'all':
      return () => -FAR;
    case 'box':
      return boxDistance(
        shape.min.map((x, d) => (x <= origin[d]! + 1e-9 ? -FAR : x)) as [number, number, number],
        shape.max.map((x, d) => (x >= end[d]! - 1e-9 ? FAR : x)) as [number, number, number],
      );
    case 'sphere': {
      const [a, b, c] = shape.centre;
      return (x, y, z) => hypot(x - a, y - b, z - c) - shape.radius;
    }
    case 'cylinder_x': {
      const [b, c] = shape.axis_yz;
      return (_, y, z) => hypot(y - b, z - c) - shape.radius;
    }
    case 'cylinder_y': {
      const [a, c] = shape.axis_xz;
      return (x, _, z) => hypot(x - a, z - c) - shape.radius;
    }
    case 'cylinder_z': {
      const [a, b] = shape.axis_xy;
      return (x, y) => hypot(x - a, y - b) - shape.radius;
    }
    case 'cells':
      throw new InputError(tell(MECHANICS_ERRORS, 'error.problem.cells-bodies'));
  }
}

const boxDistance =
  (min: Vec3, max: Vec3): Distance =>
  (x, y, z) => {
    const qx = Math.max(min[0] - x, x - max[0]);
    const qy = Math.max(min[1] - y, y - max[1]);
    const qz = Math.max(min[2] - z, z - max[2]);
    return hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0)) + Math.min(Math.max(qx, qy, qz), 0);
  };

/** Share of each body in each cell that exists (bodies × cells): together they fill it. */
function shares(grid: Grid, owner: Int32Array, shapes: readonly Distance[]): Float64Array[] {
  const fills = shapes.map((shape) => fillOf(grid, shape));
  for (let c = 0; c < owner.length; c++) {
    const sum = fills.reduce((s, fill) => s + fill[c]!, 0);
    fills.forEach((fill, b) => {
      if (owner[c]! < 0) fill[c] = 0;
      else if (sum === 0) fill[c] = owner[c] === b ? 1 : 0;
      else if (sum !== fill[c]) fill[c] = Math.max(fill[c]! > 0 ? LEAST_FILL : 0, fill[c]! / sum);
      else fill[c] = 1;
    });
  }
  return fills;
}

/** Which region's material a body has in each of its cells; -1 where it has none. */
function materialsOf(
  file: NeutralProblem,
  body: number,
  grid: Grid,
  regionOf: Int32Array,
  owner: Int32Array,
  fill: Float64Array,
  distances: readonly Distance[],
  snap: (x: number, d: 0 | 1 | 2) => number,
): Int32Array {
  const own = file.regions.map((_, r) => r).filter((r) => bodyOf(file, r) === body);
  return fill.reduce((out, f, c) => {
    if (!(f > 0)) return out;
    if (owner[c] === body) out[c] = regionOf[c]!;
    else {
      // the cell's centre is another body's
      const x = cellCentre(grid, c).map((v, d) => snap(v, d as 0 | 1 | 2)) as [number, number, number];
      out[c] =
        own.findLast((r) => holds(file.regions[r]!.shape, x)) ??
        own.reduce((best, r) => (distances[r]!(...x) < distances[best]!(...x) ? r : best));
    }
    return out;
  }, new Int32Array(fill.length).fill(-1));
}

/** How the bodies touch each other. @throws InputError where they touch and the file does not say how, or the reverse */
function meetings(
  file: NeutralProblem,
  names: readonly string[],
  shapes: readonly Distance[],
  within: readonly Distance[],
  fills: readonly Float64Array[],
  mu: readonly Float64Array[],
  grid: Grid,
  stack: Stack,
): Interface[] {
  const h = grid.spacing;
  const near = (b: number, x: number, y: number, z: number): number => {
    // a cell of the body that holds the place or is next to it
    for (let n = 0; n < 27; n++) {
      const o = [0, 1, 2].map((d) => h * [0, -0.5, 0.5][Math.floor(n / [1, 3, 9][d]!) % 3]!);
      const c = cellAt(grid, x + o[0]!, y + o[1]!, z + o[2]!);
      if (c >= 0 && fills[b]![c]! > 0) return c;
    }
    return -1;
  };
  const touch = (a: number, b: number, all: boolean): ReturnType<typeof surfacePoints> =>
    surfacePoints(
      grid,
      shapes[a]!,
      (x, y, z) => near(a, x, y, z) >= 0 && (all || (shapes[b]!(x, y, z) < TOUCH * h && near(b, x, y, z) >= 0)),
    );
  const said = file.interfaces.map(({ bodies }) => bodies.map((name) => names.indexOf(name)) as [number, number]);
  for (let a = 0; a < names.length; a++)
    for (let b = a + 1; b < names.length; b++)
      if (!said.some((pair) => pair.includes(a) && pair.includes(b)) && touch(a, b, false).areas.length > 0)
        throw new InputError(tell(MECHANICS_ERRORS, 'error.problem.unsaid', { first: names[a]!, second: names[b]! }));
  return file.interfaces.map(({ separation, tied }, i) => {
    const [a, b] = said[i]!;
    // bodies that slip far touch where they did not at rest: the whole surface of the first counts
    const { points, areas, normals } = touch(a, b, true);
    const at = (s: number): Vec3 => [points[3 * s]!, points[3 * s + 1]!, points[3 * s + 2]!];
    if (!areas.some((_, s) => shapes[b]!(...at(s)) < TOUCH * h && near(b, ...at(s)) >= 0))
      throw new InputError(
        tell(MECHANICS_ERRORS, 'error.problem.apart', { cell: h, first: names[a]!, second: names[b]! }),
      );
    const penalty = areas.map((_, s) => {
      const [ca, cb] = [near(a, ...at(s)), near(b, ...at(s))];
      const [one, other] = [mu[a]![ca]!, cb < 0 ? mu[a]![ca]! : mu[b]![cb]!];
      const compliance = 1 / one + 1 / other;
      return (PENALTY * 2) / (h * Math.max(compliance, 1e-9));
    });
    return {
      points,
      areas,
      normals,
      first: stack.blocks[a]!,
      second: stack.blocks[b]!,
      distance: within[b]!,
      penalty,
      separation,
      ...(tied && {
        tied: Uint8Array.from(areas, (_, s) => (shapes[b]!(...at(s)) < TOUCH * h && holds(tied, at(s)) ? 1 : 0)),
      }),
    };
  });
}
