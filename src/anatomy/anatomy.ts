import type { Vec3 } from '../base/grid.ts';
import type { Body } from '../body/body.ts';
import { type Corridor, corridorsOf } from './corridors.ts';
import type { Lie } from './fat.ts';
import { personOf } from './person.ts';
import { REFERENCE } from './reference.data.ts';
import { type ContourName, type ContourStations, mirrorShape, type ShapedStructure } from './shape.ts';

/** One person's trunk as named solids and courses; all in mm of that person, LPS, origin in the middle between the two ASIS. */
export interface Anatomy {
  readonly body: Body;
  readonly contours: Readonly<Record<ContourName, ContourStations>>;
  /** In painting order, both sides written out. */
  readonly structures: readonly ShapedStructure[];
  readonly corridors: readonly Corridor[];
  readonly landmarks: Readonly<Record<string, Vec3>>;
  /** Heights of the middle of vertebral bodies and of other levels, mm. */
  readonly levels: Readonly<Record<string, number>>;
}

export type Pose = 'prone' | 'supine' | 'side';

/**
 * The reference adult of the body's sex, grown to the body.
 *
 * @param pose on the back ('supine') the belly settles: its front sinks, the flanks widen at the same waist; otherwise it keeps the
 *   shape that it is pressed in
 */
export function buildAnatomy(body: Body, pose: Pose = 'prone'): Anatomy {
  const lie: Lie = pose === 'supine' ? 'settled' : 'neutral';
  const person = personOf(REFERENCE[body.sex], body, lie);
  return {
    body,
    contours: person.contours,
    structures: person.structures.flatMap(withTwin),
    corridors: corridorsOf(person.courses),
    landmarks: person.landmarks,
    levels: person.levels,
  };
}

function withTwin(structure: ShapedStructure): ShapedStructure[] {
  const { mirrored, ...left } = structure;
  return mirrored ? [left, { ...left, side: 'right', shapes: structure.shapes.map(mirrorShape) }] : [left];
}
