import { hypot } from '../base/elementary.ts';
import type { Note } from '../base/note.ts';
import { note } from '../messages/note.ts';
import type { LabelRow } from '../voxel/model.ts';
import { LARGEST } from './largest-organs.data.ts';
import type { Measure } from './measure-labels.ts';
import { WHOLE_STRUCTURES } from './totalsegmentator.data.ts';

/** What a sign speaks against: a side, the order along an axis of the body, the tissue of the CT below, or what the number is called. */
export type Axis = 'left-right' | 'front-back' | 'head-feet';
export interface Sign {
  readonly against: Axis | 'tissue' | 'name';
  /** Two labels that are called left and right lie the other way round. */
  readonly swapped?: boolean;
  /** Part of a sentence: "the liver lies on the left". A structure in it is a note 'structure.ID', which is a name. */
  readonly words: Note;
}

/** Signs for and against that the labels are what they are called and lie where they should. */
export interface Signs {
  readonly fits: number;
  readonly against: readonly Sign[];
  /** Labels of bone that lie on bone on the CT, less those that do not. */
  readonly bones: number;
}

/** A structure of the labels, measured. */
export interface Found {
  readonly row: LabelRow;
  readonly measure: Measure;
}

/** Smallest piece that says something, mm³, and voxels: stray voxels of a class that is not there are common. */
const PIECE = 1000;
const VOXELS = 8;

/**
 * Compares labelled structures with what every body has in common: sides, front and back, the order of the vertebrae, sizes, and on a CT
 * whether bone is dense, muscle is soft and fat is light. Single signs may be wrong on a single person; many are not.
 * @param voxel volume of a voxel, mm³
 */
export function anatomySigns(found: readonly Found[], voxel: number): Signs {
  const parts = found
    .filter(({ measure }) => measure.voxels >= VOXELS && measure.voxels * voxel >= PIECE)
    .map(({ row, measure }) => new Part(row, measure, voxel));
  const book = new Book();
  for (const part of parts) {
    tissueSigns(part, book);
    sizeSigns(part, book);
  }
  sideSigns(parts, book);
  frontSigns(parts, book);
  spineSigns(parts, book);
  heightSigns(parts, book);
  return book;
}

class Book implements Signs {
  fits = 0;
  bones = 0;
  readonly against: Sign[] = [];
  /** One sign: how clearly it speaks for the labels, and what it says where it speaks against them. */
  note(clear: number, least: number, sign: () => Sign): void {
    if (clear >= least) this.fits++;
    else if (clear <= -least) this.against.push(sign());
  }
}

const named = (structure: string): Note => ({ id: `structure.${structure}` });

class Part {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly volume: number;
  readonly hounsfield: number | undefined;
  readonly dense: number;
  readonly spread: number;
  readonly name: Note;

  readonly row: LabelRow;

  constructor(row: LabelRow, { voxels, place, squares, onCt, hounsfield, dense }: Measure, voxel: number) {
    this.row = row;
    [this.x, this.y, this.z] = place.map((v) => v / voxels) as [number, number, number];
    this.volume = voxels * voxel;
    // of a number that mostly lies outside the CT nothing is known
    const seen = onCt >= VOXELS && onCt > voxels / 4;
    this.hounsfield = seen ? hounsfield / onCt : undefined;
    this.dense = seen ? dense / onCt : 0;
    this.spread = Math.sqrt(Math.max(0, ...squares.map((v, a) => v / voxels - (place[a]! / voxels) ** 2)));
    this.name = note('scan.part', { side: row.side, name: named(row.structure) });
  }
}

/** Share of dense voxels in a label of bone; 0.5 to 0.9 is usual, old spongy bone has less, what is no bone has none. */
const SOME_BONE = 0.1;
/** Mean Hounsfield units of soft parts: the lowest and highest that are still possible, fatty muscle and contrast agent included. */
const SOFT: Readonly<Record<string, readonly [number, number]>> = {
  muscle: [-100, 200],
  muscle_wall: [-100, 200],
  muscle_psoas: [-80, 200],
  organ: [-80, 200],
  kidney: [-60, 450],
  artery: [-40, 700],
  vein: [-40, 500],
  neural: [-60, 300],
  fat_subcutaneous: [-200, 0],
  fat_visceral: [-200, 0],
  lung: [-1100, -150],
  bowel: [-1100, 600],
  urinary_bladder: [-100, 1500],
};

