import type { Anatomy } from '../anatomy/anatomy.ts';
import { CONTOUR_DEGREES, contourThrough } from '../anatomy/contour.ts';
import { cos, sin } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Grid } from '../base/grid.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { VOXEL_ERRORS } from '../messages/errors/voxel.data.ts';
import { assembleModel } from './assemble.ts';
import type { VoxelModel } from './model.ts';
import { painterOf } from './paint.ts';

/** Largest distance of the samples that fractions are counted in, mm. */
const FINE = 2.5;

/** The part of the trunk that matters, mm above the ASIS of the reference adults: from the upper thigh to about T12. */
const BOTTOM = -150;
const TOP = 235;

/** The smoothed skin may lie this far outside the painted body, mm. */
const SLACK = 2;

/** Slices painted between two looks at the cancel signal. */
const BATCH = 16;

/**
 * Turns an anatomy into the solver's cells: paints it at 2.5 mm or finer, then counts what is in each cell.
 *
 * @param cell_mm edge of the solver's cells, 2.5 to 20 mm
 * @throws InputError for another cell size, CancelledError when stopped
 */
export async function voxelize(anatomy: Anatomy, cell_mm: number, progress: Progress = {}): Promise<VoxelModel> {
  if (!(cell_mm >= FINE && cell_mm <= 20)) {
    throw new InputError(tell(VOXEL_ERRORS, 'error.voxel.cell', { cell: cell_mm, least: FINE, most: 20 }));
  }
  const painter = painterOf(anatomy, fineGrid(anatomy, cell_mm));
  const slices = painter.volume.grid.size[2];
  for (let k = 0; k < slices; k++) {
    if (k % BATCH === 0) {
      progress.report?.({ phase: 'phase.build-body', fraction: (0.8 * k) / slices });
      await breathe(progress);
    }
    painter.paintSlice(k);
  }
  progress.report?.({ phase: 'phase.build-body', fraction: 0.8, detail: { id: 'note.doing.skin' } });
  await breathe(progress);
  const model = assembleModel({
    fine: painter.volume,
    cell: cell_mm,
    corridors: anatomy.corridors,
    bodyOrigin: [0, 0, 0],
    bodyOriginFrom: 'asis',
    landmarks: anatomy.landmarks,
    source: 'reference',
    notes: anatomy.body.notes,
  });
  progress.report?.({ phase: 'phase.build-body', fraction: 1 });
  return model;
}

/**
 * The grid that is painted: whole multiples of four cells along each axis (so that the solver can coarsen twice), the same to the
 * left and to the right, at least one empty cell beside, before and behind the body. The head end is fixed; what the rounding
 * adds lies below, where the thighs go on.
 */
function fineGrid(anatomy: Anatomy, cell: number): Grid {
  const { tall } = anatomy.body.growth;
  const parts = Math.ceil(cell / FINE - 1e-9);
  const top = Math.floor((TOP * tall) / cell) * cell;
  const nz = 4 * Math.ceil((top - BOTTOM * tall) / (4 * cell) - 1e-9);
  const bottom = top - nz * cell;
  const { halfWidth, front, back } = outlineExtent(anatomy, bottom, top);
  const nx = 4 * Math.ceil((2 * (Math.ceil((halfWidth + SLACK) / cell) + 1)) / 4);
  const first = Math.floor((front - SLACK) / cell) - 1;
  const needed = Math.ceil((back + SLACK) / cell) + 1 - first;
  const ny = 4 * Math.ceil(needed / 4);
  const y0 = (first - Math.floor((ny - needed) / 2)) * cell;
  return {
    origin: [(-nx * cell) / 2, y0, bottom],
    spacing: cell / parts,
    size: [nx * parts, ny * parts, nz * parts],
  };
}

/** How far the outline reaches to the sides, to the front and to the back between two heights, mm. */
function outlineExtent(
  anatomy: Anatomy,
  bottom: number,
  top: number,
): { halfWidth: number; front: number; back: number } {
  const extent = { halfWidth: 0, front: Number.POSITIVE_INFINITY, back: Number.NEGATIVE_INFINITY };
  const include = (x: number, y0: number, y1: number): void => {
    extent.halfWidth = Math.max(extent.halfWidth, Math.abs(x));
    extent.front = Math.min(extent.front, y0);
    extent.back = Math.max(extent.back, y1);
  };
  const radii = new Float64Array(CONTOUR_DEGREES);
  for (const shape of anatomy.structures.filter((s) => s.outline).flatMap((s) => s.shapes)) {
    if (shape.kind === 'contour-fill') {
      const contour = contourThrough(anatomy.contours[shape.contour]);
      for (let z = Math.max(bottom, contour.bottom); z <= Math.min(top, contour.top); z += 2) {
        contour.radii(z, radii);
        for (let d = 0; d < CONTOUR_DEGREES; d++) {
          const y = contour.centreY - radii[d]! * cos((d * Math.PI) / 180);
          include(radii[d]! * sin((d * Math.PI) / 180), y, y);
        }
      }
    } else if (shape.kind === 'swept-ellipse') {
      // PCHIP does not overshoot, so the stations hold the extremes
      for (const [, cx, cy, a, b] of shape.stations) include(Math.abs(cx!) + a!, cy! - b!, cy! + b!);
    } else if (shape.kind === 'ellipsoid') {
      const [cx, cy] = shape.centre;
      const [a, b] = shape.halfAxes;
      include(Math.abs(cx) + a, cy - b, cy + b);
    } else throw new Error(`no extent for an outline of ${shape.kind}`);
  }
  return extent;
}
