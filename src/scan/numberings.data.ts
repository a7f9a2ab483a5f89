/**
 * Ways in which label volumes are numbered: TotalSegmentator (Wasserthal et al. 2023, doi 10.1148/ryai.230024) counts the classes of
 * every task from 1, and the lists changed between its versions. Names and numbers: its map_to_binary.py, Apache-2.0.
 */
import { TOTAL_V2 } from './totalsegmentator.data.ts';

/** One numbering: class number n is entry n - 1; '' is a number that it does not use. */
export interface Numbering {
  /** What --label-table calls it. */
  readonly id: string;
  /** What a sentence calls it. */
  readonly label: string;
  readonly classes: readonly string[];
}

const pair = (...names: readonly string[]): string[] => names.flatMap((name) => [`${name}_left`, `${name}_right`]);
const riap = (...names: readonly string[]): string[] => names.flatMap((name) => [`${name}_right`, `${name}_left`]);
const spine = (...levels: readonly string[]): string[] => levels.map((level) => `vertebrae_${level}`);
const down = (letter: string, from: number): string[] => Array.from({ length: from }, (_, n) => `${letter}${from - n}`);
const WHOLE_SPINE = spine(...down('L', 5), ...down('T', 12), ...down('C', 7));
const ribs = (side: string): string[] => Array.from({ length: 12 }, (_, n) => `rib_${side}_${n + 1}`);

const TOTAL_V1 = [
  'spleen', 'kidney_right', 'kidney_left', 'gallbladder', 'liver', 'stomach', 'aorta', 'inferior_vena_cava',
  'portal_vein_and_splenic_vein', 'pancreas', 'adrenal_gland_right', 'adrenal_gland_left', 'lung_upper_lobe_left',
  'lung_lower_lobe_left', 'lung_upper_lobe_right', 'lung_middle_lobe_right', 'lung_lower_lobe_right', ...WHOLE_SPINE, 'esophagus',
  'trachea', 'heart_myocardium', 'heart_atrium_left', 'heart_ventricle_left', 'heart_atrium_right', 'heart_ventricle_right',
  'pulmonary_artery', 'brain', ...pair('iliac_artery', 'iliac_vena'), 'small_bowel', 'duodenum', 'colon', ...ribs('left'),
  ...ribs('right'), ...pair('humerus', 'scapula', 'clavicula', 'femur', 'hip'), 'sacrum', 'face',
  ...pair('gluteus_maximus', 'gluteus_medius', 'gluteus_minimus', 'autochthon', 'iliopsoas'), 'urinary_bladder',
];

/** The first 29 classes of task total_mr in all its versions. */
const MR_ORGANS = [
  'spleen', 'kidney_right', 'kidney_left', 'gallbladder', 'liver', 'stomach', 'pancreas', 'adrenal_gland_right',
  'adrenal_gland_left', 'lung_left', 'lung_right', 'esophagus', 'small_bowel', 'duodenum', 'colon', 'urinary_bladder', 'prostate',
  'sacrum', 'vertebrae', 'intervertebral_discs', 'spinal_cord', 'heart', 'aorta', 'inferior_vena_cava',
  'portal_vein_and_splenic_vein', ...pair('iliac_artery', 'iliac_vena'),
];

/** The numbering that a label volume without a table is read by unless anatomy contradicts. */
export const USUAL: Numbering = { id: 'total', label: 'TotalSegmentator’s task total, version 2', classes: TOTAL_V2 };

export const NUMBERINGS: readonly Numbering[] = [
  USUAL,
  { id: 'total_v1', label: 'TotalSegmentator’s task total, version 1', classes: TOTAL_V1 },
  {
    id: 'total_mr',
    label: 'TotalSegmentator’s task total_mr',
    classes: [
      ...MR_ORGANS,
      ...pair('humerus', 'scapula', 'clavicula', 'femur', 'hip', 'gluteus_maximus', 'gluteus_medius', 'gluteus_minimus'),
      ...pair('autochthon', 'iliopsoas'),
      'brain',
    ],
  },
  {
    id: 'total_mr_56',
    label: 'TotalSegmentator’s task total_mr before version 2.5',
    classes: [
      ...MR_ORGANS,
      ...pair('humerus'),
      'fibula',
      'tibia',
      ...pair('femur', 'hip', 'gluteus_maximus', 'gluteus_medius', 'gluteus_minimus', 'autochthon', 'iliopsoas'),
      ...pair('quadriceps_femoris', 'thigh_medial_compartment', 'thigh_posterior_compartment', 'sartorius'),
      'brain',
    ],
  },
  {
    id: 'tissue_types',
    label: 'TotalSegmentator’s task tissue_types',
    classes: ['subcutaneous_fat', 'torso_fat', 'skeletal_muscle', 'intermuscular_fat'],
  },
  {
    id: 'abdominal_muscles',
    label: 'TotalSegmentator’s task abdominal_muscles',
    classes: [
      ...riap('pectoralis_major', 'rectus_abdominis', 'serratus_anterior', 'latissimus_dorsi', 'trapezius', 'external_oblique'),
      ...riap('internal_oblique', 'erector_spinae', 'transversospinalis', 'psoas_major', 'quadratus_lumborum'),
    ],
  },
  { id: 'vertebrae_mr', label: 'TotalSegmentator’s task vertebrae_mr', classes: ['sacrum', ...WHOLE_SPINE] },
  {
    id: 'vertebrae_body',
    label: 'TotalSegmentator’s task vertebrae_body',
    classes: ['vertebrae_body', 'intervertebral_discs'],
  },
  { id: 'body', label: 'TotalSegmentator’s task body', classes: ['body_trunc', 'body_extremities'] },
  {
    id: 'thigh_shoulder_muscles',
    label: 'TotalSegmentator’s task thigh_shoulder_muscles',
    classes: [
      ...pair('quadriceps_femoris', 'thigh_medial_compartment', 'thigh_posterior_compartment', 'sartorius'),
      ...['deltoid', 'supraspinatus', 'infraspinatus', 'subscapularis', 'coracobrachial', 'trapezius', 'pectoralis_minor'],
      ...['serratus_anterior', 'teres_major', 'triceps_brachii'],
    ],
  },
  {
    id: 'heartchambers_highres',
    label: 'TotalSegmentator’s task heartchambers_highres',
    classes: [
      ...['heart_myocardium', 'heart_atrium_left', 'heart_ventricle_left', 'heart_atrium_right', 'heart_ventricle_right'],
      ...['aorta', 'pulmonary_artery'],
    ],
  },
  {
    id: 'liver_segments',
    label: 'TotalSegmentator’s task liver_segments',
    classes: Array.from({ length: 8 }, (_, n) => `liver_segment_${n + 1}`),
  },
];
