/** What is wrong with the cells of a body, English. */
export const VOXEL_ERRORS = {
  'error.voxel.empty': 'the label volume is empty: no voxel belongs to a body.',
  'error.voxel.unfit': 'cells of {cell} mm do not fit voxels of {voxel} mm: the cell must be a whole multiple of the voxel.',
  'error.voxel.cell': 'cell_mm {cell} is not possible: give a cell size between {least} and {most} mm.',
} as const;
