import type { Structure } from './structures.ts';

/**
 * Every structure that a reference adult or a scan can hold, head to foot within a system.
 *
 * Codes are filled in only where they were read: SNOMED CT in TotalSegmentator's mapping table
 * (totalsegmentator_snomed_mapping.csv, Apache-2.0), UBERON and FMA in the tables of the Human Reference Atlas (muscular system
 * v1.1, 3D models v1.1) and for psoas and iliopsoas in lists of the UBERON editors; blank means not looked up, not absent.
 * Latin names follow Terminologia Anatomica 2 as remembered; they were not compared with the printed list.
 */
export const STRUCTURE_ROWS: readonly Structure[] = [
  // outer layers and wall
  { id: 'skin', label: 'skin', latin: 'cutis', tissue: 'skin', colour: [240, 205, 180], uberon: 'UBERON:0002097', source: 'reference' },
  { id: 'subcutaneous_fat', label: 'fat under the skin', latin: 'panniculus adiposus', tissue: 'fat_subcutaneous', colour: [250, 225, 120], snomed: '67769002', source: 'reference' },
  { id: 'rectus_abdominis', label: 'straight belly muscle', latin: 'musculus rectus abdominis', tissue: 'muscle_wall', colour: [185, 55, 60], group: 'abdominal_wall', uberon: 'UBERON:0002382', source: 'reference' },
  { id: 'external_oblique', label: 'outer slanting belly muscle', latin: 'musculus obliquus externus abdominis', tissue: 'muscle_wall', colour: [190, 80, 75], group: 'abdominal_wall', uberon: 'UBERON:0005442', source: 'reference' },
  { id: 'internal_oblique', label: 'inner slanting belly muscle', latin: 'musculus obliquus internus abdominis', tissue: 'muscle_wall', colour: [165, 62, 62], group: 'abdominal_wall', source: 'reference' },
  { id: 'transversus_abdominis', label: 'deepest belly muscle', latin: 'musculus transversus abdominis', tissue: 'muscle_wall', colour: [205, 105, 95], group: 'abdominal_wall', uberon: 'UBERON:0001221', source: 'reference' },
  { id: 'linea_alba', label: 'tendon seam of the belly', latin: 'linea alba', tissue: 'aponeurosis', colour: [240, 240, 240], group: 'abdominal_wall', source: 'reference' },
  { id: 'inguinal_ligament', label: 'groin ligament', latin: 'ligamentum inguinale', tissue: 'aponeurosis', colour: [250, 250, 250], source: 'reference' },

  // hip flexors
  { id: 'psoas_major', label: 'psoas muscle', latin: 'musculus psoas major', tissue: 'muscle_psoas', colour: [205, 45, 45], uberon: 'UBERON:0008450', source: 'reference' },
  { id: 'iliacus', label: 'iliacus muscle (inner hip)', latin: 'musculus iliacus', tissue: 'muscle_psoas', colour: [225, 120, 80], source: 'reference' },
  { id: 'iliopsoas', label: 'psoas and iliacus together', latin: 'musculus iliopsoas', tissue: 'muscle_psoas', colour: [205, 70, 55], totalSegmentator: ['iliopsoas_left', 'iliopsoas_right'], snomed: '68455001', uberon: 'UBERON:0001999', source: 'scan' },

  // bowel, stomach, upper abdomen
  { id: 'small_intestine', label: 'small bowel', latin: 'intestinum tenue', tissue: 'bowel', colour: [225, 160, 150], totalSegmentator: ['small_bowel'], snomed: '30315005', source: 'reference' },
  { id: 'duodenum', label: 'first part of the small bowel (duodenum)', latin: 'duodenum', tissue: 'bowel', colour: [225, 165, 120], totalSegmentator: ['duodenum'], snomed: '38848004', source: 'reference' },
  { id: 'large_intestine', label: 'large bowel', latin: 'intestinum crassum', tissue: 'bowel', colour: [190, 130, 90], group: 'large_intestine', totalSegmentator: ['colon'], snomed: '71854001', source: 'scan' },
  { id: 'caecum', label: 'start of the large bowel (caecum)', latin: 'caecum', tissue: 'bowel', colour: [190, 130, 90], group: 'large_intestine', source: 'reference' },
  { id: 'ascending_colon', label: 'large bowel, right side', latin: 'colon ascendens', tissue: 'bowel', colour: [190, 130, 90], group: 'large_intestine', source: 'reference' },
  { id: 'transverse_colon', label: 'large bowel, across', latin: 'colon transversum', tissue: 'bowel', colour: [195, 135, 95], group: 'large_intestine', source: 'reference' },
  { id: 'descending_colon', label: 'large bowel, left side', latin: 'colon descendens', tissue: 'bowel', colour: [185, 125, 85], group: 'large_intestine', source: 'reference' },
  { id: 'sigmoid_colon', label: 'large bowel, S-shaped part', latin: 'colon sigmoideum', tissue: 'bowel', colour: [180, 120, 80], group: 'large_intestine', source: 'reference' },
  { id: 'rectum', label: 'rectum', latin: 'rectum', tissue: 'bowel', colour: [170, 110, 75], group: 'large_intestine', source: 'reference' },
  { id: 'stomach', label: 'stomach', latin: 'gaster', tissue: 'bowel', colour: [205, 150, 120], totalSegmentator: ['stomach'], snomed: '69695003', source: 'reference' },
  { id: 'oesophagus', label: 'gullet', latin: 'oesophagus', tissue: 'bowel', colour: [204, 150, 130], totalSegmentator: ['esophagus'], snomed: '32849002', source: 'scan' },
  { id: 'greater_omentum', label: 'fat apron of the belly', latin: 'omentum majus', tissue: 'fat_visceral', colour: [225, 195, 110], source: 'reference' },
  { id: 'visceral_fat', label: 'fat between the organs', latin: '', tissue: 'fat_visceral', colour: [235, 215, 150], source: 'reference' },
  { id: 'liver', label: 'liver', latin: 'hepar', tissue: 'organ', colour: [125, 60, 45], totalSegmentator: ['liver'], snomed: '10200004', source: 'reference' },
  { id: 'gallbladder', label: 'gallbladder', latin: 'vesica biliaris', tissue: 'organ', colour: [80, 130, 60], totalSegmentator: ['gallbladder'], snomed: '28231008', source: 'reference' },
  { id: 'pancreas', label: 'pancreas', latin: 'pancreas', tissue: 'organ', colour: [220, 180, 110], totalSegmentator: ['pancreas'], snomed: '15776009', source: 'reference' },
  { id: 'spleen', label: 'spleen', latin: 'splen', tissue: 'organ', colour: [110, 40, 70], totalSegmentator: ['spleen'], snomed: '78961009', source: 'reference' },
  { id: 'suprarenal_gland', label: 'adrenal gland', latin: 'glandula suprarenalis', tissue: 'organ', colour: [232, 190, 110], totalSegmentator: ['adrenal_gland_left', 'adrenal_gland_right'], snomed: '23451007', source: 'scan' },
  { id: 'lung', label: 'lung', latin: 'pulmo', tissue: 'lung', colour: [40, 40, 50], totalSegmentator: ['lung_upper_lobe_left', 'lung_lower_lobe_left', 'lung_upper_lobe_right', 'lung_middle_lobe_right', 'lung_lower_lobe_right'], source: 'reference' },
  { id: 'heart', label: 'heart', latin: 'cor', tissue: 'organ', colour: [180, 60, 60], totalSegmentator: ['heart'], snomed: '80891009', source: 'scan' },

  // urinary and genital organs
  { id: 'kidney', label: 'kidney', latin: 'ren', tissue: 'kidney', colour: [150, 55, 50], totalSegmentator: ['kidney_left', 'kidney_right'], snomed: '64033007', source: 'reference' },
  { id: 'kidney_cyst', label: 'kidney cyst', latin: '', tissue: 'kidney', colour: [214, 150, 110], totalSegmentator: ['kidney_cyst_left', 'kidney_cyst_right'], snomed: '367643001', source: 'scan' },
  { id: 'ureter', label: 'kidney tube (ureter)', latin: 'ureter', tissue: 'soft_tissue', colour: [40, 160, 60], source: 'reference' },
  { id: 'urinary_bladder', label: 'bladder', latin: 'vesica urinaria', tissue: 'urinary_bladder', colour: [230, 215, 120], totalSegmentator: ['urinary_bladder'], snomed: '89837001', source: 'reference' },
  { id: 'prostate', label: 'prostate', latin: 'prostata', tissue: 'organ', colour: [200, 140, 130], totalSegmentator: ['prostate'], snomed: '41216001', source: 'reference' },
  { id: 'uterus', label: 'womb', latin: 'uterus', tissue: 'organ', colour: [215, 110, 140], source: 'reference' },
  { id: 'ovary', label: 'ovary', latin: 'ovarium', tissue: 'organ', colour: [230, 170, 180], source: 'reference' },

  // vessels
  { id: 'abdominal_aorta', label: 'main artery (aorta)', latin: 'aorta abdominalis', tissue: 'artery', colour: [230, 20, 20], totalSegmentator: ['aorta'], snomed: '15825003', source: 'reference' },
  { id: 'common_iliac_artery', label: 'common iliac artery', latin: 'arteria iliaca communis', tissue: 'artery', colour: [230, 20, 20], totalSegmentator: ['iliac_artery_left', 'iliac_artery_right'], snomed: '73634005', source: 'reference' },
  { id: 'external_iliac_artery', label: 'outer iliac artery (to the leg)', latin: 'arteria iliaca externa', tissue: 'artery', colour: [230, 20, 20], source: 'reference' },
  { id: 'internal_iliac_artery', label: 'inner iliac artery (to the pelvis)', latin: 'arteria iliaca interna', tissue: 'artery', colour: [230, 20, 20], source: 'reference' },
  { id: 'femoral_artery', label: 'leg artery', latin: 'arteria femoralis', tissue: 'artery', colour: [230, 20, 20], source: 'reference' },
  { id: 'renal_artery', label: 'kidney artery', latin: 'arteria renalis', tissue: 'artery', colour: [230, 20, 20], source: 'reference' },
  { id: 'superior_mesenteric_artery', label: 'upper bowel artery', latin: 'arteria mesenterica superior', tissue: 'artery', colour: [230, 20, 20], source: 'reference' },
  { id: 'inferior_vena_cava', label: 'main vein (lower vena cava)', latin: 'vena cava inferior', tissue: 'vein', colour: [50, 70, 200], totalSegmentator: ['inferior_vena_cava'], snomed: '64131007', source: 'reference' },
  { id: 'common_iliac_vein', label: 'common iliac vein', latin: 'vena iliaca communis', tissue: 'vein', colour: [50, 70, 200], totalSegmentator: ['iliac_vena_left', 'iliac_vena_right'], snomed: '46027005', source: 'reference' },
  { id: 'external_iliac_vein', label: 'outer iliac vein (from the leg)', latin: 'vena iliaca externa', tissue: 'vein', colour: [50, 70, 200], source: 'reference' },
  { id: 'internal_iliac_vein', label: 'inner iliac vein (from the pelvis)', latin: 'vena iliaca interna', tissue: 'vein', colour: [50, 70, 200], source: 'reference' },
  { id: 'femoral_vein', label: 'leg vein', latin: 'vena femoralis', tissue: 'vein', colour: [50, 70, 200], source: 'reference' },
  { id: 'renal_vein', label: 'kidney vein', latin: 'vena renalis', tissue: 'vein', colour: [50, 70, 200], source: 'reference' },
  { id: 'portal_vein', label: 'portal and splenic vein', latin: 'vena portae hepatis', tissue: 'vein', colour: [92, 120, 196], totalSegmentator: ['portal_vein_and_splenic_vein'], snomed: '110765007', source: 'scan' },

  // nerves
  { id: 'lateral_femoral_cutaneous_nerve', label: 'skin nerve of the outer thigh', latin: 'nervus cutaneus femoris lateralis', tissue: 'neural', colour: [255, 255, 60], source: 'reference' },
  { id: 'genitofemoral_nerve', label: 'genitofemoral nerve (groin)', latin: 'nervus genitofemoralis', tissue: 'neural', colour: [255, 255, 60], source: 'reference' },
  { id: 'femoral_nerve', label: 'thigh nerve (femoral nerve)', latin: 'nervus femoralis', tissue: 'neural', colour: [255, 255, 60], source: 'reference' },
  { id: 'obturator_nerve', label: 'obturator nerve (inner thigh)', latin: 'nervus obturatorius', tissue: 'neural', colour: [255, 255, 60], source: 'reference' },
  { id: 'iliohypogastric_nerve', label: 'iliohypogastric nerve (lower belly)', latin: 'nervus iliohypogastricus', tissue: 'neural', colour: [255, 255, 60], source: 'reference' },
  { id: 'ilioinguinal_nerve', label: 'ilioinguinal nerve (groin)', latin: 'nervus ilioinguinalis', tissue: 'neural', colour: [255, 255, 60], source: 'reference' },
  { id: 'dural_sac', label: 'nerve sac of the spine', latin: 'saccus durae matris', tissue: 'neural', colour: [240, 240, 150], source: 'reference' },
  { id: 'spinal_cord', label: 'spinal cord', latin: 'medulla spinalis', tissue: 'neural', colour: [240, 224, 120], totalSegmentator: ['spinal_cord'], snomed: '2748008', source: 'scan' },

  // muscles of back, buttock and thigh
  { id: 'quadratus_lumborum', label: 'square loin muscle', latin: 'musculus quadratus lumborum', tissue: 'muscle', colour: [215, 110, 70], fma: 'FMA:15569', source: 'reference' },
  { id: 'erector_spinae', label: 'long back muscles', latin: 'musculus erector spinae', tissue: 'muscle', colour: [160, 70, 60], totalSegmentator: ['autochthon_left', 'autochthon_right'], snomed: '244849004', source: 'reference' },
  { id: 'multifidus', label: 'deep back muscle', latin: 'musculi multifidi', tissue: 'muscle', colour: [185, 90, 65], source: 'reference' },
  { id: 'gluteus_maximus', label: 'large buttock muscle', latin: 'musculus gluteus maximus', tissue: 'muscle', colour: [180, 85, 70], totalSegmentator: ['gluteus_maximus_left', 'gluteus_maximus_right'], snomed: '181674001', source: 'reference' },
  { id: 'gluteus_medius_and_minimus', label: 'middle and small buttock muscles', latin: 'musculi gluteus medius et minimus', tissue: 'muscle', colour: [195, 100, 82], source: 'reference' },
  { id: 'gluteus_medius', label: 'middle buttock muscle', latin: 'musculus gluteus medius', tissue: 'muscle', colour: [195, 100, 82], totalSegmentator: ['gluteus_medius_left', 'gluteus_medius_right'], snomed: '78333006', source: 'scan' },
  { id: 'gluteus_minimus', label: 'small buttock muscle', latin: 'musculus gluteus minimus', tissue: 'muscle', colour: [200, 108, 90], totalSegmentator: ['gluteus_minimus_left', 'gluteus_minimus_right'], snomed: '75297007', source: 'scan' },
  { id: 'piriformis', label: 'piriformis muscle', latin: 'musculus piriformis', tissue: 'muscle', colour: [205, 120, 95], source: 'reference' },
  { id: 'obturator_internus', label: 'inner obturator muscle', latin: 'musculus obturatorius internus', tissue: 'muscle', colour: [190, 110, 100], source: 'reference' },
  { id: 'sartorius', label: 'tailor muscle', latin: 'musculus sartorius', tissue: 'muscle', colour: [200, 95, 90], source: 'reference' },
  { id: 'tensor_fasciae_latae', label: 'outer hip muscle', latin: 'musculus tensor fasciae latae', tissue: 'muscle', colour: [205, 110, 100], source: 'reference' },
  { id: 'rectus_femoris', label: 'straight thigh muscle', latin: 'musculus rectus femoris', tissue: 'muscle', colour: [175, 75, 75], source: 'reference' },
  { id: 'pectineus', label: 'pectineus muscle (groin)', latin: 'musculus pectineus', tissue: 'muscle', colour: [195, 85, 95], source: 'reference' },
  { id: 'other_muscle', label: 'other muscle', latin: '', tissue: 'muscle', colour: [170, 90, 80], source: 'reference' },

  // bones, discs, cartilage
  { id: 'vertebra_t10', label: 'vertebra T10', latin: 'vertebra thoracica X', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_T10'], snomed: '7610001', source: 'reference' },
  { id: 'vertebra_t11', label: 'vertebra T11', latin: 'vertebra thoracica XI', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_T11'], snomed: '12989004', source: 'reference' },
  { id: 'vertebra_t12', label: 'vertebra T12', latin: 'vertebra thoracica XII', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_T12'], snomed: '23215003', source: 'reference' },
  { id: 'vertebra_l1', label: 'vertebra L1', latin: 'vertebra lumbalis I', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_L1'], snomed: '66794005', source: 'reference' },
  { id: 'vertebra_l2', label: 'vertebra L2', latin: 'vertebra lumbalis II', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_L2'], snomed: '14293000', source: 'reference' },
  { id: 'vertebra_l3', label: 'vertebra L3', latin: 'vertebra lumbalis III', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_L3'], snomed: '36470004', source: 'reference' },
  { id: 'vertebra_l4', label: 'vertebra L4', latin: 'vertebra lumbalis IV', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_L4'], snomed: '11994002', source: 'reference' },
  { id: 'vertebra_l5', label: 'vertebra L5', latin: 'vertebra lumbalis V', tissue: 'bone', colour: [240, 232, 212], totalSegmentator: ['vertebrae_L5'], snomed: '49668003', source: 'reference' },
  { id: 'intervertebral_disc', label: 'disc between vertebrae', latin: 'discus intervertebralis', tissue: 'disc', colour: [140, 170, 195], source: 'reference' },
  { id: 'sacrum', label: 'sacrum', latin: 'os sacrum', tissue: 'bone', colour: [225, 215, 190], totalSegmentator: ['sacrum', 'vertebrae_S1'], snomed: '54735007', source: 'reference' },
  { id: 'coccyx', label: 'tailbone', latin: 'os coccygis', tissue: 'bone', colour: [225, 215, 190], source: 'reference' },
  { id: 'hip_bone', label: 'hip bone', latin: 'os coxae', tissue: 'bone', colour: [235, 225, 200], totalSegmentator: ['hip_left', 'hip_right'], source: 'reference' },
  { id: 'pubic_symphysis', label: 'pubic joint', latin: 'symphysis pubica', tissue: 'cartilage', colour: [150, 180, 190], source: 'reference' },
  { id: 'hip_joint_cartilage', label: 'hip joint cartilage', latin: '', tissue: 'cartilage', colour: [150, 180, 190], source: 'reference' },
  { id: 'femur', label: 'thigh bone', latin: 'femur', tissue: 'bone', colour: [230, 220, 195], totalSegmentator: ['femur_left', 'femur_right'], snomed: '71341001', source: 'reference' },
  { id: 'rib', label: 'rib', latin: 'costa', tissue: 'bone', colour: [235, 228, 205], totalSegmentator: ['rib_left_1', 'rib_left_2', 'rib_left_3', 'rib_left_4', 'rib_left_5', 'rib_left_6', 'rib_left_7', 'rib_left_8', 'rib_left_9', 'rib_left_10', 'rib_left_11', 'rib_left_12', 'rib_right_1', 'rib_right_2', 'rib_right_3', 'rib_right_4', 'rib_right_5', 'rib_right_6', 'rib_right_7', 'rib_right_8', 'rib_right_9', 'rib_right_10', 'rib_right_11', 'rib_right_12'], snomed: '113197003', source: 'reference' },
  { id: 'costal_cartilage', label: 'rib cartilage', latin: 'cartilago costalis', tissue: 'cartilage', colour: [160, 190, 195], totalSegmentator: ['costal_cartilages'], snomed: '50016007', source: 'reference' },
  { id: 'sternum', label: 'breastbone', latin: 'sternum', tissue: 'bone', colour: [235, 228, 205], totalSegmentator: ['sternum'], snomed: '56873002', source: 'scan' },
];
