import { norm } from '../base/elementary.ts';
import type { Grid, Vec3 } from '../base/grid.ts';
import { sampleNodes } from '../base/sample-nodes.ts';
import { along, cross, unit } from '../base/vec.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import type { Between } from './displacement.ts';
import type { ReadableState } from './drawn-surface.ts';
import type { SectionBody, SectionFrame } from './section-mesh.ts';

/** The states as the contents of the belly undergo them: by themselves where they slide. */
export function contentsOf(between: Between<ReadableState>): Between<Pick<ReadableState, 'field'>> {
  const { from, to } = between;
  return { ...between, from: from?.contents ?? from, to: to?.contents ?? to };
}

/** Reads the interpolated displacement (mm) at points of the body at rest. */
export function fieldReader(
  grid: Grid,
  { from, to, share }: Between<Pick<ReadableState, 'field'>>,
): (x: number, y: number, z: number, out: Float64Array) => void {
  const [a, b] = [from?.field(), to?.field()];
  if (b === undefined)
    return (_x, _y, _z, out) => {
      out.fill(0);
    };
  const other = new Float64Array(3);
  return (x, y, z, out) => {
    sampleNodes(grid, b, 3, x, y, z, out);
    if (a === undefined) for (let d = 0; d < 3; d++) out[d]! *= share;
    else {
      sampleNodes(grid, a, 3, x, y, z, other);
      for (let d = 0; d < 3; d++) out[d] = other[d]! + share * (out[d]! - other[d]!);
    }
  };
}

/** Tissue pressure per cell between two states, kPa: nothing at rest; undefined where a state carries none. */
export function pressureBetween({ from, to, share }: Between<ReadableState>, cells: number): Float32Array | undefined {
  if (to === undefined) return new Float32Array(cells);
  const b = to.pressure;
  const a = from === undefined ? undefined : from.pressure;
  if (share === 1 && b !== undefined) return b;
  if (b === undefined || (from !== undefined && a === undefined)) return undefined;
  const out = new Float32Array(cells);
  for (let n = 0; n < cells; n++) out[n] = (a?.[n] ?? 0) * (1 - share) + share * b[n]!;
  return out;
}

/** The cut through the tool's foremost point, as far in as it has gone; through the body's middle without a tool. */
export function sectionFrame(
  choice: { readonly kind: 'axial' | 'sagittal' | 'coronal' | 'along-push'; readonly offset_mm?: number },
  body: SectionBody,
  tool: ToolSurface | undefined,
  depth: number,
): SectionFrame {
  const { grid, bodyOrigin } = body;
  const middle = [0, 1, 2].map((d) => grid.origin[d]! + (grid.size[d]! * grid.spacing) / 2);
  const direction: Vec3 = tool?.direction ?? [0, 1, 0];
  const through: Vec3 = tool ? along(tool.apex, depth, direction) : [bodyOrigin[0], middle[1]!, bodyOrigin[2]];
  const [normal, right, up] = axesOf(choice.kind, direction);
  const by = choice.offset_mm ?? 0;
  return {
    point: along(through, by, normal),
    normal,
    right,
    up,
  };
}

/** Normal (left, back or head), right and up on the cut. */
function axesOf(kind: 'axial' | 'sagittal' | 'coronal' | 'along-push', push: Vec3): [Vec3, Vec3, Vec3] {
  switch (kind) {
    case 'axial':
      return [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ];
    case 'sagittal':
      return [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ];
    case 'coronal':
      return [
        [0, 1, 0],
        [-1, 0, 0],
        [0, 0, 1],
      ];
    case 'along-push': {
      // holds the push and, as nearly as it can, the long axis of the body
      const steep = push[2];
      const up: Vec3 = [-steep * push[0], -steep * push[1], 1 - steep * push[2]];
      if (norm(up) < 0.2)
        return [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ];
      const u = unit(up);
      return [cross(push, u), push, u];
    }
  }
}
