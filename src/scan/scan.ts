import type { Progress } from '../base/progress.ts';
import { assembleModel } from '../voxel/assemble.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { prepareScan, type ScanFiles } from './prepare-scan.ts';

export type { ScanFiles } from './prepare-scan.ts';

/**
 * A person's own CT, TotalSegmentator labels, or both, as the trunk that is pressed on, in the scan's own LPS millimetres.
 * @param cell_mm Edge of the solver's cells.
 * @throws InputError, one sentence, for files that cannot be read, do not belong together or show no body.
 */
export async function importScan(files: ScanFiles, cell_mm: number, progress: Progress = {}): Promise<VoxelModel> {
  return assembleModel(await prepareScan(files, cell_mm, progress));
}
