import type { Vec3 } from '../base/grid.ts';
import type { Body } from '../body/body.ts';
import { type Corridor, corridorsOf } from './corridors.ts';
import { REFERENCE } from './reference.data.ts';
import { type ContourName, type ContourStations, mirrorShape, type ShapedStructure } from './shape.ts';

/** One person's trunk as named solids and courses. */
export interface Anatomy {
  readonly body: Body;
  /** Lengths along x, y, z relative to the reference adult, whose figures contours and structures are given in. */
  readonly scale: Vec3;
  readonly contours: Readonly<Record<ContourName, ContourStations>>;
  /** In painting order, both sides written out; mm of the reference adult. */
  readonly structures: readonly ShapedStructure[];
  /** Scaled to the person, mm, LPS. */
  readonly corridors: readonly Corridor[];
  /** Scaled to the person, mm, LPS; origin in the middle between the two ASIS. */
  readonly landmarks: Readonly<Record<string, Vec3>>;
}

/** The reference adult of the body's sex, scaled to the body. */
export function buildAnatomy(body: Body): Anatomy {
  const reference = REFERENCE[body.sex];
  const { scale } = body;
  return {
    body,
    scale,
    contours: reference.contours,
    structures: reference.structures.flatMap(withTwin),
    corridors: corridorsOf(reference.courses, scale),
    landmarks: Object.fromEntries(
      Object.entries(reference.landmarks).map(([name, p]) => [
        name,
        [p[0] * scale[0], p[1] * scale[1], p[2] * scale[2]] as const,
      ]),
    ),
  };
}

function withTwin(structure: ShapedStructure): ShapedStructure[] {
  const { mirrored, ...left } = structure;
  return mirrored ? [left, { ...left, side: 'right', shapes: structure.shapes.map(mirrorShape) }] : [left];
}
