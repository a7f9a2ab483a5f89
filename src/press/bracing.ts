import { cos, hypot, sin } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { cellCentre } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import { evidence } from '../evidence/evidence.ts';
import type { Fibres } from '../mechanics/problem.ts';
import { SheetPoints } from '../mechanics/sheet-points.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import type { LabelVolume, VoxelModel } from '../voxel/model.ts';
import type { Pull } from './contraction.ts';
import type { Scenario } from './scenario.ts';

/** Radii of the belly wall (T-32), mm: across, and up and down. */
const RADII = { across: 200, upright: 470 } as const;
/** What the layers below pull with up and down for each N/mm across: the rectus in front, the obliques at the side (35° of T-123). */
const UPRIGHT = 0.5;

/** Pressure inside, kPa, that a tension across the body (N/mm) with UPRIGHT of it up and down balances by Laplace's law. */
export const balancedBy = (tension: number): number => 1e3 * tension * (1 / RADII.across + UPRIGHT / RADII.upright);

/**
 * What the belly wall pulls with while it is tensed: as much as by Laplace's law balances a share (T-125) of the pressure that people make by the greatest
 * bracing (T-124), N per mm of its height across the body. Nothing where it is relaxed.
 */
export function braceOf({ tone }: Pick<Scenario, 'tone'>): Pull | undefined {
  if (tone !== 'guarded') return undefined;
  const [most, share] = [evidence('T-124'), evidence('T-125')];
  const each = balancedBy(1);
  return {
    value: (most.value! * share.value!) / each,
    low: (most.low! * share.low!) / each,
    high: (most.high! * share.high!) / each,
    evidence: ['T-124', 'T-125', 'T-123', 'T-32'],
  };
}

/** Layers of the wall. */
interface Layer {
  readonly structure: string;
  /** From transverse towards the head on the way to the midline's other side, as seen on the left (T-123), degrees. */
  readonly degrees: number;
  /** What it pulls with, kPa of its section, where the wall pulls with 1 N/mm across. */
  readonly active: number;
}

/**
 * Which way each layer pulls, and how hard. At the side 7.5, 7.5 and 4 mm of muscle, as they are drawn, make 1 N/mm across between them, all pulling alike; in front
 * 5 mm of sheath (and the linea alba between) carry it on, being the tendons of those three; the rectus makes UPRIGHT over its 10 mm.
 */
const LAYERS: readonly Layer[] = [
  { structure: 'external_oblique', degrees: 35, active: 72 },
  { structure: 'internal_oblique', degrees: -35, active: 72 },
  { structure: 'transversus_abdominis', degrees: 0, active: 72 },
  { structure: 'rectus_sheath', degrees: 0, active: 200 },
  { structure: 'linea_alba', degrees: 0, active: 200 },
  { structure: 'rectus_abdominis', degrees: 90, active: 54 },
];
/** Half the height over which the outline of the wall is averaged, mm. */
const AROUND = 20;

/** A wall that pulls. */
export interface Bracing {
  /** Its fibres, in the model's grid. */
  readonly fibres: Fibres;
  /** Whether flat muscles and rectus are all there; a scan may show some of them only. */
  readonly whole: boolean;
}

/**
 * Fibres of the belly wall, which pull with a stress at any length: each layer that is labelled is filled with its own.
 * @param tension across the body, N/mm, of a wall as thick as it is drawn; a thicker layer pulls with more
 * @throws InputError where no layer of the wall is labelled
 */
