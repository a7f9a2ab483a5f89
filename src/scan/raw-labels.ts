import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import { note } from '../messages/note.ts';
import { orderOfMask, reordered } from './label-grid.ts';
import { classOf, rowOfClass } from './label-names.ts';
import { type Affine, type NiftiVolume, readNifti, type VoxelArray } from './nifti.ts';
import { TOTAL_V2, WHOLE_STRUCTURES, WHOLE_TISSUES } from './totalsegmentator.data.ts';

/** Labels as they stand in their file or files, before anything is believed about them. */
export interface RawLabels {
  readonly name: string;
  readonly size: Vec3;
  readonly toLps: Affine;
  /** Entry of each voxel in values; 0 where nothing is labelled. */
  readonly voxels: Uint16Array;
  /** The numbers that occur; values[0] is 0. */
  readonly values: readonly number[];
  /** Names that the file gives its numbers; empty where it names none. */
  readonly names: ReadonlyMap<number, string>;
  readonly notes: readonly Note[];
}

/** More different numbers than this are no labels. */
const MOST_NUMBERS = 65535;

/** @throws InputError for anything but whole numbers from 0. */
export function rawVolume(volume: NiftiVolume): RawLabels {
  const { data, slope, inter, name } = volume;
  const values = [0];
  const entryOf = new Map<number, number>([[0, 0]]);
  const voxels = new Uint16Array(data.length);
  let last = 0;
  let entry = 0;
  for (let i = 0; i < data.length; i++) {
    const value = wholeNumber(data[i]! * slope + inter, name);
    if (value !== last) {
      last = value;
      let found = entryOf.get(value);
      if (found === undefined) {
        if (values.length > MOST_NUMBERS) {
          throw new InputError(tell(SCAN_ERRORS, 'error.labels.numbers', { file: name, most: MOST_NUMBERS }));
        }
        found = values.push(value) - 1;
        entryOf.set(value, found);
      }
      entry = found;
    }
    voxels[i] = entry;
  }
  return { name, size: volume.size, toLps: volume.toLps, voxels, values, names: volume.labelNames, notes: [] };
}

/** A label as a whole number; scaled labels may come out a rounding error away from one. */
function wholeNumber(value: number, name: string): number {
  const whole = Math.round(value);
  if (!(Math.abs(value - whole) <= 1e-3)) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.labels.fraction', { file: name, value: Number(value.toPrecision(6)) }),
    );
  }
  if (whole < 0) {
    throw new InputError(tell(SCAN_ERRORS, 'error.labels.negative', { file: name, value: whole }));
  }
  return whole;
}

const plainName = (file: string): string => file.replace(/^.*[/\\]/, '').replace(/\.nii(\.gz)?$/i, '');
/** What macOS writes beside every file on foreign disks. */
const isShadow = (file: string): boolean => /^\._/.test(file.replace(/^.*[/\\]/, ''));

/**
 * Joins a folder of masks, one per structure, on the grid of the first.
 * @throws InputError for a folder without a mask of a known structure, and for files that are no masks of one scan.
 */
export async function rawFolder(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  progress: Progress,
): Promise<RawLabels> {
  const masks = [...files.keys()].filter((file) => /\.nii(\.gz)?$/i.test(file));
  const known = masks
    .filter((file) => !isShadow(file))
    .flatMap((file) => {
      const cls = classOf(plainName(file));
      return cls === undefined ? [] : [{ file, cls }];
    })
    .sort(paintOrder);
  if (known.length === 0) {
    throw new InputError(tell(SCAN_ERRORS, 'error.labels.no-mask', { file: name }));
  }
  const values = [0];
  const names = new Map<number, string>();
  let merged: { first: NiftiVolume; voxels: Uint16Array } | undefined;
  const overlaps = new Map<number, number>();
  for (const [n, { file }] of known.entries()) {
    progress.report?.({
      phase: 'phase.read-labels',
      fraction: (0.3 * n) / known.length,
      detail: note('note.doing.file', { file: plainName(file) }),
    });
    await breathe(progress);
    const volume = readNifti(files.get(file)!, file);
    merged ??= { first: volume, voxels: new Uint16Array(volume.data.length) };
    const data = reordered(volume.data as Uint8Array, merged.first.size, orderOfMask(merged.first, volume));
    const entry = values.push(n + 1) - 1;
    names.set(n + 1, plainName(file));
    paint(merged.voxels, data, volume, entry, overlaps);
  }
  const { first, voxels } = merged!;
  const ignored = masks.filter((file) => !known.some((one) => one.file === file));
  const overlap = overlapNote(
    name,
    overlaps,
    known.map(({ cls }) => cls),
    voxelVolume(first.toLps),
  );
  const notes = [
    ...(ignored.length > 0 ? [unknownNote(name, 'files', ignored)] : []),
    ...(overlap === undefined ? [] : [overlap]),
  ];
  return { name, size: first.size, toLps: first.toLps, voxels, values, names, notes };
}

