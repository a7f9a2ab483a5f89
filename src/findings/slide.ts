import { norm } from '../base/elementary.ts';
import { cellAt, type Vec3 } from '../base/grid.ts';
import { along, minus, pointAt } from '../base/vec.ts';
import type { Press } from '../press/press.ts';
import { FAR_FROM_TOOL, touchedSkin } from './baseline.ts';
import { organOf } from './organ-of.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/** What slides is looked for so far behind the surface, in such steps, mm: loops lie behind their fat. */
const BEHIND = 12;
const STEP = 2;
/** Where less of it lies near the tool, the nearest of so much is read, mm² (10 cm²). */
const LEAST = 1000;
/** The largest slip of all is at single points. */
const NEARLY_ALL = 0.95;

/**
 * How far an organ of the belly has slid along what holds it near the tool, mm: what 95 % of its surface there stay below. Far from the tool contents
 * come to rest before the sacrum, with slips that are not the tool's doing.
 * @returns undefined where contents do not slide, or it lies nowhere free
 */
export function slideOf(press: Press, organ: string): number | undefined {
  const { contents } = press.fields;
  if (contents === undefined) return undefined;
  const { points, areas, normals, tied, slip } = contents.surface;
  const { grid, labels, table } = press.model.fine;
  const isOrgan = table.map((row, label) => label > 0 && organOf(row.structure) === organ);
  const isFat = table.map((row, label) => label > 0 && row.tissue === 'fat_visceral');
  const behind = (at: Vec3, normal: Vec3): boolean => {
    for (let s = STEP / 2; s < BEHIND; s += STEP) {
      const cell = cellAt(grid, ...along(at, -s, normal));
      const label = cell < 0 ? 0 : labels[cell]!;
      if (label > 0 && !isFat[label]) return isOrgan[label]!;
    }
    return false;
  };
  const touched = touchedSkin(press);
  const found = [...areas.keys()].flatMap((s) => {
    const at = pointAt(points, 3 * s);
    if (tied[s] === 1 || !behind(at, pointAt(normals, 3 * s))) return [];
    const away = touched.reduce((least, skin) => Math.min(least, norm(minus(at, skin))), Number.POSITIVE_INFINITY);
    return [{ away, weight: areas[s]!, value: slip[s]! }];
  });
  if (found.length === 0) return undefined;
  found.sort((a, b) => a.away - b.away);
  let area = 0;
  const near = found.filter(({ away, weight }) => {
    const kept = away <= FAR_FROM_TOOL || area < LEAST;
    if (kept) area += weight;
    return kept;
  });
  return weightedQuantile(near, NEARLY_ALL);
}
