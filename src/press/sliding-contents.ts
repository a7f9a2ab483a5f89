import { cellAt, type Grid, type Vec3 } from '../base/grid.ts';
import { surfacePoints } from '../mechanics/interface-points.ts';
import type { Interface } from '../mechanics/problem.ts';
import { type Stack, stackBodies, stackCells, stackNodes } from '../mechanics/stack.ts';
import { halvesOf } from '../voxel/halves.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { type Peritoneum, peritoneumOf } from '../voxel/peritoneum.ts';
import { keptShear } from './contents.ts';
import { type MaterialChoice, materialTable } from './materials.ts';
import { mechanicalProblem, type PressProblem } from './mechanical-problem.ts';
import { type Mixture, mixCells } from './mix.ts';
import type { PlacedTool } from './press.ts';
import { type Tied, tiesOf } from './ties.ts';

/** Which body of a stack is what holds (skin, wall, back, bone), and which what hangs and lies in it. */
const CONTAINER = 0;
const CONTENTS = 1;

/** Penalty between the bodies in units of μ/h of the mean compliance (docs/mechanics.md). */
const PENALTY = 10;
/** What is tied is held so many times as firmly: it need not be found anew whenever the rest moves. */
const TIED_PENALTY = 5;
/** Points across a cell in which the bodies touch: the points of a cell share one multiplier, so four on a face say what nine do. */
const RAYS = 2;

/**
 * The press of mechanicalProblem() with the contents of the belly as a body of their own, which slides on what holds it without friction, and without
 * parting from it: nothing could fill the room (docs/decisions/0015-contents-as-a-body.md).
 * @param tied where contents and container stay together: where they are grown together when absent
 * @returns undefined where nothing hangs in the belly
 */
export function slidingPress(
  model: VoxelModel,
  placed: PlacedTool,
  choice: MaterialChoice,
  tied: Tied = tiesOf(model.fine),
): PressProblem | undefined {
  const { grid } = model;
  const peritoneum = peritoneumOf(model.fine);
  if (peritoneum === undefined) return undefined;
  const whole = mechanicalProblem(model, placed, choice);
  const { problem, pulling } = whole;
  const { inside, parts } = halvesOf(model, peritoneum);
  const table = materialTable(choice);
  const kept = choice.contents ?? keptShear('slide').value;
  const mixtures = [CONTAINER, CONTENTS].map((b) => mixCells(grid, parts[b]!, inside[b]!, table, kept));
  const stack = stackBodies(
    grid,
    mixtures.map(({ fill }) => fill),
  );
  const each = (key: Exclude<keyof Mixture, 'rigid'>): Float64Array =>
    stackCells(
      stack,
      mixtures.map((m) => m[key]),
    );
  const { shift } = stack.blocks[CONTAINER]!;
  // psoas, iliacus and the wall lie outside the peritoneum
  const bases = mixtures.map((m, b) =>
    b === CONTAINER && pulling !== undefined ? m.penaltyMu.map((mu, c) => mu + pulling.penalty[c]!) : m.penaltyMu,
  );
  const surface = meeting(grid, mixtures, stack, peritoneum, tied);
  return {
    ...whole,
    problem: {
      ...problem,
      grid: stack.grid,
      fill: each('fill'),
      mu: each('mu'),
      penaltyMu: stackCells(stack, bases),
      ...(problem.fibres && { fibres: moved(problem.fibres, shift) }),
      law: { kind: 'stiffening', stiffening: each('stiffening'), bulk: each('bulk') },
      foundation: each('foundation'),
      fixed: stackNodes(stack, [problem.fixed!, problem.fixed!], 1),
      surface: { ...problem.surface, inGrid: moved(problem.surface, shift).points },
      interfaces: [surface],
    },
    rigid: Float32Array.from(
      stackCells(
        stack,
        mixtures.map((m) => m.rigid),
      ),
    ),
    whole: stackCells(stack, inside),
    held: mixtures[CONTAINER]!.foundation,
    apart: {
      stack,
      grid,
      fills: [mixtures[CONTAINER]!.fill, mixtures[CONTENTS]!.fill],
      inside,
      surface,
    },
  };
}

/** The same with its points somewhere else. */
const moved = <T extends { readonly points: Float64Array }>(of: T, shift: Vec3): T => ({
  ...of,
  points: of.points.map((x, i) => x + shift[i % 3]!),
});

/**
 * The peritoneum as the interface of both. Its points hang on the container, and places are looked for in the contents: these fill the room between
 * the points before and behind them, while the container's displacement would have to be made up there, from a wall that has come near the back.
 */
function meeting(
  grid: Grid,
  mixtures: readonly Mixture[],
  stack: Stack,
  { distance }: Peritoneum,
  tied: Tied,
): Interface & { readonly tied: Uint8Array } {
  const h = grid.spacing;
  /** A cell of the body that holds the place or is next to it. */
  const near = (b: number, x: number, y: number, z: number): number => {
    for (let n = 0; n < 27; n++) {
      const o = [0, 1, 2].map((d) => h * [0, -0.5, 0.5][Math.floor(n / [1, 3, 9][d]!) % 3]!);
      const c = cellAt(grid, x + o[0]!, y + o[1]!, z + o[2]!);
      if (c >= 0 && mixtures[b]!.fill[c]! > 0) return c;
    }
    return -1;
  };
  const { points, areas, normals } = surfacePoints(
    grid,
    (x, y, z) => distance(x, y, z),
    (x, y, z) => near(CONTENTS, x, y, z) >= 0 && near(CONTAINER, x, y, z) >= 0,
    RAYS,
  );
  const ties = Uint8Array.from(areas, (_, s) =>
    tied(points[3 * s]!, points[3 * s + 1]!, points[3 * s + 2]!, normals[3 * s + 1]!) ? 1 : 0,
  );
  const penalty = areas.map((_, s) => {
    const at = [points[3 * s]!, points[3 * s + 1]!, points[3 * s + 2]!] as const;
    const [a, b] = [CONTAINER, CONTENTS].map((body) => mixtures[body]!.mu[near(body, ...at)]!);
    return ((ties[s] === 1 ? TIED_PENALTY : 1) * PENALTY * 2) / (h * (1 / a! + 1 / b!));
  });
  return {
    points,
    areas,
    normals: normals.map((n) => -n),
    first: stack.blocks[CONTAINER]!,
    second: stack.blocks[CONTENTS]!,
    distance,
    slope: distance,
    smooth: true,
    penalty,
    separation: false,
    tied: ties,
  };
}