/** Paints one mask; counts what it covers of earlier ones, by (earlier entry · 65536 + entry). */
function paint(
  voxels: Uint16Array,
  data: VoxelArray,
  { slope, inter, name }: NiftiVolume,
  entry: number,
  overlaps: Map<number, number>,
): void {
  let number: number | undefined;
  for (let i = 0; i < data.length; i++) {
    const value = wholeNumber(data[i]! * slope + inter, name);
    if (value === 0) continue;
    if (number !== undefined && value !== number) {
      throw new InputError(tell(SCAN_ERRORS, 'error.labels.two-numbers', { file: name, first: number, second: value }));
    }
    number = value;
    const before = voxels[i]!;
    if (before !== 0) overlaps.set(before * 65536 + entry, (overlaps.get(before * 65536 + entry) ?? 0) + 1);
    voxels[i] = entry;
  }
}

/** Overlaps smaller than this are rounding of masks that were made one by one, mm³. */
const OVERLAP = 2000;

function overlapNote(
  name: string,
  overlaps: ReadonlyMap<number, number>,
  classes: readonly string[],
  voxel: number,
): Note | undefined {
  const real = [...overlaps]
    .map(([pair, n]) => ({ n, under: classes[Math.floor(pair / 65536) - 1]!, over: classes[(pair % 65536) - 1]! }))
    .filter(({ under, over }) => {
      const [a, b] = [rowOfClass(under)!, rowOfClass(over)!];
      return !WHOLE_STRUCTURES.includes(a.structure) && (a.structure !== b.structure || a.side !== b.side);
    })
    .sort((a, b) => b.n - a.n);
  const volume = real.reduce((sum, { n }) => sum + n, 0) * voxel;
  if (volume < OVERLAP) return undefined;
  const { under, over } = real[0]!;
  return note('scan.labels.overlap', { file: name, volume: Math.round(volume / 1000), under, over });
}

/** Volume of a voxel, mm³. */
export function voxelVolume([r, s, t]: Affine): number {
  return Math.abs(
    r[0]! * (s[1]! * t[2]! - s[2]! * t[1]!) -
      r[1]! * (s[0]! * t[2]! - s[2]! * t[0]!) +
      r[2]! * (s[0]! * t[1]! - s[1]! * t[0]!),
  );
}

/** The first few names of a list. */
export function someOf(names: readonly (string | Note)[], most = 8): string | Note {
  const shown = listed(names.slice(0, most));
  return names.length > most ? note('scan.labels.more', { names: shown, n: names.length - most }) : shown;
}

/** 'a, b, c': a text where all are texts. */
const listed = (names: readonly (string | Note)[]): string | Note =>
  names.every((name) => typeof name === 'string')
    ? names.join(', ')
    : names.reduceRight((rest, first) => note('scan.list', { first, rest }));

export const unknownNote = (file: string, what: 'labels' | 'files', names: readonly (string | Note)[]): Note =>
  note('scan.labels.unknown', { file, what, names: someOf(names) });

interface Mask {
  readonly file: string;
  readonly cls: string;
}

/** Whole tissues first, then the classes in their order, so that a finer structure paints over what it is part of. */
function paintOrder(a: Mask, b: Mask): number {
  const rank = ({ cls }: Mask): number => {
    if (WHOLE_TISSUES.includes(cls) || WHOLE_STRUCTURES.includes(rowOfClass(cls)!.structure)) return -1;
    const number = TOTAL_V2.indexOf(cls);
    return number < 0 ? TOTAL_V2.length : number;
  };
  return rank(a) - rank(b) || (a.file < b.file ? -1 : 1);
}
