/**
 * The classes of TotalSegmentator (Wasserthal et al. 2023, doi 10.1148/ryai.230024; names and numbers: map_to_binary.py, Apache-2.0)
 * and what each is here.
 */
import type { Tissue } from '../voxel/model.ts';

/** Classes of task 'total', version 2, in order: class number n is entry n - 1. */
export const TOTAL_V2: readonly string[] = [
  'spleen', 'kidney_right', 'kidney_left', 'gallbladder', 'liver', 'stomach', 'pancreas', 'adrenal_gland_right',
  'adrenal_gland_left', 'lung_upper_lobe_left', 'lung_lower_lobe_left', 'lung_upper_lobe_right', 'lung_middle_lobe_right',
  'lung_lower_lobe_right', 'esophagus', 'trachea', 'thyroid_gland', 'small_bowel', 'duodenum', 'colon', 'urinary_bladder',
  'prostate', 'kidney_cyst_left', 'kidney_cyst_right', 'sacrum', 'vertebrae_S1', 'vertebrae_L5', 'vertebrae_L4',
  'vertebrae_L3', 'vertebrae_L2', 'vertebrae_L1', 'vertebrae_T12', 'vertebrae_T11', 'vertebrae_T10', 'vertebrae_T9',
  'vertebrae_T8', 'vertebrae_T7', 'vertebrae_T6', 'vertebrae_T5', 'vertebrae_T4', 'vertebrae_T3', 'vertebrae_T2',
  'vertebrae_T1', 'vertebrae_C7', 'vertebrae_C6', 'vertebrae_C5', 'vertebrae_C4', 'vertebrae_C3', 'vertebrae_C2',
  'vertebrae_C1', 'heart', 'aorta', 'pulmonary_vein', 'brachiocephalic_trunk', 'subclavian_artery_right',
  'subclavian_artery_left', 'common_carotid_artery_right', 'common_carotid_artery_left', 'brachiocephalic_vein_left',
  'brachiocephalic_vein_right', 'atrial_appendage_left', 'superior_vena_cava', 'inferior_vena_cava',
  'portal_vein_and_splenic_vein', 'iliac_artery_left', 'iliac_artery_right', 'iliac_vena_left', 'iliac_vena_right',
  'humerus_left', 'humerus_right', 'scapula_left', 'scapula_right', 'clavicula_left', 'clavicula_right', 'femur_left',
  'femur_right', 'hip_left', 'hip_right', 'spinal_cord', 'gluteus_maximus_left', 'gluteus_maximus_right',
  'gluteus_medius_left', 'gluteus_medius_right', 'gluteus_minimus_left', 'gluteus_minimus_right', 'autochthon_left',
  'autochthon_right', 'iliopsoas_left', 'iliopsoas_right', 'brain', 'skull', 'rib_left_1', 'rib_left_2', 'rib_left_3',
  'rib_left_4', 'rib_left_5', 'rib_left_6', 'rib_left_7', 'rib_left_8', 'rib_left_9', 'rib_left_10', 'rib_left_11',
  'rib_left_12', 'rib_right_1', 'rib_right_2', 'rib_right_3', 'rib_right_4', 'rib_right_5', 'rib_right_6', 'rib_right_7',
  'rib_right_8', 'rib_right_9', 'rib_right_10', 'rib_right_11', 'rib_right_12', 'sternum', 'costal_cartilages',
];

/** Structure id, tissue, colour. */
export type ClassRow = readonly [structure: string, tissue: Tissue, colour: readonly [number, number, number]];

/**
 * Class name without its side → what it is here, for classes that are no structure of the trunk's own table: chest, neck and arms,
 * muscles of task abdominal_muscles, whole tissues of task tissue_types, and the parts of the heart of version 1.
 */
