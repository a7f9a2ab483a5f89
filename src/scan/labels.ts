import { STRUCTURES } from '../anatomy/structures.ts';
import { norm } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import { breathe, type Progress } from '../base/progress.ts';
import type { LabelRow, Side } from '../voxel/model.ts';
import { type Affine, type NiftiVolume, readNifti } from './nifti.ts';
import { type ClassRow, OTHER_CLASSES, TOTAL_V2, WHOLE_TISSUES } from './totalsegmentator.data.ts';

/** One label volume, or a folder with one mask per class (file name → content). */
export type LabelInput =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly files: ReadonlyMap<string, Uint8Array> };

/** What the labels say about each voxel of the scan. */
export interface ScanLabels {
  readonly name: string;
  readonly size: Vec3;
  readonly toLps: Affine;
  /** Row of each voxel in rows; 0 where nothing is labelled. */
  readonly voxels: Uint8Array;
  /** rows[0] is a placeholder for what is unlabelled. */
  readonly rows: readonly LabelRow[];
  /** Voxels per row. */
  readonly counts: readonly number[];
  readonly notes: readonly string[];
}

/** Rows that classes of one structure and side share: the lobes of a lung, the ribs of a side. */
class Rows {
  readonly list: LabelRow[] = [{ structure: 'unlabelled', side: 'midline', tissue: 'soft_tissue', colour: [0, 0, 0] }];
  private readonly known = new Map<string, number>();

  /** The row of a class name, or 0 for a name that is not one of TotalSegmentator's. */
  of(name: string): number {
    const row = rowOfClass(name);
    if (row === undefined) return 0;
    const key = `${row.structure} ${row.side}`;
    const index = this.known.get(key) ?? this.list.push(row) - 1;
    this.known.set(key, index);
    return index;
  }
}

const byClass = new Map(STRUCTURES.flatMap((s) => (s.totalSegmentator ?? []).map((name) => [name, s] as const)));
const byId = new Map(STRUCTURES.map((s) => [s.id, s]));

/** What a TotalSegmentator class ('iliopsoas_left', 'rib_right_7', 'vertebrae_L4') is here; undefined if it is not one. */
export function rowOfClass(name: string): LabelRow | undefined {
  const sided = /^(.*?)_(left|right)(?:_\d{1,2})?$/.exec(name);
  const side = (sided?.[2] ?? 'midline') as Side;
  const base = sided?.[1] ?? name;
  const known = byClass.get(name) ?? byId.get(base);
  if (known) return { structure: known.id, side, tissue: known.tissue, colour: known.colour };
  const vertebra = /^vertebrae_(C[1-7]|T[1-9]|T1[0-3]|L[1-6])$/.exec(name)?.[1];
  if (vertebra)
    return { structure: `vertebra_${vertebra.toLowerCase()}`, side, tissue: 'bone', colour: [240, 232, 212] };
  if (!Object.hasOwn(OTHER_CLASSES, base)) return undefined;
  const [structure, tissue, colour] = OTHER_CLASSES[base] as ClassRow;
  return { structure, side, tissue, colour };
}

/**
 * Reads TotalSegmentator's labels. Numbers are named by the label table in the file where there is one, else by the classes of
 * version 2, task 'total'. What is not one of its classes is left unlabelled, and a note says so.
 * @throws InputError for anything but whole numbers from 0, and for a folder without a mask of a known class.
 */
export async function readLabels(input: LabelInput, progress: Progress): Promise<ScanLabels> {
  return 'files' in input
    ? readFolder(input.name, input.files, progress)
    : readVolume(readNifti(input.bytes, input.name));
}

function readVolume(volume: NiftiVolume): ScanLabels {
  const { data, slope, inter, labelNames } = volume;
  const rows = new Rows();
  const counts: number[] = [0];
  const unknown = new Map<number, number>();
  const rowOfValue = new Map<number, number>([[0, 0]]);
  const voxels = new Uint8Array(data.length);
  let last = 0;
  let row = 0;
  for (let i = 0; i < data.length; i++) {
    const value = wholeNumber(data[i]! * slope + inter, volume.name);
    if (value !== last) {
      last = value;
      let found = rowOfValue.get(value);
      if (found === undefined) {
        found = rows.of((labelNames.size > 0 ? labelNames.get(value) : TOTAL_V2[value - 1]) ?? '');
        if (rowOfValue.size < 65536) rowOfValue.set(value, found);
        if (found === 0) unknown.set(value, 0);
      }
      row = found;
    }
    voxels[i] = row;
    counts[row] = (counts[row] ?? 0) + 1;
    if (row === 0 && value !== 0 && unknown.size < 65536) unknown.set(value, unknown.get(value)! + 1);
  }
  const names = [...unknown.keys()].sort((a, b) => a - b).map((v) => labelNames.get(v) ?? String(v));
  return {
    name: volume.name,
    size: volume.size,
    toLps: volume.toLps,
    voxels,
    rows: rows.list,
    counts: rows.list.map((_, r) => counts[r] ?? 0),
    notes: names.length === 0 ? [] : [unknownNote(volume.name, 'labels', names)],
  };
}

