import type { Structure } from './structures.ts';

/**
 * Every structure that a reference adult or a scan can hold, head to foot within a system.
 *
 * Codes are filled in only where they were read. SNOMED CT: TotalSegmentator's mapping table (totalsegmentator_snomed_mapping.csv,
 * Apache-2.0). UBERON: the file that its editors keep (uberon-edit.obo), the Human Reference Atlas (muscular system v1.1, 3D models
 * v1.1), and public tables drawn from the Ontology Lookup Service. FMA: the parts list of BodyParts3D, UBERON's own cross-references,
 * which agree with it wherever both were read, and for nerves of the lumbar plexus the Human Reference Atlas (peripheral nervous system v1.1). UBERON has a
 * psoas muscle (0008450), which is major and minor together, and a psoas major (0001298), which is meant here.
 *
 * Terminologia Anatomica: numbers of its first edition (1998), read in a public transcription (github.com/MarioAndF/Hominum, one file a
 * chapter), whose Latin names agree with those given here but for the abdominal aorta (there pars abdominalis aortae) and the renal veins
 * (there plural). Of the second edition no copy could be opened: its numbers are not given, and what differs in its names is from memory.
 * Not looked up: lung, heart, prostate, spinal cord, joints, discs, ribs and tailbone; a single vertebra's number was not met with.
 *
 * Blank in FMA and UBERON: wholes of our own that no list has (Latin name ''); rectus sheath, omentum, fat under the skin, erector spinae,
 * hamstrings and portal with splenic vein, of which no entry of the same extent was read; the outer thigh nerve, which was found in
 * neither.
 */
