import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import type { VoxelModel } from '../voxel/model.ts';
import type { MaterialChoice } from './materials.ts';
import { mechanicalProblem, type PressProblem } from './mechanical-problem.ts';
import type { PlacedTool } from './press.ts';
import { slidingPress } from './sliding-contents.ts';

/**
 * A trunk with a tool on it as mechanics: in one piece, or with contents that slide where the choice says so.
 * @throws InputError where contents shall slide and nothing hangs in the belly
 */
export function problemOf(model: VoxelModel, placed: PlacedTool, choice: MaterialChoice): PressProblem {
  if (choice.slide !== true) return mechanicalProblem(model, placed, choice);
  const sliding = slidingPress(model, placed, choice);
  if (sliding === undefined) throw new InputError(tell(PRESS_ERRORS, 'error.press.nothing-slides'));
  return sliding;
}
