import type { Note } from '../base/note.ts';
import { note } from '../messages/note.ts';
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

/** What was assumed about this body, for the result's warnings. */
export function notesOf({ ct, labels, field, body, fine, asisFrom }: ScanFacts): Note[] {
  const has = (structure: string): boolean => fine.table.some((row) => row.structure === structure);
  const notes: Note[] = [
    ct
      ? note('note.scan.classed', { labels: labels ? 'some' : 'none' })
      : note('note.scan.no-ct', { margin: LABEL_MARGIN }),
  ];
  if (ct && labels && labels.counts[0] === labels.voxels.length)
    notes.push(note('note.scan.no-label', { name: labels.name }));
  notes.push(note('note.scan.skin'), note('note.scan.no-nerves'));
  if (!has('small_intestine') && !has('large_intestine'))
    notes.push(note('note.scan.no-bowel', { fat: has('visceral_fat') ? 'some' : 'none' }));
  if (has('iliopsoas')) notes.push(note('note.scan.iliopsoas'));
  if (has('common_iliac_artery') || has('common_iliac_vein')) notes.push(note('note.scan.iliac-vessels'));
  if (asisFrom === 'bone') notes.push(note('note.scan.spines-guessed'));
  else if (asisFrom === undefined) notes.push(note('note.scan.no-spines'));
  const length = field.grid.size[2] * field.grid.spacing;
  if (length > LENGTH_MAX + field.grid.spacing) {
    const kept = Math.round(fine.grid.size[2] * fine.grid.spacing);
    const around = asisFrom ? 'pelvis' : 'middle';
    notes.push(note('note.scan.cropped', { length: Math.round(length), kept, around }));
  }
  if (cutSides(field, body) > CUT_SHARE) notes.push(note('note.scan.cut'));
  return [...notes, ...(labels?.notes ?? [])];
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
