import { norm } from '../base/elementary.ts';
import { cross, minus, pointAt } from '../base/vec.ts';
import type { Fibres, MechanicalProblem, RigidBody } from '../mechanics/problem.ts';
import type { Tool } from '../tool/tool.ts';
import type { Tissue, VoxelModel } from '../voxel/model.ts';
import { type Bracing, braced } from './bracing.ts';
import { keptShear } from './contents.ts';
import { type Contraction, contracted } from './contraction.ts';
import { type MaterialChoice, materialTable, rowValue } from './materials.ts';
import { mixCells } from './mix.ts';
import type { PlacedTool } from './press.ts';
import type { Apart } from './two-bodies.ts';

/** Width of the fillet between tool and floor, mm: it holds at most 2 mm where skin can hardly creep. */
const FILLET = 8;

/** What pressing needs beside the problem itself: how surface points belong to triangles, what is rigid. */
export interface PressProblem {
  readonly problem: MechanicalProblem;
  /** Triangle of model.skin of each surface point. */
  readonly triangleOf: Uint32Array;
  /** Share of each of the problem's cells that is inside the body, and that is rigid tissue. */
  readonly whole: ArrayLike<number>;
  readonly rigid: Float32Array;
  /** Springs of bone in each cell of the model's grid, kPa/mm². */
  readonly held: Float64Array;
  readonly tissues: ReadonlySet<Tissue>;
  /** Muscles that pull, where any do. */
  readonly pulling?: Contraction;
  /** Where the contents of the belly slide as a body of their own: how the two are told apart. */
  readonly apart?: Apart;
  /** The belly wall, where it is tensed. */
  readonly bracing?: Bracing;
}

/** Turns a trunk with a tool on it into pure mechanics. */
export function mechanicalProblem(model: VoxelModel, placed: PlacedTool, choice: MaterialChoice): PressProblem {
  const { grid } = model;
  const { points, areas, triangleOf } = surfacePoints(model);
  const kept = choice.contents ?? keptShear('between').value;
  const mixture = mixCells(grid, model.parts, model.fill, materialTable(choice), kept);
  const { fill, mu, penaltyMu, stiffening, bulk, foundation, rigid } = mixture;
  const pulling = choice.pull === undefined ? undefined : contracted(model, choice.pull);
  const bracing = choice.brace === undefined ? undefined : braced(model, choice.brace);
  const fibres = joined([pulling?.fibres, bracing?.fibres, choice.fibres].filter((each) => each !== undefined));
  return {
    problem: {
      grid,
      fill,
      mu,
      penaltyMu: pulling === undefined ? penaltyMu : penaltyMu.map((m, c) => m + pulling.penalty[c]!),
      ...(fibres && { fibres }),
      law: { kind: 'stiffening', stiffening, bulk },
      foundation,
      fixed: cutEnds(model, fill),
      surface: { points, areas },
      bodies: rigidBodies(placed),
      direction: placed.direction,
      friction: choice.friction ?? rowValue('T-114'),
      fillet: FILLET,
    },
    triangleOf,
    whole: model.fill,
    rigid,
    held: foundation,
    tissues: new Set(model.parts.map(({ tissue }) => tissue)),
    ...(pulling && { pulling }),
    ...(bracing && { bracing }),
  };
}

/** Several sets of fibres as one: each keeps its families. */
function joined(sets: readonly Fibres[]): Fibres | undefined {
  if (sets.length < 2) return sets[0];
  const all = (of: (set: Fibres) => ArrayLike<number>): number[] => sets.flatMap((set) => Array.from(of(set)));
  let before = 0;
  return {
    points: Float64Array.from(all(({ points }) => points)),
    directions: Float64Array.from(all(({ directions }) => directions)),
    volumes: Float64Array.from(all(({ volumes }) => volumes)),
    family: Int32Array.from(
      all(({ family, families }) => {
        const first = before;
        before += families.length;
        return Array.from(family, (f) => first + f);
      }),
    ),
    families: sets.flatMap(({ families }) => families),
  };
}

