import type { Press } from '../press/press.ts';
import type { Part } from '../voxel/model.ts';
import type { Share } from './finding.ts';
import { organOf } from './organ-of.ts';

/** Shares are whole millionths, so that they add up to 1 and stay short in JSON. */
const PARTS = 1_000_000;

/**
 * Where the tool's work ended: the share of all strain energy that is stored in each group of structures, largest first.
 *
 * It is a share of energy, not of force: at rest in the pressed state, the work that the tool did is stored in what changed
 * shape. Tissue hardly changes volume, so pressure alone stores almost nothing; a soft thing that is squeezed flat counts for
 * much and a stiff one that is only pushed along for little. A cell's energy is divided among the structures in it by volume;
 * bone does not deform and gets none.
 *
 * No range is computed here: low and high are null (ranges.ts fills them from an ensemble).
 *
 * @returns shares that add up to 1 (within 1e-9); empty when no work was stored at all
 */
export function shares(press: Press): Share[] {
  const { model, fields } = press;
  const soft = model.parts.filter((part) => part.tissue !== 'bone');

  // share of each cell that is soft tissue: the divisor
  const filled = new Float64Array(fields.work.length);
  for (const part of soft) for (let n = 0; n < part.cells.length; n++) filled[part.cells[n]!]! += part.fraction[n]!;

  const sums = new Map<string, number>();
  const add = (group: string, work: number): void => void sums.set(group, (sums.get(group) ?? 0) + work);
  for (const part of soft) {
    let work = 0;
    for (let n = 0; n < part.cells.length; n++) {
      const cell = part.cells[n]!;
      if (filled[cell]! > 0) work += Math.max(0, fields.work[cell]!) * (part.fraction[n]! / filled[cell]!);
    }
    if (work > 0) add(shareGroup(part), work);
  }
  let orphan = 0;
  for (let cell = 0; cell < filled.length; cell++) if (filled[cell] === 0) orphan += Math.max(0, fields.work[cell]!);
  if (orphan > 0) add('other', orphan);
  return inMillionths(sums);
}

/** The group a part's work is counted in. */
function shareGroup(part: Part): string {
  const organ = organOf(part.structure);
  if (['small_intestine', 'large_intestine', 'psoas_major', 'iliacus', 'iliopsoas', 'abdominal_wall'].includes(organ))
    return organ;
  switch (part.tissue) {
    case 'skin':
      return 'skin';
    case 'fat_subcutaneous':
      return 'subcutaneous_fat';
    case 'fat_visceral':
      return 'visceral_fat';
    case 'muscle_wall':
    case 'aponeurosis':
      return 'abdominal_wall';
    case 'artery':
    case 'vein':
      return 'vessels';
    case 'kidney':
      return 'kidney';
    case 'muscle':
    case 'muscle_psoas':
      return 'other_muscle';
    default:
      return 'other';
  }
}

/** Rounds to millionths so that the sum stays exactly one: what rounding down leaves over goes to the largest remainders. */
function inMillionths(sums: ReadonlyMap<string, number>): Share[] {
  const total = [...sums.values()].reduce((a, b) => a + b, 0);
  if (!(total > 0)) return [];
  const rows = [...sums].map(([structure, work]) => {
    const exact = (work / total) * PARTS;
    return { structure, count: Math.floor(exact), remainder: exact - Math.floor(exact) };
  });
  let left = PARTS - rows.reduce((a, r) => a + r.count, 0);
  for (const row of [...rows].sort((a, b) => b.remainder - a.remainder || (a.structure < b.structure ? -1 : 1))) {
    if (left <= 0) break;
    row.count++;
    left--;
  }
  return rows
    .filter((row) => row.count > 0)
    .sort((a, b) => b.count - a.count || (a.structure < b.structure ? -1 : 1))
    .map(({ structure, count }) => ({ structure, share: count / PARTS, low: null, high: null }));
}