export const STRUCTURE_ROWS: readonly Structure[] = [
  // outer layers and wall
  { id: 'skin', label: 'skin', latin: 'cutis', tissue: 'skin', colour: [246, 216, 194], uberon: 'UBERON:0002097', fma: 'FMA:7163', ta98: 'A16.0.00.002', source: 'reference' },
  { id: 'subcutaneous_fat', label: 'fat under the skin', latin: 'panniculus adiposus', tissue: 'fat_subcutaneous', colour: [241, 223, 176], snomed: '67769002', ta98: 'A16.0.03.002', source: 'reference' },
  { id: 'rectus_abdominis', label: 'rectus abdominis (six-pack muscle)', latin: 'musculus rectus abdominis', tissue: 'muscle_wall', colour: [172, 84, 76], group: 'abdominal_wall', uberon: 'UBERON:0002382', fma: 'FMA:9628', ta98: 'A04.5.01.001', source: 'reference' },
  { id: 'rectus_sheath', label: 'rectus sheath', latin: 'vagina musculi recti abdominis', tissue: 'muscle_wall', colour: [232, 222, 210], group: 'abdominal_wall', ta98: 'A04.5.01.003', source: 'reference' },
  { id: 'external_oblique', label: 'external oblique', latin: 'musculus obliquus externus abdominis', tissue: 'muscle_wall', colour: [182, 98, 88], group: 'abdominal_wall', uberon: 'UBERON:0005442', fma: 'FMA:13335', ta98: 'A04.5.01.008', source: 'reference' },
  { id: 'internal_oblique', label: 'internal oblique', latin: 'musculus obliquus internus abdominis', tissue: 'muscle_wall', colour: [162, 84, 76], group: 'abdominal_wall', uberon: 'UBERON:0005454', fma: 'FMA:13891', ta98: 'A04.5.01.017', source: 'reference' },
  { id: 'transversus_abdominis', label: 'transversus abdominis (deepest belly muscle)', latin: 'musculus transversus abdominis', tissue: 'muscle_wall', colour: [190, 116, 104], group: 'abdominal_wall', uberon: 'UBERON:0001221', fma: 'FMA:15570', ta98: 'A04.5.01.019', source: 'reference' },
  { id: 'linea_alba', label: 'linea alba (midline tendon)', latin: 'linea alba', tissue: 'aponeurosis', colour: [233, 227, 213], group: 'abdominal_wall', fma: 'FMA:11336', ta98: 'A04.5.01.022', source: 'reference' },
  { id: 'inguinal_ligament', label: 'inguinal ligament (groin)', latin: 'ligamentum inguinale', tissue: 'aponeurosis', colour: [238, 233, 220], fma: 'FMA:19855', ta98: 'A04.5.01.009', source: 'reference' },

  // hip flexors
  { id: 'psoas_major', label: 'psoas muscle', latin: 'musculus psoas major', tissue: 'muscle_psoas', colour: [184, 72, 64], uberon: 'UBERON:0001298', fma: 'FMA:18060', ta98: 'A04.7.02.004', source: 'reference', role: 'target' },
  { id: 'iliacus', label: 'iliacus muscle (inner hip)', latin: 'musculus iliacus', tissue: 'muscle_psoas', colour: [196, 112, 90], fma: 'FMA:22310', uberon: 'UBERON:0001369', ta98: 'A04.7.02.003', source: 'reference', role: 'target' },
  { id: 'iliopsoas', label: 'psoas and iliacus together', latin: 'musculus iliopsoas', tissue: 'muscle_psoas', colour: [190, 72, 62], totalSegmentator: ['iliopsoas_left', 'iliopsoas_right'], snomed: '68455001', uberon: 'UBERON:0001999', fma: 'FMA:64918', ta98: 'A04.7.02.002', source: 'scan', role: 'target', standsFor: 'psoas_major' },

  // bowel, stomach, upper abdomen
  { id: 'small_intestine', label: 'small bowel', latin: 'intestinum tenue', tissue: 'bowel', colour: [226, 168, 154], totalSegmentator: ['small_bowel'], snomed: '30315005', uberon: 'UBERON:0002108', fma: 'FMA:7200', ta98: 'A05.6.01.001', source: 'reference', loose: true },
  { id: 'duodenum', label: 'duodenum (start of the small bowel)', latin: 'duodenum', tissue: 'bowel', colour: [222, 172, 142], totalSegmentator: ['duodenum'], snomed: '38848004', uberon: 'UBERON:0002114', fma: 'FMA:7206', ta98: 'A05.6.02.001', source: 'reference' },
  { id: 'large_intestine', label: 'large bowel', latin: 'intestinum crassum', tissue: 'bowel', colour: [196, 148, 114], group: 'large_intestine', totalSegmentator: ['colon'], snomed: '71854001', uberon: 'UBERON:0000059', fma: 'FMA:7201', ta98: 'A05.7.01.001', source: 'scan', loose: true },
  { id: 'caecum', label: 'caecum (start of the large bowel)', latin: 'caecum', tissue: 'bowel', colour: [194, 144, 110], group: 'large_intestine', uberon: 'UBERON:0001153', fma: 'FMA:14541', ta98: 'A05.7.02.001', source: 'reference', loose: true },
  { id: 'ascending_colon', label: 'ascending colon (large bowel)', latin: 'colon ascendens', tissue: 'bowel', colour: [196, 148, 114], group: 'large_intestine', uberon: 'UBERON:0001156', fma: 'FMA:14545', ta98: 'A05.7.03.002', source: 'reference', namesSide: true },
  { id: 'transverse_colon', label: 'transverse colon (large bowel)', latin: 'colon transversum', tissue: 'bowel', colour: [202, 154, 120], group: 'large_intestine', uberon: 'UBERON:0001157', fma: 'FMA:14546', ta98: 'A05.7.03.004', source: 'reference', loose: true },
  { id: 'descending_colon', label: 'descending colon (large bowel)', latin: 'colon descendens', tissue: 'bowel', colour: [192, 142, 108], group: 'large_intestine', uberon: 'UBERON:0001158', fma: 'FMA:14547', ta98: 'A05.7.03.006', source: 'reference', namesSide: true },
  { id: 'sigmoid_colon', label: 'sigmoid colon (large bowel)', latin: 'colon sigmoideum', tissue: 'bowel', colour: [186, 134, 102], group: 'large_intestine', uberon: 'UBERON:0001159', fma: 'FMA:14548', ta98: 'A05.7.03.007', source: 'reference', loose: true },
  { id: 'rectum', label: 'rectum', latin: 'rectum', tissue: 'bowel', colour: [178, 124, 96], group: 'large_intestine', uberon: 'UBERON:0001052', fma: 'FMA:14544', ta98: 'A05.7.04.001', source: 'reference' },
  { id: 'stomach', label: 'stomach', latin: 'gaster', tissue: 'bowel', colour: [208, 158, 138], totalSegmentator: ['stomach'], snomed: '69695003', uberon: 'UBERON:0000945', fma: 'FMA:7148', ta98: 'A05.5.01.001', source: 'reference', loose: true },
  { id: 'oesophagus', label: 'oesophagus (gullet)', latin: 'oesophagus', tissue: 'bowel', colour: [204, 154, 138], totalSegmentator: ['esophagus'], snomed: '32849002', uberon: 'UBERON:0001043', fma: 'FMA:7131', ta98: 'A05.4.01.001', source: 'scan' },
  { id: 'greater_omentum', label: 'omentum (fatty apron)', latin: 'omentum majus', tissue: 'fat_visceral', colour: [231, 205, 142], ta98: 'A10.1.02.201', source: 'reference', loose: true },
  { id: 'visceral_fat', label: 'fat around the organs', latin: '', tissue: 'fat_visceral', colour: [238, 217, 164], source: 'reference', loose: true },
  { id: 'liver', label: 'liver', latin: 'hepar', tissue: 'organ', colour: [134, 72, 60], totalSegmentator: ['liver'], snomed: '10200004', uberon: 'UBERON:0002107', fma: 'FMA:7197', ta98: 'A05.8.01.001', source: 'reference' },
  { id: 'gallbladder', label: 'gallbladder', latin: 'vesica biliaris', tissue: 'organ', colour: [100, 130, 84], totalSegmentator: ['gallbladder'], snomed: '28231008', uberon: 'UBERON:0002110', fma: 'FMA:7202', ta98: 'A05.8.02.001', source: 'reference' },
  { id: 'pancreas', label: 'pancreas', latin: 'pancreas', tissue: 'organ', colour: [222, 188, 134], totalSegmentator: ['pancreas'], snomed: '15776009', uberon: 'UBERON:0001264', fma: 'FMA:7198', ta98: 'A05.9.01.001', source: 'reference' },
  { id: 'spleen', label: 'spleen', latin: 'splen', tissue: 'organ', colour: [118, 60, 78], totalSegmentator: ['spleen'], snomed: '78961009', uberon: 'UBERON:0002106', fma: 'FMA:7196', ta98: 'A13.2.01.001', source: 'reference' },
  { id: 'suprarenal_gland', label: 'adrenal gland', latin: 'glandula suprarenalis', tissue: 'organ', colour: [226, 190, 124], totalSegmentator: ['adrenal_gland_left', 'adrenal_gland_right'], snomed: '23451007', uberon: 'UBERON:0002369', fma: 'FMA:9604', ta98: 'A11.5.00.001', source: 'scan' },
  { id: 'lung', label: 'lung', latin: 'pulmo', tissue: 'lung', colour: [204, 172, 170], totalSegmentator: ['lung_upper_lobe_left', 'lung_lower_lobe_left', 'lung_upper_lobe_right', 'lung_middle_lobe_right', 'lung_lower_lobe_right'], uberon: 'UBERON:0002048', fma: 'FMA:7195', source: 'reference' },
  { id: 'heart', label: 'heart', latin: 'cor', tissue: 'organ', colour: [172, 70, 66], totalSegmentator: ['heart'], snomed: '80891009', uberon: 'UBERON:0000948', fma: 'FMA:7088', source: 'scan' },

  // urinary and genital organs
  { id: 'kidney', label: 'kidney', latin: 'ren', tissue: 'kidney', colour: [148, 78, 68], totalSegmentator: ['kidney_left', 'kidney_right'], snomed: '64033007', uberon: 'UBERON:0002113', fma: 'FMA:7203', ta98: 'A08.1.01.001', source: 'reference' },
  { id: 'kidney_cyst', label: 'kidney cyst', latin: '', tissue: 'kidney', colour: [206, 156, 124], totalSegmentator: ['kidney_cyst_left', 'kidney_cyst_right'], snomed: '367643001', source: 'scan' },
  { id: 'ureter', label: 'ureter', latin: 'ureter', tissue: 'soft_tissue', colour: [112, 150, 96], uberon: 'UBERON:0000056', fma: 'FMA:9704', ta98: 'A08.2.01.001', source: 'reference' },
  { id: 'urinary_bladder', label: 'bladder', latin: 'vesica urinaria', tissue: 'urinary_bladder', colour: [226, 204, 150], totalSegmentator: ['urinary_bladder'], snomed: '89837001', uberon: 'UBERON:0001255', fma: 'FMA:15900', ta98: 'A08.3.01.001', source: 'reference' },
  { id: 'prostate', label: 'prostate', latin: 'prostata', tissue: 'organ', colour: [200, 146, 136], totalSegmentator: ['prostate'], snomed: '41216001', uberon: 'UBERON:0002367', fma: 'FMA:9600', source: 'reference' },
  { id: 'uterus', label: 'womb', latin: 'uterus', tissue: 'organ', colour: [206, 128, 140], uberon: 'UBERON:0000995', ta98: 'A09.1.03.001', source: 'reference' },
  { id: 'ovary', label: 'ovary', latin: 'ovarium', tissue: 'organ', colour: [228, 186, 182], uberon: 'UBERON:0000992', ta98: 'A09.1.01.001', source: 'reference' },

  // vessels
  { id: 'abdominal_aorta', label: 'aorta (main artery)', latin: 'aorta abdominalis', tissue: 'artery', colour: [198, 58, 50], totalSegmentator: ['aorta'], snomed: '15825003', uberon: 'UBERON:0001516', ta98: 'A12.2.12.001', source: 'reference' },
  { id: 'common_iliac_artery', label: 'common iliac artery', latin: 'arteria iliaca communis', tissue: 'artery', colour: [200, 62, 54], totalSegmentator: ['iliac_artery_left', 'iliac_artery_right'], snomed: '73634005', uberon: 'UBERON:0001191', fma: 'FMA:14764', ta98: 'A12.2.14.001', source: 'reference' },
  { id: 'external_iliac_artery', label: 'external iliac artery (to the leg)', latin: 'arteria iliaca externa', tissue: 'artery', colour: [202, 66, 58], uberon: 'UBERON:0001308', fma: 'FMA:18805', ta98: 'A12.2.16.002', source: 'reference' },
  { id: 'internal_iliac_artery', label: 'internal iliac artery (to the pelvis)', latin: 'arteria iliaca interna', tissue: 'artery', colour: [198, 64, 58], uberon: 'UBERON:0001309', fma: 'FMA:18808', ta98: 'A12.2.15.001', source: 'reference' },
  { id: 'femoral_artery', label: 'femoral artery (leg)', latin: 'arteria femoralis', tissue: 'artery', colour: [202, 66, 58], uberon: 'UBERON:0002060', fma: 'FMA:70248', ta98: 'A12.2.16.010', source: 'reference' },
  { id: 'renal_artery', label: 'renal artery (kidney)', latin: 'arteria renalis', tissue: 'artery', colour: [200, 64, 56], uberon: 'UBERON:0001184', fma: 'FMA:14751', ta98: 'A12.2.12.075', source: 'reference' },
  { id: 'superior_mesenteric_artery', label: 'superior mesenteric artery (bowel)', latin: 'arteria mesenterica superior', tissue: 'artery', colour: [202, 68, 60], uberon: 'UBERON:0001182', fma: 'FMA:14749', ta98: 'A12.2.12.053', source: 'reference' },
  { id: 'inferior_vena_cava', label: 'vena cava (main vein)', latin: 'vena cava inferior', tissue: 'vein', colour: [66, 88, 156], totalSegmentator: ['inferior_vena_cava'], snomed: '64131007', uberon: 'UBERON:0001072', fma: 'FMA:10951', ta98: 'A12.3.09.001', source: 'reference' },
  { id: 'common_iliac_vein', label: 'common iliac vein', latin: 'vena iliaca communis', tissue: 'vein', colour: [70, 92, 160], totalSegmentator: ['iliac_vena_left', 'iliac_vena_right'], snomed: '46027005', uberon: 'UBERON:0001139', fma: 'FMA:14333', ta98: 'A12.3.10.001', source: 'reference' },
  { id: 'external_iliac_vein', label: 'external iliac vein (from the leg)', latin: 'vena iliaca externa', tissue: 'vein', colour: [74, 96, 162], uberon: 'UBERON:0001316', fma: 'FMA:18883', ta98: 'A12.3.10.024', source: 'reference' },
  { id: 'internal_iliac_vein', label: 'internal iliac vein (from the pelvis)', latin: 'vena iliaca interna', tissue: 'vein', colour: [72, 94, 158], uberon: 'UBERON:0001317', fma: 'FMA:18884', ta98: 'A12.3.10.004', source: 'reference' },
  { id: 'femoral_vein', label: 'femoral vein (leg)', latin: 'vena femoralis', tissue: 'vein', colour: [74, 96, 162], uberon: 'UBERON:0001361', fma: 'FMA:21185', ta98: 'A12.3.11.023', source: 'reference' },
  { id: 'renal_vein', label: 'renal vein (kidney)', latin: 'vena renalis', tissue: 'vein', colour: [72, 94, 160], uberon: 'UBERON:0001140', fma: 'FMA:14334', ta98: 'A12.3.09.009', source: 'reference' },
  { id: 'portal_vein', label: 'portal and splenic vein', latin: 'vena portae hepatis', tissue: 'vein', colour: [104, 122, 172], totalSegmentator: ['portal_vein_and_splenic_vein'], snomed: '110765007', source: 'scan' },

  // nerves
  { id: 'lateral_femoral_cutaneous_nerve', label: 'outer thigh nerve (LFCN)', latin: 'nervus cutaneus femoris lateralis', tissue: 'neural', colour: [240, 206, 70], ta98: 'A14.2.07.011', source: 'reference' },
  { id: 'genitofemoral_nerve', label: 'genitofemoral nerve (groin)', latin: 'nervus genitofemoralis', tissue: 'neural', colour: [240, 206, 70], fma: 'FMA:16484', ta98: 'A14.2.07.008', source: 'reference' },
  { id: 'genitofemoral_nerve_femoral_branch', label: 'genitofemoral nerve (thigh branch)', latin: 'ramus femoralis nervi genitofemoralis', tissue: 'neural', colour: [240, 206, 70], fma: 'FMA:16496', ta98: 'A14.2.07.010', source: 'reference' },
  { id: 'femoral_nerve', label: 'femoral nerve', latin: 'nervus femoralis', tissue: 'neural', colour: [236, 200, 66], uberon: 'UBERON:0001267', fma: 'FMA:16486', ta98: 'A14.2.07.020', source: 'reference' },
  { id: 'obturator_nerve', label: 'obturator nerve (inner thigh)', latin: 'nervus obturatorius', tissue: 'neural', colour: [238, 204, 74], uberon: 'UBERON:0005465', fma: 'FMA:16487', ta98: 'A14.2.07.012', source: 'reference' },
  { id: 'iliohypogastric_nerve', label: 'iliohypogastric nerve (lower belly)', latin: 'nervus iliohypogastricus', tissue: 'neural', colour: [240, 210, 92], fma: 'FMA:16482', ta98: 'A14.2.07.003', source: 'reference' },
  { id: 'ilioinguinal_nerve', label: 'ilioinguinal nerve (groin)', latin: 'nervus ilioinguinalis', tissue: 'neural', colour: [240, 210, 92], fma: 'FMA:16483', ta98: 'A14.2.07.006', source: 'reference' },
  { id: 'dural_sac', label: 'dural sac (spine)', latin: '', tissue: 'neural', colour: [232, 216, 150], source: 'reference' },
  { id: 'spinal_cord', label: 'spinal cord', latin: 'medulla spinalis', tissue: 'neural', colour: [234, 220, 150], totalSegmentator: ['spinal_cord'], snomed: '2748008', uberon: 'UBERON:0002240', fma: 'FMA:7647', source: 'scan' },

  // muscles of back, buttock and thigh
  { id: 'quadratus_lumborum', label: 'quadratus lumborum (lower back)', latin: 'musculus quadratus lumborum', tissue: 'muscle', colour: [182, 102, 82], fma: 'FMA:15569', ta98: 'A04.5.01.027', source: 'reference' },
  { id: 'erector_spinae', label: 'erector spinae (long back muscles)', latin: 'musculus erector spinae', tissue: 'muscle', colour: [158, 82, 74], totalSegmentator: ['autochthon_left', 'autochthon_right'], snomed: '244849004', ta98: 'A04.3.02.002', source: 'reference' },
  { id: 'multifidus', label: 'multifidus (deep back muscle)', latin: 'musculi multifidi', tissue: 'muscle', colour: [168, 88, 74], fma: 'FMA:22827', ta98: 'A04.3.02.202', source: 'reference' },
  { id: 'gluteus_maximus', label: 'gluteus maximus (buttock)', latin: 'musculus gluteus maximus', tissue: 'muscle', colour: [170, 92, 82], totalSegmentator: ['gluteus_maximus_left', 'gluteus_maximus_right'], snomed: '181674001', uberon: 'UBERON:0001370', fma: 'FMA:22314', ta98: 'A04.7.02.006', source: 'reference' },
  { id: 'gluteus_medius_and_minimus', label: 'gluteus medius and minimus (buttock)', latin: '', tissue: 'muscle', colour: [176, 98, 86], source: 'reference' },
  { id: 'gluteus_medius', label: 'gluteus medius (buttock)', latin: 'musculus gluteus medius', tissue: 'muscle', colour: [176, 98, 86], totalSegmentator: ['gluteus_medius_left', 'gluteus_medius_right'], snomed: '78333006', uberon: 'UBERON:0001371', fma: 'FMA:22315', ta98: 'A04.7.02.007', source: 'scan' },
  { id: 'gluteus_minimus', label: 'gluteus minimus (buttock)', latin: 'musculus gluteus minimus', tissue: 'muscle', colour: [184, 106, 92], totalSegmentator: ['gluteus_minimus_left', 'gluteus_minimus_right'], snomed: '75297007', fma: 'FMA:22317', ta98: 'A04.7.02.008', source: 'scan' },
  { id: 'piriformis', label: 'piriformis muscle', latin: 'musculus piriformis', tissue: 'muscle', colour: [186, 112, 94], uberon: 'UBERON:0008529', fma: 'FMA:19082', ta98: 'A04.7.02.011', source: 'reference' },
  { id: 'obturator_internus', label: 'obturator internus muscle', latin: 'musculus obturatorius internus', tissue: 'muscle', colour: [178, 104, 94], uberon: 'UBERON:0011048', fma: 'FMA:22298', ta98: 'A04.7.02.012', source: 'reference' },
  { id: 'sartorius', label: 'sartorius muscle (front of the thigh)', latin: 'musculus sartorius', tissue: 'muscle', colour: [182, 98, 90], uberon: 'UBERON:0001373', fma: 'FMA:22353', ta98: 'A04.7.02.016', source: 'reference' },
  { id: 'tensor_fasciae_latae', label: 'tensor fasciae latae (outer hip)', latin: 'musculus tensor fasciae latae', tissue: 'muscle', colour: [186, 102, 92], uberon: 'UBERON:0001376', fma: 'FMA:22423', ta98: 'A04.7.02.010', source: 'reference' },
  { id: 'rectus_femoris', label: 'rectus femoris (front of the thigh)', latin: 'musculus rectus femoris', tissue: 'muscle', colour: [168, 84, 78], uberon: 'UBERON:0001378', fma: 'FMA:22430', ta98: 'A04.7.02.018', source: 'reference' },
  { id: 'pectineus', label: 'pectineus muscle (groin)', latin: 'musculus pectineus', tissue: 'muscle', colour: [178, 96, 90], uberon: 'UBERON:0001382', fma: 'FMA:22440', ta98: 'A04.7.02.025', source: 'reference' },
  { id: 'obturator_externus', label: 'obturator externus muscle', latin: 'musculus obturatorius externus', tissue: 'muscle', colour: [178, 106, 96], uberon: 'UBERON:0001368', fma: 'FMA:22299', ta98: 'A04.7.02.031', source: 'reference' },
  { id: 'adductor_muscles', label: 'inner thigh muscles', latin: '', tissue: 'muscle', colour: [172, 92, 84], source: 'reference' },
  { id: 'hamstring_muscles', label: 'hamstrings', latin: 'musculi ischiocrurales', tissue: 'muscle', colour: [160, 84, 76], source: 'reference' },
  { id: 'vastus_muscles', label: 'vastus muscles (front of the thigh)', latin: '', tissue: 'muscle', colour: [166, 86, 78], source: 'reference' },
  { id: 'other_muscle', label: 'other muscle', latin: '', tissue: 'muscle', colour: [172, 90, 82], source: 'reference' },

  // bones, discs, cartilage
  { id: 'vertebra_t10', label: 'vertebra T10', latin: 'vertebra thoracica X', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_T10'], snomed: '7610001', fma: 'FMA:10037', source: 'reference' },
  { id: 'vertebra_t11', label: 'vertebra T11', latin: 'vertebra thoracica XI', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_T11'], snomed: '12989004', fma: 'FMA:10059', source: 'reference' },
  { id: 'vertebra_t12', label: 'vertebra T12', latin: 'vertebra thoracica XII', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_T12'], snomed: '23215003', uberon: 'UBERON:0004636', fma: 'FMA:10081', source: 'reference' },
  { id: 'vertebra_l1', label: 'vertebra L1', latin: 'vertebra lumbalis I', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_L1'], snomed: '66794005', uberon: 'UBERON:0004617', fma: 'FMA:13072', source: 'reference' },
  { id: 'vertebra_l2', label: 'vertebra L2', latin: 'vertebra lumbalis II', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_L2'], snomed: '14293000', uberon: 'UBERON:0004618', fma: 'FMA:13073', source: 'reference' },
  { id: 'vertebra_l3', label: 'vertebra L3', latin: 'vertebra lumbalis III', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_L3'], snomed: '36470004', uberon: 'UBERON:0004619', fma: 'FMA:13074', source: 'reference' },
  { id: 'vertebra_l4', label: 'vertebra L4', latin: 'vertebra lumbalis IV', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_L4'], snomed: '11994002', uberon: 'UBERON:0004620', fma: 'FMA:13075', source: 'reference' },
  { id: 'vertebra_l5', label: 'vertebra L5', latin: 'vertebra lumbalis V', tissue: 'bone', colour: [235, 226, 205], totalSegmentator: ['vertebrae_L5'], snomed: '49668003', uberon: 'UBERON:0004621', fma: 'FMA:13076', source: 'reference' },
  { id: 'intervertebral_disc', label: 'spinal disc', latin: 'discus intervertebralis', tissue: 'disc', colour: [176, 192, 196], uberon: 'UBERON:0001066', fma: 'FMA:10446', source: 'reference' },
  { id: 'sacrum', label: 'sacrum', latin: 'os sacrum', tissue: 'bone', colour: [229, 217, 193], totalSegmentator: ['sacrum', 'vertebrae_S1'], snomed: '54735007', uberon: 'UBERON:0003690', fma: 'FMA:16202', ta98: 'A02.2.05.001', source: 'reference' },
  { id: 'coccyx', label: 'tailbone', latin: 'os coccygis', tissue: 'bone', colour: [229, 217, 193], uberon: 'UBERON:0001350', fma: 'FMA:20229', source: 'reference' },
  { id: 'hip_bone', label: 'hip bone', latin: 'os coxae', tissue: 'bone', colour: [233, 222, 199], totalSegmentator: ['hip_left', 'hip_right'], uberon: 'UBERON:0001272', fma: 'FMA:16585', ta98: 'A02.5.01.001', source: 'reference' },
  { id: 'pubic_symphysis', label: 'pubic symphysis (joint)', latin: 'symphysis pubica', tissue: 'cartilage', colour: [176, 194, 198], uberon: 'UBERON:0003699', fma: 'FMA:16950', source: 'reference' },
  { id: 'hip_joint_cartilage', label: 'hip joint cartilage', latin: '', tissue: 'cartilage', colour: [182, 198, 202], source: 'reference' },
  { id: 'femur', label: 'thigh bone', latin: 'femur', tissue: 'bone', colour: [232, 221, 197], totalSegmentator: ['femur_left', 'femur_right'], snomed: '71341001', uberon: 'UBERON:0000981', fma: 'FMA:9611', ta98: 'A02.5.04.001', source: 'reference' },
  { id: 'rib', label: 'rib', latin: 'costa', tissue: 'bone', colour: [234, 225, 204], totalSegmentator: ['rib_left_1', 'rib_left_2', 'rib_left_3', 'rib_left_4', 'rib_left_5', 'rib_left_6', 'rib_left_7', 'rib_left_8', 'rib_left_9', 'rib_left_10', 'rib_left_11', 'rib_left_12', 'rib_right_1', 'rib_right_2', 'rib_right_3', 'rib_right_4', 'rib_right_5', 'rib_right_6', 'rib_right_7', 'rib_right_8', 'rib_right_9', 'rib_right_10', 'rib_right_11', 'rib_right_12'], snomed: '113197003', uberon: 'UBERON:0002228', fma: 'FMA:7574', source: 'reference' },
  { id: 'costal_cartilage', label: 'rib cartilage', latin: 'cartilago costalis', tissue: 'cartilage', colour: [190, 206, 206], totalSegmentator: ['costal_cartilages'], snomed: '50016007', fma: 'FMA:7591', source: 'reference' },
  { id: 'sternum', label: 'breastbone', latin: 'sternum', tissue: 'bone', colour: [234, 225, 204], totalSegmentator: ['sternum'], snomed: '56873002', uberon: 'UBERON:0000975', fma: 'FMA:7485', ta98: 'A02.3.03.001', source: 'scan' },

  // what only some bodies hold
  { id: 'hernia_sac', label: 'hernia sac with bowel', latin: '', tissue: 'bowel', colour: [214, 184, 150], source: 'insert' },
  { id: 'cyst', label: 'cyst', latin: '', tissue: 'urinary_bladder', colour: [198, 196, 140], source: 'insert' },
  { id: 'mass', label: 'mass', latin: '', tissue: 'organ', colour: [150, 120, 140], source: 'insert' },

  // what a scan without labels is sorted into by its brightness
  { id: 'fat', label: 'fat', latin: '', tissue: 'fat_subcutaneous', colour: [244, 216, 140], source: 'scan' },
  { id: 'soft_tissue', label: 'soft tissue', latin: '', tissue: 'soft_tissue', colour: [186, 104, 96], source: 'scan' },
  { id: 'bone', label: 'bone', latin: 'os', tissue: 'bone', colour: [233, 222, 195], source: 'scan' },
  { id: 'gas', label: 'gas', latin: '', tissue: 'gas', colour: [40, 44, 58], source: 'scan' },
];
