import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import type { LabelRow, LabelVolume, VoxelModel } from '../voxel/model.ts';
import { bodyFromCt, bodyFromLabels } from './body-mask.ts';
import { classifyHounsfield, HU_CLASSES, HU_ROWS, skinCells } from './classify.ts';
import { cropToBody, lengthWindow, middleOf, surfaceMiddle } from './crop-to-body.ts';
import { checkWay } from './ct-way.ts';
import { withoutData } from './field-of-view.ts';
import { asisFromBone, asisFromHipBones } from './find-asis.ts';
import { assertHounsfield } from './hounsfield.ts';
import { type LabelInput, readLabels } from './labels.ts';
import type { Mask } from './morphology.ts';
import { readNifti } from './nifti.ts';
import { fineGridOf, resample, type ScanField } from './resample.ts';
import { notesOf } from './scan-notes.ts';

/** A person's own scan, as bytes: a CT, labels, or both. */
export interface ScanFiles {
  readonly ct?: { readonly name: string; readonly bytes: Uint8Array };
  readonly labels?: LabelInput;
}

/** All that a VoxelModel of a scan is assembled from. */
export interface PreparedScan {
  readonly fine: LabelVolume;
  readonly cell: number;
  readonly corridors: readonly [];
  readonly bodyOrigin: Vec3;
  readonly bodyOriginFrom: VoxelModel['bodyOriginFrom'];
  readonly landmarks: Readonly<Record<string, Vec3>>;
  readonly source: 'scan';
  readonly notes: readonly Note[];
}

/** Spacing of the fine grid, mm, near the usual slice of a CT; the solver's cell is a whole multiple. */
const FINE = 2.5;
/**
 * Turns a scan into a labelled fine grid in its own LPS millimetres, cropped to the body.
 * @param cell_mm Edge of the solver's cells.
 * @throws InputError for files that cannot be read or do not belong together, and for scans that show no body.
 */
export async function prepareScan(files: ScanFiles, cell_mm: number, progress: Progress): Promise<PreparedScan> {
  const ct = files.ct && readNifti(files.ct.bytes, files.ct.name);
  if (ct) assertHounsfield(ct);
  await breathe(progress);
  const labels = files.labels && (await readLabels(files.labels, progress, ct));
  const scan = ct ?? labels;
  if (scan === undefined) throw new InputError(tell(SCAN_ERRORS, 'error.scan.none'));
  if (!ct && labels && labels.counts[0] === labels.voxels.length) {
    throw new InputError(tell(SCAN_ERRORS, 'error.scan.no-labels', { file: labels.name }));
  }
  const grid = fineGridOf(scan, cell_mm / Math.max(1, Math.round(cell_mm / FINE)));
  const field = await resample(grid, ct, labels, progress, ct && withoutData(ct));
  const rows = labels?.rows ?? [];

  progress.report?.({ phase: 'phase.find-body', fraction: 0.55 });
  await breathe(progress);
  const pads: Note[] = [];
  const body = ct ? bodyFromCt(field, rows, pads) : bodyFromLabels(field, rows);
  const skin = skinCells(body, field);
  if (!skin.includes(1)) {
    throw new InputError(tell(SCAN_ERRORS, 'error.scan.no-body', { file: scan.name }));
  }
  progress.report?.({ phase: 'phase.class-tissues', fraction: 0.75 });
  await breathe(progress);
  const table: LabelRow[] = [{ structure: 'outside', side: 'midline', tissue: 'gas', colour: [0, 0, 0] }];
  const painted = paint(field, body, skin, rows, table, labels?.name ?? scan.name);

  const hip = (side: string) => table.findIndex((r) => r.structure === 'hip_bone' && r.side === side);
  const [hipLeft, hipRight] = [hip('left'), hip('right')];
  const hasHips = hipLeft > 0 && hipRight > 0;
  const isBone = table.map((r) => r.tissue === 'bone');
  const asis = hasHips
    ? asisFromHipBones(
        field,
        (c) => painted[c] === hipLeft,
        (c) => painted[c] === hipRight,
      )
    : ct && asisFromBone(field, (c) => isBone[painted[c]!]!, middleOf(grid, body));

  const isLung = table.map((r) => r.tissue === 'lung');
  const unlabelled = labels === undefined || labels.counts[0] === labels.voxels.length;
  const way =
    ct && unlabelled
      ? checkWay(ct.name, {
          grid,
          isBody: (c) => body[c] === 1,
          isBone: (c) => isBone[painted[c]!]!,
          isLung: (c) => isLung[painted[c]!]!,
        })
      : [];

  const window = lengthWindow(grid, body, painted, table, asis);
  const fine = cropToBody({ grid, labels: painted, table }, window, Math.round(cell_mm / grid.spacing), scan.name);
  progress.report?.({ phase: 'phase.read-scan', fraction: 1 });
  return {
    fine,
    cell: cell_mm,
    corridors: [],
    bodyOrigin: asis?.middle ?? surfaceMiddle(fine),
    bodyOriginFrom: asis ? 'asis' : 'scan-middle',
    landmarks: asis ? { asis_left: asis.left, asis_right: asis.right } : {},
    source: 'scan',
    notes: [
      ...pads,
      ...way,
      ...notesOf({ ct, labels, field, body, fine, asisFrom: asis && (hasHips ? 'hip labels' : 'bone') }),
    ],
  };
}