export function braced({ grid, fill, fine }: VoxelModel, tension: number): Bracing {
  const points = new SheetPoints(grid, (cell) => fill[cell]! > 0);
  const layerOf = fine.table.map(({ structure }, label) =>
    label === 0 ? -1 : LAYERS.findIndex((layer) => layer.structure === structure),
  );
  const way = roundTheBody(fine, (label) => layerOf[label]! >= 0);
  const volume = fine.grid.spacing * fine.grid.spacing * fine.grid.spacing;
  const cells = LAYERS.map((): number[] => []);
  for (const [cell, label] of fine.labels.entries()) cells[layerOf[label]!]?.push(cell);
  LAYERS.forEach(({ degrees, active }, l) => {
    points.begin({ k1: 0, k2: 0, tension: tension * active });
    const angle = (degrees * Math.PI) / 180;
    const [across, up] = [cos(angle), sin(angle)];
    for (const cell of cells[l]!) {
      const at = cellCentre(fine.grid, cell);
      const round = way(cell);
      if (round !== undefined) points.add(at, volume, [round.x * across, round.y * across, round.side * up]);
    }
  });
  if (cells.every((each) => each.length === 0)) throw new InputError(tell(PRESS_ERRORS, 'error.press.no-wall'));
  return { fibres: points.fibres(), whole: cells.every((each) => each.length > 0) };
}

/** The wall at a height as half an ellipse, in front of where it is widest. */
interface Outline {
  readonly half: number;
  readonly depth: number;
  readonly middle: number;
  /** y of where it is widest. */
  readonly wide: number;
}

/** Outlines of the wall at each height of the labels, averaged over what is near; undefined where there is no wall. */
function outlineOf({ grid, labels }: LabelVolume, isWall: (label: number) => boolean): (Outline | undefined)[] {
  const [nx, ny, nz] = grid.size;
  const single = Array.from({ length: nz }, (_, k): Outline | undefined => {
    let [left, right, front] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    // its flank is upright over several cells: the middle of them
    let [sum, count] = [0, 0];
    for (let cell = k * nx * ny; cell < (k + 1) * nx * ny; cell++) {
      if (!isWall(labels[cell]!)) continue;
      const [x, y] = cellCentre(grid, cell);
      if (x > left) [left, sum, count] = [x, 0, 0];
      if (x === left) [sum, count] = [sum + y, count + 1];
      right = Math.min(right, x);
      front = Math.min(front, y);
    }
    const wide = sum / count;
    return left > right && wide > front
      ? { half: (left - right) / 2, depth: wide - front, middle: (left + right) / 2, wide }
      : undefined;
  });
  const span = Math.round(AROUND / grid.spacing);
  return single.map((_, k) => {
    const near = single.slice(Math.max(0, k - span), k + span + 1).filter((each) => each !== undefined);
    const mean = (key: keyof Outline): number => near.reduce((sum, each) => sum + each[key], 0) / near.length;
    return near.length === 0
      ? undefined
      : { half: mean('half'), depth: mean('depth'), middle: mean('middle'), wide: mean('wide') };
  });
}

/** Which way the wall goes round the body at a voxel, in its slice: unit vector, from right to left in front; and on which side of the middle it is, 1 on the left. */
interface Round {
  readonly x: number;
  readonly y: number;
  readonly side: 1 | -1;
}

/**
 * Finds which way the belly wall goes round the body: square to the normal of the ellipse through a voxel.
 * @param isWall whether a label is of the wall
 * @returns the way at a voxel of the labels; undefined where there is no wall at its height, or in the middle of it
 */
export function roundTheBody(
  fine: LabelVolume,
  isWall: (label: number) => boolean,
): (cell: number) => Round | undefined {
  const outline = outlineOf(fine, isWall);
  const [width, height] = fine.grid.size;
  return (cell) => {
    const here = outline[Math.floor(cell / (width * height))];
    if (here === undefined) return undefined;
    const [x, y] = cellCentre(fine.grid, cell);
    const { half, depth, middle, wide } = here;
    const [nx, ny] = [(x - middle) / (half * half), (y - wide) / (depth * depth)];
    const length = hypot(nx, ny);
    return length > 0 ? { x: -ny / length, y: nx / length, side: x >= middle ? 1 : -1 } : undefined;
  };
}
