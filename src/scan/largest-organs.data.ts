/**
 * The most that a label of one structure (of one side) may be: litres, and the spread of its voxels along one axis, mm (standard
 * deviation). ICRP Publication 89 (2002) gives the reference man a liver of 1.8 kg, a spleen of 0.15 kg, two kidneys of 0.31 kg, a
 * pancreas of 0.14 kg, adrenals of 14 g, a heart of 0.84 kg with its blood, a prostate of 17 g. Taken are 5 to 20 times that, since organs
 * swell far beyond it (polycystic kidneys, a spleen of 3 kg): what is larger still is no such organ, but another one's number. A spread of
 * 90 mm along one axis is a body 310 mm long.
 */
export const LARGEST: Readonly<Record<string, readonly [litres: number, spread: number]>> = {
  liver: [9, 130],
  spleen: [3.5, 90],
  kidney: [3.5, 90],
  pancreas: [0.7, 70],
  gallbladder: [0.8, 60],
  suprarenal_gland: [0.3, 50],
  stomach: [6, 120],
  duodenum: [1.2, 90],
  heart: [3, 90],
  prostate: [0.6, 50],
  urinary_bladder: [3, 90],
  abdominal_aorta: [1.5, 200],
  inferior_vena_cava: [0.8, 120],
  portal_vein: [0.5, 90],
  common_iliac_artery: [0.4, 90],
  common_iliac_vein: [0.4, 90],
  oesophagus: [0.6, 130],
  spinal_cord: [0.4, 250],
  // a lumbar vertebra of a tall man has about 0.1 l with its arch and processes
  vertebra: [0.3, 45],
  rib: [0.8, 150],
  brain: [2.5, 80],
  skull: [2.5, 100],
  common_carotid_artery: [0.1, 90],
  sacrum: [0.8, 70],
  hip_bone: [1.2, 90],
  femur: [2, 180],
  iliopsoas: [1.8, 120],
  psoas_major: [1.2, 110],
  quadratus_lumborum: [0.5, 90],
  erector_spinae: [3, 260],
  gluteus_maximus: [3.5, 110],
  gluteus_medius: [1.5, 90],
  gluteus_minimus: [0.8, 80],
};