function unknownNote(name: string, what: string, names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ') + (names.length > 8 ? ` and ${names.length - 8} more` : '');
  return `${name} holds ${what} that are not classes of TotalSegmentator and were taken as unlabelled: ${shown}.`;
}

/** A label as a whole number; scaled labels may come out a rounding error away from one. */
function wholeNumber(value: number, name: string): number {
  const whole = Math.round(value);
  if (!(Math.abs(value - whole) <= 1e-3)) {
    throw new InputError(
      `${name} holds the value ${Number(value.toPrecision(6))}; labels are whole numbers, one per class (is this a CT or a probability map?).`,
    );
  }
  if (whole < 0) {
    throw new InputError(`${name} holds the value ${whole}; labels are whole numbers from 0 (is this a CT?).`);
  }
  return whole;
}

async function readFolder(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  progress: Progress,
): Promise<ScanLabels> {
  const classOf = (file: string): string => file.replace(/^.*[/\\]/, '').replace(/\.nii(\.gz)?$/i, '');
  const masks = [...files.keys()].filter((file) => /\.nii(\.gz)?$/i.test(file)).sort(paintOrder(classOf));
  const known = masks.filter((file) => rowOfClass(classOf(file)) !== undefined);
  if (known.length === 0) {
    throw new InputError(
      `${name} holds no mask of a TotalSegmentator class; its files should be called aorta.nii.gz, iliopsoas_left.nii.gz and so on.`,
    );
  }
  const ignored = masks.filter((file) => !known.includes(file));
  const rows = new Rows();
  let merged: { first: NiftiVolume; voxels: Uint8Array } | undefined;
  for (const [n, file] of known.entries()) {
    progress.report?.({ phase: 'reading labels', fraction: (0.3 * n) / known.length, detail: classOf(file) });
    await breathe(progress);
    const volume = readNifti(files.get(file)!, file);
    merged ??= { first: volume, voxels: new Uint8Array(volume.data.length) };
    assertSameGrid(merged.first, volume);
    const row = rows.of(classOf(file));
    for (let i = 0; i < volume.data.length; i++) {
      if (wholeNumber(volume.data[i]! * volume.slope + volume.inter, file) !== 0) merged.voxels[i] = row;
    }
  }
  const { first, voxels } = merged!;
  const counts = rows.list.map(() => 0);
  for (const row of voxels) counts[row]!++;
  return {
    name,
    size: first.size,
    toLps: first.toLps,
    voxels,
    rows: rows.list,
    counts,
    notes: ignored.length === 0 ? [] : [unknownNote(name, 'files', ignored)],
  };
}

/** Whole tissues first, then the classes in their order, so that a finer structure paints over what it is part of. */
function paintOrder(classOf: (file: string) => string): (a: string, b: string) => number {
  const rank = (file: string): number => {
    const cls = classOf(file);
    if (WHOLE_TISSUES.includes(cls)) return -1;
    const number = TOTAL_V2.indexOf(cls);
    return number < 0 ? TOTAL_V2.length : number;
  };
  return (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** How far two grids may be apart at a corner, mm: rounding of headers, not another scan. */
const SAME_GRID = 0.5;

type ScanGrid = { readonly name: string; readonly size: Vec3; readonly toLps: Affine };

/** @throws InputError unless both volumes have the same voxels in the same places. */
export function assertSameGrid(a: ScanGrid, b: ScanGrid): void {
  const shape = (g: ScanGrid): string => `${g.name} is ${g.size.join(' × ')} voxels`;
  if (a.size.some((n, axis) => n !== b.size[axis])) {
    throw new InputError(
      `The grids do not match: ${shape(a)} and ${shape(b)}; labels must be made from the very CT they are given with.`,
    );
  }
  let apart = 0;
  for (let corner = 0; corner < 8; corner++) {
    const at = a.size.map((n, axis) => ((corner >> axis) & 1 ? n - 1 : 0));
    const d = a.toLps.map((row, r) => {
      const other = b.toLps[r]!;
      return row[3]! - other[3]! + at.reduce((sum, v, c) => sum + v * (row[c]! - other[c]!), 0);
    });
    apart = Math.max(apart, norm(d));
  }
  if (apart > SAME_GRID) {
    throw new InputError(
      `The grids do not match: ${a.name} and ${b.name} are both ${a.size.join(' × ')} voxels, but their headers put corners ${apart.toFixed(1)} mm apart (at most ${SAME_GRID} mm); labels must be made from the very CT they are given with.`,
    );
  }
}