function tissueSigns({ row, hounsfield, dense, name }: Part, book: Book): void {
  if (hounsfield === undefined) return;
  const hu = Math.round(hounsfield);
  if (row.tissue === 'bone') {
    book.bones += dense >= SOME_BONE ? 1 : -1;
    book.note(dense >= SOME_BONE ? 1 : -1, 1, () => ({
      against: 'tissue',
      words: note('scan.sign.not-bone', { name, hu }),
    }));
    return;
  }
  const range = SOFT[row.tissue];
  if (range === undefined || row.structure === 'trachea' || row.structure === 'gallbladder') return;
  const fits = hounsfield >= range[0] && hounsfield <= range[1];
  book.note(fits ? 1 : -1, 1, () => ({ against: 'tissue', words: note('scan.sign.tissue', { name, hu }) }));
}

function sizeSigns({ row, volume, spread, name }: Part, book: Book): void {
  const most = LARGEST[row.structure] ?? (/^vertebra_/.test(row.structure) ? LARGEST.vertebra : undefined);
  if (most === undefined || WHOLE_STRUCTURES.includes(row.structure)) return;
  const [litres, reach] = most;
  if (volume > litres * 1e6) {
    const size = volume >= 1e6 ? (volume / 1e6).toFixed(1) : (volume / 1e6).toFixed(2);
    book.against.push({ against: 'name', words: note('scan.sign.size', { name, size }) });
  } else if (spread > reach) {
    book.against.push({ against: 'name', words: note('scan.sign.spread', { name }) });
  }
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;

const isSpine = (structure: string): boolean => /^vertebra/.test(structure) || structure === 'sacrum';

/** Furthest apart that left and right may lie on the same side of a body and nobody can tell, mm. */
const SAME_PLACE = 8;

function sideSigns(parts: readonly Part[], book: Book): void {
  const middles: number[] = [];
  for (const left of parts.filter((part) => part.row.side === 'left')) {
    const right = parts.find((part) => part.row.structure === left.row.structure && part.row.side === 'right');
    if (right === undefined || WHOLE_STRUCTURES.includes(left.row.structure) || left.row.structure === 'heart')
      continue;
    middles.push((left.x + right.x) / 2);
    const name = named(left.row.structure);
    const apart = left.x - right.x;
    if (Math.abs(apart) < SAME_PLACE) {
      if (hypot(left.y - right.y, left.z - right.z) > 2 * SAME_PLACE)
        book.against.push({ against: 'name', words: note('scan.sign.one-side', { name }) });
      continue;
    }
    book.note(apart, SAME_PLACE, () => ({
      against: 'left-right',
      swapped: true,
      words: note('scan.sign.swapped', { name }),
    }));
  }
  const at = (structure: string): Part | undefined => parts.find((part) => part.row.structure === structure);
  const middle = mean(parts.filter((part) => isSpine(part.row.structure)).map((part) => part.x)) ?? mean(middles);
  const [liver, spleen, aorta, cava] = ['liver', 'spleen', 'abdominal_aorta', 'inferior_vena_cava'].map(at);
  const side = (part: Part, clear: number): void =>
    book.note(clear, 15, () => ({
      against: 'left-right',
      words: note('scan.sign.side', { name: part.name, side: part.row.structure === 'liver' ? 'left' : 'right' }),
    }));
  if (liver && middle !== undefined) side(liver, middle - liver.x);
  else if (liver && spleen) side(liver, spleen.x - liver.x);
  if (spleen && middle !== undefined) side(spleen, spleen.x - middle);
  if (aorta && cava) book.note(aorta.x - cava.x, 5, () => ({ against: 'left-right', words: note('scan.sign.aorta') }));
}

const BEFORE_SPINE: readonly string[] = [
  'small_intestine', 'large_intestine', 'stomach', 'liver', 'pancreas', 'duodenum', 'gallbladder', 'abdominal_aorta',
  'inferior_vena_cava', 'portal_vein', 'heart', 'sternum', 'rectus_abdominis', 'costal_cartilage', 'transverse_colon',
]; // biome-ignore format: a list of names
const BEHIND_SPINE: readonly string[] = ['erector_spinae', 'multifidus'];

/** How far in front of the vertebrae's middle something has to lie to say anything, mm. */
const BEFORE = 8;

function frontSigns(parts: readonly Part[], book: Book): void {
  const spine = mean(parts.filter((part) => isSpine(part.row.structure)).map((part) => part.y));
  const back = mean(parts.filter((part) => BEHIND_SPINE.includes(part.row.structure)).map((part) => part.y));
  const behind = spine ?? back;
  if (behind === undefined) return;
  for (const part of parts) {
    if (BEFORE_SPINE.includes(part.row.structure)) {
      book.note(behind - part.y, BEFORE, () => ({
        against: 'front-back',
        words: note('scan.sign.behind', { name: part.name }),
      }));
    } else if (BEHIND_SPINE.includes(part.row.structure) && spine !== undefined) {
      book.note(part.y - spine, BEFORE, () => ({
        against: 'front-back',
        words: note('scan.sign.before', { name: part.name }),
      }));
    }
  }
}

/** Vertebrae from head to feet. */
const LEVELS = [
  ...Array.from({ length: 7 }, (_, n) => `vertebra_c${n + 1}`),
  ...Array.from({ length: 12 }, (_, n) => `vertebra_t${n + 1}`),
  ...Array.from({ length: 5 }, (_, n) => `vertebra_l${n + 1}`),
  'sacrum',
];

/** A vertebra this far beside the others is none, and two neighbours are at most so far apart, mm. */
const BESIDE = 60;
const NEIGHBOURS = 90;

function spineSigns(parts: readonly Part[], book: Book): void {
  const spine = LEVELS.flatMap((level, n) => {
    const part = parts.find((p) => p.row.structure === level);
    return part === undefined ? [] : [{ n, part }];
  });
  const x = spine.map(({ part }) => part.x).sort((a, b) => a - b)[Math.floor(spine.length / 2)];
  spine.forEach(({ n, part }, at) => {
    if (Math.abs(part.x - x!) > BESIDE)
      book.against.push({ against: 'name', words: note('scan.sign.beside', { name: part.name }) });
    const next = spine[at + 1];
    if (next === undefined) return;
    const steps = next.n - n;
    const apart = hypot(part.x - next.part.x, part.y - next.part.y, part.z - next.part.z);
    const names = { name: part.name, other: next.part.name };
    if (apart > NEIGHBOURS * steps) book.against.push({ against: 'name', words: note('scan.sign.far', names) });
    else book.note(part.z - next.part.z, 5, () => ({ against: 'head-feet', words: note('scan.sign.below', names) }));
  });
}

// biome-ignore-start format: lists of names
const HEAD: readonly string[] = [
  'brain',
  'skull',
  'face',
  'thyroid_gland',
  'trachea',
  'common_carotid_artery',
  'subclavian_artery',
  'brachiocephalic_trunk',
  'brachiocephalic_vein',
  'superior_vena_cava',
  'clavicle',
  'scapula',
];
const HIGH: readonly string[] = [
  'liver',
  'spleen',
  'stomach',
  'pancreas',
  'kidney',
  'suprarenal_gland',
  'gallbladder',
  'heart',
  'lung',
];
const LOW: readonly string[] = [
  'hip_bone',
  'sacrum',
  'urinary_bladder',
  'prostate',
  'femur',
  'gluteus_maximus',
  'gluteus_medius',
  'gluteus_minimus',
];
// biome-ignore-end format: lists of names

/** Head and neck lie above the organs of the upper belly and the chest, those above the pelvis: each against the middle one of the rest. */
function heightSigns(parts: readonly Part[], book: Book): void {
  const [head, high, low] = [HEAD, HIGH, LOW].map((names) =>
    parts.filter((part) => names.includes(part.row.structure)),
  );
  const compare = (part: Part, others: readonly Part[], above: boolean): void => {
    const other = others.toSorted((a, b) => a.z - b.z)[Math.floor(others.length / 2)];
    if (other === undefined) return;
    book.note((part.z - other.z) * (above ? 1 : -1), 10, () => ({
      against: 'head-feet',
      words: note(
        'scan.sign.below',
        above ? { name: part.name, other: other.name } : { name: other.name, other: part.name },
      ),
    }));
  };
  for (const part of head!) compare(part, high!.length > 0 ? high! : low!, true);
  for (const part of high!) compare(part, low!, true);
  for (const part of low!) compare(part, high!, false);
}