/** A label volume has one byte per cell, 0 is the outside. */
const MOST_STRUCTURES = 255;

/** Label of every cell; rows that occur are appended to the table. @throws InputError when they are more than a byte can number. */
function paint(
  field: ScanField,
  body: Mask,
  skin: Mask,
  rows: readonly LabelRow[],
  table: LabelRow[],
  name: string,
): Uint8Array {
  const out = new Uint8Array(body.length);
  const labels = field.labels;
  const isBone = rows.map((row) => row.tissue === 'bone');
  const labelled = (c: number): boolean => labels !== undefined && labels[c] !== 0;
  const classes =
    field.hounsfield && classifyHounsfield(field, body, labelled, (c) => labelled(c) && !isBone[labels![c]!]);
  const fat = HU_CLASSES.indexOf('fat');
  const skinClass = HU_CLASSES.indexOf('skin');
  const rowAt = labels && adoptGas(field, body, labels, rows, classes);
  const named = (c: number): number => rowAt?.[c] ?? 0;
  const value = new Map<LabelRow, number>();
  const valueFor = (row: LabelRow): number => {
    let v = value.get(row);
    if (v === undefined) {
      v = table.push(row) - 1;
      if (v > MOST_STRUCTURES) {
        throw new InputError(tell(SCAN_ERRORS, 'error.scan.structures', { file: name, most: MOST_STRUCTURES }));
      }
      value.set(row, v);
    }
    return v;
  };
  for (let c = 0; c < out.length; c++) {
    if (body[c] === 0) continue;
    const row = named(c);
    const huClass = skin[c] === 1 ? skinClass : (classes?.[c] ?? fat);
    out[c] = valueFor(row !== 0 && skin[c] === 0 ? rows[row]! : HU_ROWS[HU_CLASSES[huClass]!]);
  }
  return out;
}

/** How far, in cells, labels of bowel and lung spread over the unlabelled gas that touches them. */
const GAS_RIM = 2;

/** Labels end a voxel before the gas in a bowel or lung does: what is left of that gas belongs to the bowel or lung it touches. */
function adoptGas(
  field: ScanField,
  body: Mask,
  labels: Uint16Array,
  rows: readonly LabelRow[],
  classes: Uint8Array | undefined,
): Uint16Array {
  if (classes === undefined) return labels;
  const [nx, ny] = field.grid.size;
  const steps = [1, -1, nx, -nx, nx * ny, -nx * ny];
  const light = HU_CLASSES.map((name) => name === 'gas' || name === 'lung');
  const hollow = rows.map((row) => row.tissue === 'bowel' || row.tissue === 'lung');
  let out = labels;
  for (let round = 0; round < GAS_RIM; round++) {
    const before = out;
    out = before.slice();
    for (let c = 0; c < out.length; c++) {
      if (body[c] === 0 || before[c] !== 0 || !light[classes[c]!]) continue;
      const from = steps.find((step) => hollow[before[c + step] ?? 0]);
      if (from !== undefined) out[c] = before[c + from]!;
    }
  }
  return out;
}
