import { smoothCells } from '../mechanics/smooth-cells.ts';
import type { Solution } from '../mechanics/solution.ts';
import type { VoxelModel } from '../voxel/model.ts';
import type { PressProblem } from './mechanical-problem.ts';
import type { PressFields } from './press.ts';

/** The fields of a press at one of its states; `contact` is the pressure on the skin there (contact-reading.ts). */
export function readFields(
  solution: Solution,
  contact: Float32Array,
  press: PressProblem,
  model: VoxelModel,
): PressFields {
  const cells = solution.cells();
  return {
    ...cells,
    displacement: new Float32Array(solution.displacement),
    pressure: smoothCells(model.grid, cells.pressure, softShare(press, model)),
    contact,
  };
}

/** Soft material of each cell where it is more than half of it, else 0: rigid cells carry no meaningful pressure. */
function softShare({ problem, rigid }: PressProblem, model: VoxelModel): Float64Array {
  return Float64Array.from(problem.fill, (fill, c) => {
    const soft = 1 - rigid[c]! / Math.max(model.fill[c]!, 1e-6);
    return soft > 0.5 ? fill * soft : 0;
  });
}
