import { hypot } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import type { Progress } from '../base/progress.ts';
import { type Told, tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import { note } from '../messages/note.ts';
import { type Axis, anatomySigns, type Found, type Sign, type Signs } from './anatomy-signs.ts';
import { fittingShift } from './fitting-shift.ts';
import { classOf, rowOfClass } from './label-names.ts';
import { type LabelTable, tableOf } from './label-table.ts';
import { add, type Measure, measureLabels, nothing } from './measure-labels.ts';
import type { NiftiVolume } from './nifti.ts';
import { NUMBERINGS, type Numbering, USUAL } from './numberings.data.ts';
import { type RawLabels, voxelVolume } from './raw-labels.ts';
import { toldNote } from './told-note.ts';
import { WHOLE_STRUCTURES } from './totalsegmentator.data.ts';

/** How the numbers are to be called. */
export interface Judgement {
  readonly names: ReadonlyMap<number, string>;
  readonly notes: readonly Note[];
  /** Whether bone, muscle or the like was found on the CT where the labels say so. */
  readonly seenOnCt: boolean;
}

/** Score of signs: one that contradicts weighs as much as four that fit, because most signs fit by chance as well. */
const score = ({ fits, against }: Signs): number => fits - 4 * against.length;
/** Fewest signs that make another numbering certain. */
const CERTAIN = 4;
/** From so many contradictions on that nothing explains, labels are refused. */
const TOO_MANY = 3;

/**
 * Decides what the numbers of a label volume mean and whether that can be believed.
 * @throws InputError, one sentence with the likely cause, when it cannot.
 */
export async function judgeLabels(
  raw: RawLabels,
  ct: NiftiVolume | undefined,
  table: LabelTable | undefined,
  measures: readonly Measure[],
  progress: Progress,
): Promise<Judgement> {
  const usual = table ?? tableOf(USUAL);
  const judge = (names: ReadonlyMap<number, string>, of: readonly Measure[] = measures): Signs =>
    anatomySigns(foundOf(raw, names, of), voxelVolume(raw.toLps));
  refuseInverted(raw, usual.names, measures);
  const signs = judge(usual.names);
  const seenOnCt = signs.bones > 0;
  const others = table === undefined ? otherNumberings(raw, usual.names, measures, judge) : [];
  if (signs.against.length === 0) {
    const rival = others.find((other) => other.signs.against.length === 0 && other.signs.fits >= signs.fits);
    const notes =
      rival === undefined
        ? []
        : [note('scan.labels.unsure', { file: raw.name, usual: USUAL.label, other: rival.numbering.label })];
    return { names: usual.names, notes, seenOnCt };
  }

  if (signs.against.every((sign) => sign.against === 'left-right' && !sign.swapped)) {
    // what is called left lies on the left, but single organs do not: a mirrored picture was labelled, or a mirrored person
    const notes = [note('scan.labels.mirrored', { file: raw.name, signs: some(signs.against) })];
    return { names: usual.names, notes, seenOnCt };
  }
  const flip = signs.against.length < 2 ? undefined : await bestFlip(raw, ct, usual.names, measures, judge, progress);
  const better = (other: Signs | undefined): boolean =>
    other !== undefined && other.against.length <= signs.against.length / 4 && score(other) >= score(signs) + 5;
  const fitting = others.filter((other) => better(other.signs));
  const best = fitting[0];
  if (
    signs.against.length >= 2 &&
    best !== undefined &&
    !(better(flip?.signs) && score(flip!.signs) >= score(best.signs))
  ) {
    const second = Math.max(
      fitting[1] === undefined ? -99 : score(fitting[1].signs),
      flip === undefined ? -99 : score(flip.signs),
    );
    if (best.signs.against.length === 0 && best.signs.fits >= CERTAIN && score(best.signs) >= second + 3) {
      const args = { file: raw.name, usual: USUAL.label, numbering: best.numbering.label };
      const told = note('scan.labels.numbering', { ...args, signs: some(signs.against) });
      return { names: tableOf(best.numbering).names, notes: [told], seenOnCt: ct !== undefined };
    }
    const like = fitting.slice(0, 2).map((other) => `${other.numbering.label} (--label-table ${other.numbering.id})`);
    const [one, other] = like as [string, string?];
    throw new InputError(
      tell(SCAN_ERRORS, 'error.labels.other-numbering', {
        file: raw.name,
        usual: USUAL.label,
        signs: toldNote(some(signs.against)),
        like: other === undefined ? one : tell(SCAN_ERRORS, 'error.labels.or', { first: one, second: other }),
      }),
    );
  }
  if (flip !== undefined && better(flip.signs)) {
    throw new InputError(flipped(raw, ct, flip, signs.against));
  }
  // who names the numbers may be believed in spite of more
  const weight = table === undefined ? 6 : 2;
  if (signs.against.length >= TOO_MANY && (weight * signs.against.length > signs.fits || signs.bones < 0)) {
    throw new InputError(implausible(raw, ct, table, signs));
  }
  return {
    names: usual.names,
    notes: [note('scan.labels.odd', { file: raw.name, signs: some(signs.against) })],
    seenOnCt,
  };
}

/** The structures that a volume holds if its numbers are called so. */
function foundOf(raw: RawLabels, names: ReadonlyMap<number, string>, measures: readonly Measure[]): Found[] {
  const found = new Map<string, Found>();
  raw.values.forEach((value, v) => {
    const cls = classOf(names.get(value) ?? '');
    const row = cls === undefined || v === 0 ? undefined : rowOfClass(cls);
    if (row === undefined) return;
    const key = `${row.structure} ${row.side}`;
    const one = found.get(key) ?? { row, measure: nothing() };
    add(one.measure, measures[v]!);
    found.set(key, one);
  });
  return [...found.values()];
}

/** A label of more than half of everything, and of more than this, mm³, is what is left when something else was meant. */
const INVERTED = 5e5;

function refuseInverted(raw: RawLabels, names: ReadonlyMap<number, string>, measures: readonly Measure[]): void {
  raw.values.forEach((value, v) => {
    const cls = classOf(names.get(value) ?? '');
    const whole = cls !== undefined && WHOLE_STRUCTURES.includes(rowOfClass(cls)!.structure);
    const share = measures[v]!.voxels / raw.voxels.length;
    if (v === 0 || whole || share <= 0.5 || measures[v]!.voxels * voxelVolume(raw.toLps) < INVERTED) return;
    const name = names.get(value);
    const what =
      name === undefined
        ? tell(SCAN_ERRORS, 'error.labels.number', { number: value })
        : tell(SCAN_ERRORS, 'error.labels.named', { name, number: value });
    throw new InputError(
      tell(SCAN_ERRORS, 'error.labels.inverted', { file: raw.name, percent: Math.round(100 * share), what }),
    );
  });
}

/** A smaller share of what is labelled may be a slip. */
const STRAY = 0.0005;

interface Other {
  readonly numbering: Numbering;
  readonly signs: Signs;
}

/** Other numberings that have a name for every number that occurs and mean something else by it, best first. */
function otherNumberings(
  raw: RawLabels,
  usual: ReadonlyMap<number, string>,
  measures: readonly Measure[],
  judge: (names: ReadonlyMap<number, string>) => Signs,
): Other[] {
  // stray voxels of a number that is no class decide nothing
  const labelled = measures.reduce((sum, m) => sum + m.voxels, 0);
  const present = raw.values.filter((_, v) => v > 0 && measures[v]!.voxels > STRAY * labelled);
  const seen = new Set<string>([present.map((value) => usual.get(value) ?? '').join()]);
  return NUMBERINGS.flatMap((numbering): Other[] => {
    const names = tableOf(numbering).names;
    const meaning = present.map((value) => names.get(value) ?? '');
    if (meaning.includes('') || seen.has(meaning.join())) return [];
    seen.add(meaning.join());
    return [{ numbering, signs: judge(names) }];
  }).sort((a, b) => score(b.signs) - score(a.signs));
}

interface Flip {
  readonly axes: readonly Axis[];
  /** Whether the labels alone are reversed, or the CT with them; undefined where both explain it. */
  readonly alone: boolean | undefined;
  readonly signs: Signs;
}

const AXES: readonly Axis[] = ['left-right', 'front-back', 'head-feet'];

/** The reversal of labels, or of labels and CT together, that anatomy fits best. */
async function bestFlip(
  raw: RawLabels,
  ct: NiftiVolume | undefined,
  names: ReadonlyMap<number, string>,
  measures: readonly Measure[],
  judge: (names: ReadonlyMap<number, string>, measures: readonly Measure[]) => Signs,
  progress: Progress,
): Promise<Flip | undefined> {
  const worldAxis = [0, 1, 2].map((c) => {
    const column = raw.toLps.map((row) => Math.abs(row[c]!));
    return column.indexOf(Math.max(...column));
  });
  const flips: Flip[] = [];
  for (let n = 1; n < 8; n++) {
    const flipped = [0, 1, 2].map((axis) => ((n >> axis) & 1) === 1);
    const axes = AXES.filter((_, axis) => flipped[axis]);
    const mirrored = measures.map((m) => ({
      ...m,
      place: m.place.map((v, axis) => (flipped[axis] ? -v : v)) as Measure['place'],
    }));
    const together = judge(names, mirrored);
    if (ct === undefined) {
      flips.push({ axes, alone: undefined, signs: together });
      continue;
    }
    const index = worldAxis.map((axis) => flipped[axis]!) as [boolean, boolean, boolean];
    const alone = judge(names, await measureLabels(raw, ct, progress, index));
    const [a, b] = [score(together), score(alone)];
    flips.push({ axes, alone: a === b ? undefined : b > a, signs: b > a ? alone : together });
  }
  // of equally good ones the one with the fewest reversals
  return flips.toSorted((a, b) => score(b.signs) - score(a.signs) || a.axes.length - b.axes.length)[0];
}

function flipped(raw: RawLabels, ct: NiftiVolume | undefined, flip: Flip, against: readonly Sign[]): Told {
  const ways = flip.axes.map((axis) => tell(SCAN_ERRORS, 'error.labels.way', { axis }));
  const way = ways.reduce((first, second) => tell(SCAN_ERRORS, 'error.scan.and', { first, second }));
  const said = { file: raw.name, way, signs: toldNote(some(against)) };
  if (ct === undefined) return tell(SCAN_ERRORS, 'error.labels.flipped.alone', { ...said, against: 'header' });
  if (flip.alone === true) return tell(SCAN_ERRORS, 'error.labels.flipped.alone', { ...said, against: 'ct' });
  return flip.alone === false
    ? tell(SCAN_ERRORS, 'error.labels.flipped.both', { ...said, ct: ct.name })
    : tell(SCAN_ERRORS, 'error.labels.flipped.either', said);
}

function implausible(raw: RawLabels, ct: NiftiVolume | undefined, table: LabelTable | undefined, signs: Signs): Told {
  const tissue = signs.against.filter((sign) => sign.against === 'tissue');
  if (ct !== undefined && (signs.bones < 0 || 2 * tissue.length >= signs.against.length) && table !== undefined) {
    const isBone = raw.values.map(
      (value) => rowOfClass(classOf(table.names.get(value) ?? '') ?? '')?.tissue === 'bone',
    );
    const shift = fittingShift(raw, ct, isBone);
    const [x, y, z] = shift ?? [0, 0, 0];
    const far = Math.round(hypot(x, y, z));
    const way = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
    const to = way === Math.abs(z) ? (z > 0 ? 'head' : 'feet') : way === Math.abs(x) ? 'side' : 'front';
    const said = { file: raw.name, ct: ct.name, signs: toldNote(some(tissue)) };
    return far > 0
      ? tell(SCAN_ERRORS, 'error.labels.shifted', { ...said, far, to })
      : tell(SCAN_ERRORS, 'error.labels.elsewhere', said);
  }
  const said = { file: raw.name, signs: toldNote(some(signs.against)) };
  return table === undefined
    ? tell(SCAN_ERRORS, 'error.labels.unnamed', { ...said, usual: USUAL.label })
    : tell(SCAN_ERRORS, 'error.labels.implausible', said);
}

/** The first two signs, and how many more there are. */
function some(signs: readonly Sign[]): Note {
  const [first, second, ...more] = signs.map((sign) => sign.words);
  if (second === undefined) return first!;
  return more.length === 0
    ? note('scan.signs.two', { first: first!, second })
    : note('scan.signs.more', { first: first!, second, more: more.length });
}
