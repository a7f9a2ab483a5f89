import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import type { Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import { note } from '../messages/note.ts';
import type { LabelRow } from '../voxel/model.ts';
import { judgeLabels } from './judge-labels.ts';
import { gridNote, reordered, reorderTo } from './label-grid.ts';
import { classOf, nearClass, rowOfClass } from './label-names.ts';
import { type LabelTable, type LabelTableInput, readLabelTable } from './label-table.ts';
import { measureLabels } from './measure-labels.ts';
import { type Affine, type NiftiVolume, readNifti } from './nifti.ts';
import { type RawLabels, rawFolder, rawVolume, someOf, unknownNote } from './raw-labels.ts';
import { toldNote } from './told-note.ts';

/** One label volume, or a folder with one mask per class (file name → content). */
export type LabelInput = (
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly files: ReadonlyMap<string, Uint8Array> }
) & {
  /** What the numbers of a volume are called, where the person says so. */
  readonly table?: LabelTableInput | undefined;
};

/** What the labels say about each voxel of the scan. */
export interface ScanLabels {
  readonly name: string;
  readonly size: Vec3;
  readonly toLps: Affine;
  /** Row of each voxel in rows; 0 where nothing is labelled. */
  readonly voxels: Uint16Array;
  /** rows[0] is a placeholder for what is unlabelled. */
  readonly rows: readonly LabelRow[];
  /** Voxels per row. */
  readonly counts: readonly number[];
  readonly notes: readonly Note[];
}

/** Rows that classes of one structure and side share: the lobes of a lung, the ribs of a side. */
class Rows {
  readonly list: LabelRow[] = [{ structure: 'unlabelled', side: 'midline', tissue: 'soft_tissue', colour: [0, 0, 0] }];
  private readonly known = new Map<string, number>();

  /** The row of a class name, or 0 for a name that is not known. */
  of(name: string | undefined): number {
    const row = name === undefined ? undefined : rowOfClass(name);
    if (row === undefined) return 0;
    const key = `${row.structure} ${row.side}`;
    const index = this.known.get(key) ?? this.list.push(row) - 1;
    this.known.set(key, index);
    return index;
  }
}

/**
 * Reads labels. Numbers are named by the person's table, else by the one in the file, else by the classes of TotalSegmentator's task
 * 'total', version 2, unless anatomy contradicts and another of its numberings fits. What has no known name is left unlabelled, and a
 * note says so.
 * @param ct the CT that they are laid on: they are looked at in its light, and stored in its order where both have the same voxels.
 * @throws InputError for anything but whole numbers from 0, for a folder without a mask of a known class, and for labels that lie the
 * wrong way round or are plainly not what they are called.
 */
export async function readLabels(input: LabelInput, progress: Progress, ct?: NiftiVolume): Promise<ScanLabels> {
  const table = input.table === undefined ? undefined : readLabelTable(input.table);
  if (table !== undefined && 'files' in input) {
    throw new InputError(tell(SCAN_ERRORS, 'error.labels.folder-table', { file: input.name }));
  }
  const stored =
    'files' in input
      ? await rawFolder(input.name, input.files, progress)
      : rawVolume(readNifti(input.bytes, input.name));
  const order = ct && reorderTo(ct, stored);
  const raw =
    ct && order
      ? { ...stored, size: ct.size, toLps: ct.toLps, voxels: reordered(stored.voxels, ct.size, order) }
      : stored;
  const named: LabelTable | undefined =
    table ?? (raw.names.size > 0 ? { name: raw.name, names: raw.names } : undefined);
  const measures = await measureLabels(raw, ct, progress);
  const judged = await judgeLabels(raw, ct, named, measures, progress);
  const notes = [...judged.notes];
  if (ct && order === undefined) notes.push(...otherGrid(raw, ct, measures, judged.seenOnCt));

  const rows = new Rows();
  const rowOf = Uint16Array.from(raw.values, (value, v) =>
    v === 0 ? 0 : rows.of(classOf(judged.names.get(value) ?? '')),
  );
  const voxels = raw.voxels.map((v) => rowOf[v]!);
  const counts = rows.list.map(() => 0);
  for (const row of voxels) counts[row]!++;
  return {
    name: raw.name,
    size: raw.size,
    toLps: raw.toLps,
    voxels,
    rows: rows.list,
    counts,
    notes: [...notes, ...nameNotes(raw, judged.names, named !== undefined), ...raw.notes],
  };
}

/** What is said of labels that have another grid than the CT. @throws InputError when they lie beside it. */
function otherGrid(
  raw: RawLabels,
  ct: NiftiVolume,
  measures: readonly { voxels: number; onCt: number }[],
  seen: boolean,
): Note[] {
  const all = measures.reduce((sum, m) => sum + m.voxels, 0);
  const on = measures.reduce((sum, m) => sum + m.onCt, 0);
  if (all === 0) return [];
  const grids = { labels: gridNote(raw), ct: gridNote(ct) };
  if (on < 0.01 * all) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.labels.apart', {
        labels: raw.name,
        grid: toldNote(grids.labels),
        ct: ct.name,
        ctGrid: toldNote(grids.ct),
      }),
    );
  }
  const outside = Math.round(100 * (1 - on / all));
  return [
    note('scan.labels.grid', grids),
    ...(outside > 0 ? [note('scan.labels.outside', { percent: outside })] : []),
    ...(seen ? [] : [note('scan.labels.unlike')]),
  ];
}

/** Notes about names: unknown ones, with those that come close, other spellings, numbers without a name, and names given twice. */
function nameNotes(raw: RawLabels, names: ReadonlyMap<number, string>, table: boolean): Note[] {
  const unknown: (string | Note)[] = [];
  const unnamed: string[] = [];
  const spelled: Note[] = [];
  const byName = new Map<string, number[]>();
  const present = raw.values.slice(1).toSorted((a, b) => a - b);
  for (const value of present) {
    const name = names.get(value) ?? '';
    const known = classOf(name);
    if (name === '') (table ? unnamed : unknown).push(String(value));
    else if (known === undefined) {
      const near = nearClass(name);
      unknown.push(near === undefined ? name : note('scan.labels.near', { name, near }));
    } else {
      if (known !== name) spelled.push(note('scan.labels.spelled.one', { name, known }));
      byName.set(known, [...(byName.get(known) ?? []), value]);
    }
  }
  const notes: Note[] = [];
  if (unknown.length > 0) notes.push(unknownNote(raw.name, 'labels', unknown));
  if (unnamed.length > 0)
    notes.push(note('scan.labels.unnamed', { file: raw.name, names: someOf(unnamed), n: unnamed.length }));
  if (spelled.length > 0) notes.push(note('scan.labels.spelled', { file: raw.name, names: someOf(spelled) }));
  for (const [name, values] of byName) {
    if (values.length < 2) continue;
    const labels = someOf(values.map((v) => (raw.names.get(v) !== name ? (raw.names.get(v) ?? String(v)) : String(v))));
    notes.push(note('scan.labels.double', { file: raw.name, name, labels }));
  }
  return notes;
}
