import { cos, sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { along, dot, unit } from '../base/vec.ts';
import type { PlacedTool } from '../press/press.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import { blend, roundCone, type Solid, union } from '../tool/sdf.ts';
import { meshSolid, type Shell } from './mesh-solid.ts';
import { ellipsoid, fromNear } from './tube.ts';

/** The hand that a tool is, to look at: its finger pads are where the tool's are. Its forearm fades out. */
export interface DrawnHand extends Shell {
  /** 0 … 1 where nothing is left of the forearm, per vertex. */
  readonly faded: Float32Array;
}

/** Lattice, mm. */
const SPACING = 5;

/** Along the forearm from the knuckles, mm: where it begins to fade and where nothing is left. */
const FADES = [170, 330] as const;

/** A laid tool, with the hand that it is. */
export interface ToolInHand extends ToolSurface {
  readonly hand?: DrawnHand;
}

/** A hand for tools that are one, at first touch; undefined for the others. */
export function handOf({ tool, frame }: PlacedTool): DrawnHand | undefined {
  if (tool.family.id !== 'fingertips' || frame === undefined) return undefined;
  const { padAlong = 16, padAcross = 20, padThick = 12, pitch = 18, angle = 35 } = tool.parameters;
  const slant = (angle * Math.PI) / 180;
  // in the tool's coordinates: away from the tips along the fingers, and out of the back of the hand
  const back: Vec3 = [sin(slant), 0, -cos(slant)];
  const dorsum: Vec3 = [-cos(slant), 0, -sin(slant)];
  const tipZ = tool.height - padThick / 2;
  /** A point so far behind the tips, to the side (thumb is less), and out of the back of the hand. */
  const at = (behind: number, side: number, out: number): Vec3 => {
    const p = along(along([0, side, tipZ], behind, back), out, dorsum);
    return [p[0], p[1], p[2]];
  };
  const r = 0.47 * padAlong;
  const fingers = [-1.5, -0.5, 0.5, 1.5].map((n): Solid => {
    const side = n * pitch;
    // the longest finger bends most, so that all four pads stand in one row
    const bent = [0.5, 1, 0.9, 0.2][n + 1.5]!;
    return union(
      ellipsoid([0, side, tipZ], [padAcross / 2, padAlong / 2, padThick / 2]),
      roundCone(at(8, side, 1), at(26, side, 3 + 3 * bent), r, r),
      roundCone(at(26, side, 3 + 3 * bent), at(52, side * 1.02, 7 + 7 * bent), r, 1.08 * r),
      roundCone(at(52, side * 1.02, 7 + 7 * bent), at(92, side * 1.04, 6 + 2 * bent), 1.08 * r, 1.2 * r),
    );
  });
  const palm = blend(
    14,
    roundCone(at(92, -1.5 * pitch, 5), at(165, -0.8 * pitch, 2), 11.5, 14),
    roundCone(at(94, -0.5 * pitch, 7), at(168, -0.3 * pitch, 3), 12.5, 15),
    roundCone(at(93, 0.5 * pitch, 6), at(168, 0.3 * pitch, 2), 12, 15),
    roundCone(at(90, 1.5 * pitch, 4), at(164, 0.8 * pitch, 1), 11, 14),
  );
  const thumb = blend(
    8,
    roundCone(at(158, -1.2 * pitch, -6), at(116, -2.7 * pitch, -13), 15, 11),
    roundCone(at(116, -2.7 * pitch, -13), at(76, -3.1 * pitch, -10), 10.5, 8.5),
    roundCone(at(76, -3.1 * pitch, -10), at(56, -3 * pitch, -6), 8.5, 7),
  );
  const arm = union(
    roundCone(at(160, -8, 2), at(205, -8, 3), 18, 20),
    roundCone(at(160, 8, 2), at(205, 8, 3), 18, 20),
    roundCone(at(205, -8, 3), at(430, -9, 14), 20, 36),
    roundCone(at(205, 8, 3), at(430, 9, 14), 20, 36),
  );
  const near = (solid: Solid): Solid => fromNear(solid, 40);
  const hand = blend(18, blend(12, near(palm), near(union(...fingers))), near(thumb), near(arm));
  const shell = meshSolid(hand, SPACING);
  const { vertices, normals, triangles } = shell;
  const { origin, x, y, z } = frame;
  // a tool of the other side is a mirror image
  const mirrored = dot([x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]], z) < 0;
  const faded = new Float32Array(vertices.length / 3);
  const zero = at(0, 0, 0);
  for (let n = 0; n < vertices.length; n += 3) {
    const p: Vec3 = [vertices[n]! - zero[0], vertices[n + 1]! - zero[1], vertices[n + 2]! - zero[2]];
    const behind = dot(p, back);
    faded[n / 3] = Math.min(1, Math.max(0, (behind - FADES[0]) / (FADES[1] - FADES[0])));
    vertices.set(along(along(along(origin, vertices[n]!, x), vertices[n + 1]!, y), vertices[n + 2]!, z), n);
    normals.set(unit(along(along(along([0, 0, 0], normals[n]!, x), normals[n + 1]!, y), normals[n + 2]!, z)), n);
  }
  if (mirrored)
    for (let n = 0; n < triangles.length; n += 3) {
      const second = triangles[n + 1]!;
      triangles[n + 1] = triangles[n + 2]!;
      triangles[n + 2] = second;
    }
  return { vertices, normals, triangles, faded };
}
