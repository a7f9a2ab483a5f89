import { STRUCTURES } from '../anatomy/structures.ts';
import type { LabelRow, Side } from '../voxel/model.ts';
import { type ClassRow, OTHER_CLASSES, OTHER_SPELLINGS, TOTAL_V2 } from './totalsegmentator.data.ts';

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

const LEFT = ['left', 'l', 'lt', 'sin', 'sinistra', 'sinister'];
const RIGHT = ['right', 'r', 'rt', 'dex', 'dextra', 'dexter'];

/**
 * The class that a name means, in TotalSegmentator's spelling: left_kidney, 'Left Kidney', kidney_L, L4, left_rib_7 and the usual other
 * names of the same thing. undefined where that is not certain.
 */
export function classOf(name: string): string | undefined {
  if (rowOfClass(name) !== undefined) return name;
  const words = name
    .normalize('NFKC')
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '' && word !== 'the' && word !== 'm' && word !== 'of');
  const level = words.find((word) => /^([ctl])\d{1,2}$/.test(word));
  if (
    level !== undefined &&
    words.every((word) => word === level || /^vertebra(e|l)?$|^body$|^lumbar$|^thoracic$/.test(word))
  ) {
    const vertebra = `vertebrae_${level.toUpperCase()}`;
    return rowOfClass(vertebra) && vertebra;
  }
  const sides = words.filter((word) => LEFT.includes(word) || RIGHT.includes(word));
  if (sides.length > 1) return undefined;
  const side = sides.length === 0 ? undefined : LEFT.includes(sides[0]!) ? 'left' : 'right';
  const rest = words.filter((word) => !sides.includes(word));
  const rib = /^ribs?_?(\d{1,2})$/.exec(rest.join('_'))?.[1];
  if (rib !== undefined) {
    const name = `rib_${side}_${Number(rib)}`;
    return rowOfClass(name) && side && name;
  }
  const base = rest.join('_').replace(/^(liver_segment)_[1-8]$/, '$1');
  const spelled = Object.hasOwn(OTHER_SPELLINGS, base) ? OTHER_SPELLINGS[base]! : base;
  if (/\d/.test(spelled)) return undefined;
  const full = side === undefined ? spelled : `${spelled}_${side}`;
  return rowOfClass(full) && full;
}

/** A known class whose name is so close to this one that it is probably meant: two letters changed, fewer in short names. */
export function nearClass(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/[^a-z\d]+/g, '_');
  const most = Math.min(2, Math.floor(plain.length / 5));
  let best: { name: string; far: number } | undefined;
  for (const known of KNOWN) {
    if (Math.abs(known.length - plain.length) > most) continue;
    const far = changes(plain, known.toLowerCase());
    if (far <= most && (best === undefined || far < best.far)) best = { name: known, far };
  }
  return best?.name;
}

const KNOWN = [
  ...new Set([
    ...TOTAL_V2,
    ...STRUCTURES.map((s) => s.id),
    ...Object.keys(OTHER_CLASSES),
    ...Object.keys(OTHER_SPELLINGS),
  ]),
];

/** Letters to insert, drop or replace on the way from one word to the other (Levenshtein). */
function changes(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(row[j]! + (a[i] === b[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
