import type { LabelVolume } from '../voxel/model.ts';
import { LABEL_MARGIN } from './body-mask.ts';
import { LENGTH_MAX } from './crop-to-body.ts';
import type { ScanLabels } from './labels.ts';
import type { Mask } from './morphology.ts';
import type { NiftiVolume } from './nifti.ts';
import type { ScanField } from './resample.ts';

interface ScanFacts {
  readonly ct: NiftiVolume | undefined;
  readonly labels: ScanLabels | undefined;
  readonly field: ScanField;
  readonly body: Mask;
  readonly fine: LabelVolume;
  readonly asisFrom: 'hip labels' | 'bone' | undefined;
}

/** Sentences about what was assumed about this body, for the result's warnings. */
export function notesOf({ ct, labels, field, body, fine, asisFrom }: ScanFacts): string[] {
  const notes: string[] = [];
  const has = (structure: string): boolean => fine.table.some((row) => row.structure === structure);
  if (ct) {
    notes.push(
      `${labels ? 'What no label covers' : 'Everything'} was classed by Hounsfield units into skin, fat, bone, gas, lung and soft tissue: muscle, gut and other soft tissue look alike there and share one stiffness, fat is told into under the skin and deeper by the muscle between, and discs and the spinal canal may count as bone.`,
    );
  } else {
    notes.push(
      `There is no CT, so the skin is an estimate: the outline of the labels plus ${LABEL_MARGIN} mm, with fat for everything inside that no label covers; a wall of muscle in front of the bowel is missing.`,
    );
  }
  if (ct && labels && labels.counts[0] === labels.voxels.length)
    notes.push(`${labels.name} labels nothing, so the CT alone was used.`);
  notes.push(
    'Skin is the outermost layer of the grid, about 2 mm; the layers of the abdominal wall are not told apart.',
  );
  notes.push('Nerves and ureters cannot be seen on such a scan, so there are no findings for them.');
  if (has('iliopsoas')) notes.push('The label iliopsoas holds psoas major and iliacus together.');
  if (has('common_iliac_artery') || has('common_iliac_vein')) {
    notes.push('The labels of the iliac vessels do not part common from external iliac; both count as common iliac.');
  }
  if (asisFrom === 'bone') {
    notes.push(
      'The iliac spines, from which places on the skin are measured, were guessed from bone on the CT; check where the tool lies.',
    );
  } else if (asisFrom === undefined) {
    notes.push(
      'The scan does not show both iliac spines, so places on the skin are measured from the middle of the scan instead.',
    );
  }
  const length = field.grid.size[2] * field.grid.spacing;
  if (length > LENGTH_MAX + field.grid.spacing) {
    const kept = fine.grid.size[2] * fine.grid.spacing;
    notes.push(
      `The scan is ${Math.round(length)} mm long; ${Math.round(kept)} mm of it, around ${asisFrom ? 'the pelvis' : 'its middle or the lumbar spine'}, were used.`,
    );
  }
  if (cutSides(field, body) > CUT_SHARE) {
    notes.push('The scan cuts the body off at its sides; the surface there is a cut, not skin.');
  }
  notes.push(...(labels?.notes ?? []));
  return notes;
}

/** A share of the body's side faces; less is noise at the edge of the picture. */
const CUT_SHARE = 0.01;

/** Share of the body's faces towards the sides that look at the end of the scan instead of at air. */
function cutSides(field: ScanField, body: Mask): number {
  const [nx, ny] = field.grid.size;
  let cut = 0;
  let faces = 0;
  const look = (beyondGrid: boolean, next: number): void => {
    const end = beyondGrid || field.seen[next] === 0;
    if (end) cut++;
    if (end || body[next] === 0) faces++;
  };
  for (let c = 0; c < body.length; c++) {
    if (body[c] === 0) continue;
    const i = c % nx;
    const j = Math.floor(c / nx) % ny;
    look(i === 0, c - 1);
    look(i === nx - 1, c + 1);
    look(j === 0, c - nx);
    look(j === ny - 1, c + nx);
  }
  return faces === 0 ? 0 : cut / faces;
}