/** Names of the rigid bodies of a press. */
export const TOOL = 'tool';
export const FLOOR = 'floor';

/** What moves against the body: the tool, and the floor where it lies on one. */
export function rigidBodies(placed: PlacedTool): RigidBody[] {
  const bodies: RigidBody[] = [{ name: TOOL, distance: placed.distance, radius: tipRadius(placed.tool) }];
  if (placed.floor !== undefined) bodies.push({ name: FLOOR, distance: placed.floor });
  return bodies;
}

/** How far from its foremost point a tool is looked at for how thick it is, and how finely, mm. */
const TIP = 30;
const LATTICE = 4;

/** Radius of the largest ball that fits into the tool with its middle within 30 mm of the foremost point, mm. */
function tipRadius({ bounds: { min, max }, height, distance }: Pick<Tool, 'bounds' | 'height' | 'distance'>): number {
  let radius = 0;
  for (let z = height - LATTICE; z >= height - TIP; z -= LATTICE)
    for (let y = min[1]; y <= max[1]; y += LATTICE)
      for (let x = min[0]; x <= max[0]; ) {
        const away = distance(x, y, z);
        radius = Math.max(radius, -away);
        // distances never change faster than the point moves
        x += LATTICE * Math.max(1, Math.floor(away / LATTICE));
      }
  return radius;
}

/**
 * The rest of the body holds the cut ends: their nodes cannot move along z, but may slide across. An end is where a tenth of the fullest
 * layer's material begins: a few crumbs beyond it hold nothing.
 */
function cutEnds(model: VoxelModel, fill: Float64Array): Uint8Array {
  const [nx, ny, nz] = model.grid.size;
  const fixed = new Uint8Array((nx + 1) * (ny + 1) * (nz + 1));
  const layer = nx * ny;
  const material = Array.from({ length: nz }, (_, k) =>
    fill.subarray(k * layer, (k + 1) * layer).reduce((sum, f) => sum + f, 0),
  );
  const enough = 0.1 * Math.max(...material);
  const low = material.findIndex((m) => m >= enough);
  const high = material.findLastIndex((m) => m >= enough);
  const nodes = (nx + 1) * (ny + 1);
  fixed.fill(4, low * nodes, (low + 1) * nodes);
  fixed.fill(4, (high + 1) * nodes, (high + 2) * nodes);
  return fixed;
}

/**
 * Quadrature points on the skin: each triangle is cut into s² equal ones, so that their spacing is about a third of a
 * cell (with fewer the tool can slip between them; solver note on contact sampling).
 */
function surfacePoints(model: VoxelModel): { points: Float64Array; areas: Float64Array; triangleOf: Uint32Array } {
  const { vertices: v, triangles: t } = model.skin;
  const points: number[] = [];
  const areas: number[] = [];
  const owner: number[] = [];
  for (let i = 0; i < t.length; i += 3) {
    const [a, b, c] = [3 * t[i]!, 3 * t[i + 1]!, 3 * t[i + 2]!];
    const e1 = minus(pointAt(v, b), pointAt(v, a));
    const e2 = minus(pointAt(v, c), pointAt(v, a));
    const area = 0.5 * norm(cross(e1, e2));
    if (area < 1e-9) continue;
    const s = Math.max(1, Math.round((2 * Math.sqrt(2 * area)) / model.grid.spacing));
    const put = (r1: number, r2: number): void => {
      for (let d = 0; d < 3; d++) points.push(v[a + d]! + r1 * e1[d]! + r2 * e2[d]!);
      areas.push(area / (s * s));
      owner.push(i / 3);
    };
    for (let p = 0; p < s; p++)
      for (let q = 0; p + q < s; q++) {
        put((p + 1 / 3) / s, (q + 1 / 3) / s);
        if (p + q < s - 1) put((p + 2 / 3) / s, (q + 2 / 3) / s);
      }
  }
  return { points: Float64Array.from(points), areas: Float64Array.from(areas), triangleOf: Uint32Array.from(owner) };
}