export const OTHER_CLASSES: Readonly<Record<string, ClassRow>> = {
  trachea: ['trachea', 'lung', [196, 216, 226]],
  thyroid_gland: ['thyroid_gland', 'organ', [176, 120, 92]],
  heart_myocardium: ['heart', 'organ', [180, 60, 60]],
  heart_atrium: ['heart', 'organ', [180, 60, 60]],
  heart_ventricle: ['heart', 'organ', [180, 60, 60]],
  atrial_appendage: ['heart', 'organ', [180, 60, 60]],
  pulmonary_artery: ['pulmonary_artery', 'artery', [230, 20, 20]],
  pulmonary_vein: ['pulmonary_vein', 'vein', [50, 70, 200]],
  brachiocephalic_trunk: ['brachiocephalic_trunk', 'artery', [230, 20, 20]],
  subclavian_artery: ['subclavian_artery', 'artery', [230, 20, 20]],
  common_carotid_artery: ['common_carotid_artery', 'artery', [230, 20, 20]],
  brachiocephalic_vein: ['brachiocephalic_vein', 'vein', [50, 70, 200]],
  superior_vena_cava: ['superior_vena_cava', 'vein', [50, 70, 200]],
  humerus: ['humerus', 'bone', [235, 225, 200]],
  scapula: ['scapula', 'bone', [235, 225, 200]],
  clavicula: ['clavicle', 'bone', [235, 225, 200]],
  brain: ['brain', 'neural', [176, 120, 92]],
  skull: ['skull', 'bone', [235, 225, 200]],
  face: ['face', 'soft_tissue', [176, 120, 92]],
  transversospinalis: ['multifidus', 'muscle', [168, 92, 84]],
  latissimus_dorsi: ['latissimus_dorsi', 'muscle', [168, 92, 84]],
  pectoralis_major: ['pectoralis_major', 'muscle', [168, 92, 84]],
  serratus_anterior: ['serratus_anterior', 'muscle', [168, 92, 84]],
  trapezius: ['trapezius', 'muscle', [168, 92, 84]],
  vertebrae: ['vertebrae', 'bone', [240, 232, 212]],
  vertebrae_body: ['vertebrae', 'bone', [240, 232, 212]],
  intervertebral_discs: ['intervertebral_disc', 'disc', [176, 192, 196]],
  tibia: ['tibia', 'bone', [235, 225, 200]],
  fibula: ['fibula', 'bone', [235, 225, 200]],
  quadriceps_femoris: ['quadriceps_femoris', 'muscle', [168, 92, 84]],
  thigh_medial_compartment: ['adductor_muscles', 'muscle', [168, 92, 84]],
  thigh_posterior_compartment: ['hamstring_muscles', 'muscle', [168, 92, 84]],
  intermuscular_fat: ['visceral_fat', 'fat_visceral', [235, 215, 150]],
  torso_fat: ['visceral_fat', 'fat_visceral', [235, 215, 150]],
  skeletal_muscle: ['other_muscle', 'muscle', [168, 92, 84]],
};

/** Classes that stand for a whole tissue and give way to every other. */
export const WHOLE_TISSUES: readonly string[] = ['subcutaneous_fat', 'torso_fat', 'skeletal_muscle', 'intermuscular_fat'];

/** The structures that those are. */
export const WHOLE_STRUCTURES: readonly string[] = ['subcutaneous_fat', 'visceral_fat', 'other_muscle', 'fat', 'skin', 'soft_tissue'];

/** Structures of head, neck and arms, which say nothing about the outline of the trunk. */
export const NOT_TRUNK: readonly string[] = ['brain', 'skull', 'face', 'humerus', 'scapula', 'clavicle', 'thyroid_gland', 'common_carotid_artery', 'subclavian_artery'];

/** Other names in use for the same things, without side, in small letters with underscores → the name here. */
export const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  ivc: 'inferior_vena_cava', postcava: 'inferior_vena_cava', vena_cava: 'inferior_vena_cava', vena_cava_inferior: 'inferior_vena_cava',
  aorta_abdominalis: 'abdominal_aorta', bladder: 'urinary_bladder', vesica: 'urinary_bladder', gall_bladder: 'gallbladder',
  large_bowel: 'colon', bowel_large: 'colon', bowel_small: 'small_bowel', psoas: 'psoas_major', psoas_muscle: 'psoas_major',
  ilio_psoas: 'iliopsoas', iliopsoas_muscle: 'iliopsoas', erector: 'erector_spinae', autochthonous: 'autochthon',
  autochthonous_back_muscles: 'autochthon', paraspinal_muscles: 'autochthon', hipbone: 'hip', hip_bones: 'hip', os_coxae: 'hip',
  adrenal: 'adrenal_gland', suprarenal: 'adrenal_gland', iliac_vein: 'iliac_vena', clavicle: 'clavicula', thyroid: 'thyroid_gland',
  thigh_bone: 'femur', breastbone: 'sternum', gullet: 'esophagus', lungs: 'lung', kidneys: 'kidney', ribs: 'rib',
  portal_and_splenic_vein: 'portal_vein_and_splenic_vein', portal_vein_and_splenic: 'portal_vein_and_splenic_vein',
  subcutaneous_adipose_tissue: 'subcutaneous_fat', sat: 'subcutaneous_fat', visceral_adipose_tissue: 'torso_fat', vat: 'torso_fat',
  muscle: 'skeletal_muscle', muscles: 'skeletal_muscle', myocardium: 'heart_myocardium', spine: 'vertebrae', vertebra: 'vertebrae',
  gluteus_max: 'gluteus_maximus', gluteus_med: 'gluteus_medius', gluteus_min: 'gluteus_minimus', costal_cartilage: 'costal_cartilages',
  discs: 'intervertebral_discs', intervertebral_discs: 'intervertebral_discs', liver_segment: 'liver',
};
