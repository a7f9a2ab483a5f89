/** What a voxel is made of, mechanically. One tissue has one row of material constants (press/materials.ts). */
export const TISSUES = [
  'skin',
  'fat_subcutaneous',
  'fat_visceral',
  'muscle_wall',
  'aponeurosis',
  'muscle_psoas',
  'muscle',
  'bowel',
  'organ',
  'kidney',
  'urinary_bladder',
  'artery',
  'vein',
  'lung',
  'gas',
  'cartilage',
  'disc',
  'neural',
  'soft_tissue',
  'bone',
] as const;
export type Tissue = (typeof TISSUES)[number];

export type Side = 'left' | 'right' | 'midline';
