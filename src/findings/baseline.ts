import { pow } from '../base/elementary.ts';
import { cellAt, cellCentre, type Vec3 } from '../base/grid.ts';
import { asSeenBy } from '../press/as-seen-by.ts';
import type { Press } from '../press/press.ts';
import { weightedQuantile } from './weighted-quantile.ts';
import { type CellSet, mergeCells } from './window-peak.ts';

/** Soft contents farther from the tool than this count as 'the rest of the belly', mm: about two widths of a tool's head. */
export const FAR_FROM_TOOL = 60;

/** If less than this lies that far away, the farthest quarter stands in, mm³ (50 cm³). */
const MIN_VOLUME = 50_000;

/**
 * Pressure in the rest of the belly, kPa: the median over visceral fat and bowel far from the tool.
 *
 * A press squeezes the whole closed belly a little, and veins and ureters inside rise with it, so what narrows them is
 * the local excess over this (evidence V-18: standing up raises the whole belly by 17–20 mmHg without closing a vein). The
 * model starts from zero pressure at rest, so this is already the rise that the press causes; the resting pressure
 * (V-16, V-20) is on both sides of the difference and drops out. A scan that has neither fat nor bowel labelled uses all
 * of its soft tissue.
 */
export function baselinePressure(press: Press): number {
  const { model } = press;
  const soft = model.parts.filter((p) => p.tissue === 'fat_visceral' || p.tissue === 'bowel');
  const parts = soft.length > 0 ? soft : model.parts.filter((p) => p.tissue !== 'bone' && p.tissue !== 'skin');
  if (parts.length === 0) return 0;
  const set = mergeCells(parts);
  const distance = distanceToTool(press, set);

  let chosen = indicesBeyond(distance, FAR_FROM_TOOL);
  const cellVolume = pow(model.grid.spacing, 3);
  const volume = chosen.reduce((sum, n) => sum + set.fraction[n]! * cellVolume, 0);
  if (volume < MIN_VOLUME) {
    const sorted = Float64Array.from(distance).sort();
    chosen = indicesBeyond(distance, sorted[Math.floor(0.75 * (sorted.length - 1))]!);
  }
  const { fields } = asSeenBy(press, parts);
  return weightedQuantile(
    chosen.map((n) => ({ value: fields.pressure[set.cells[n]!]!, weight: set.fraction[n]! })),
    0.5,
  );
}

/** Distance of each cell's centre to the nearest touched skin (before the press), mm. */
function distanceToTool(press: Press, set: CellSet): Float64Array {
  const { grid } = press.model;
  const touched = touchedSkin(press);
  return Float64Array.from(set.cells, (cell) => {
    const [x, y, z] = cellCentre(grid, cell);
    let nearest = Number.POSITIVE_INFINITY;
    for (const [tx, ty, tz] of touched) nearest = Math.min(nearest, (x - tx) ** 2 + (y - ty) ** 2 + (z - tz) ** 2);
    return Math.sqrt(nearest);
  });
}

/** One point per grid cell in which the skin touches the tool (not the floor); the aimed point when nothing touches. */
export function touchedSkin(press: Press): Vec3[] {
  const { grid, skin } = press.model;
  const { placed } = press;
  const depth = press.steps.at(-1)?.depth ?? 0;
  const points = new Map<number, Vec3>();
  for (let t = 0; t < press.fields.contact.length; t++) {
    if (!(press.fields.contact[t]! > 0)) continue;
    const centre = [0, 1, 2].map((axis) => {
      const corner = (n: number): number => skin.vertices[3 * skin.triangles[3 * t + n]! + axis]!;
      return (corner(0) + corner(1) + corner(2)) / 3;
    }) as [number, number, number];
    // where a floor lies under the person, what is nearer to the floor than to the tool touches the floor
    if (placed.floor !== undefined && placed.floor(...centre, depth) < placed.distance(...centre, depth)) continue;
    const cell = cellAt(grid, ...centre);
    if (!points.has(cell)) points.set(cell, centre);
  }
  return points.size > 0 ? [...points.values()] : [placed.at];
}

function indicesBeyond(distance: Float64Array, limit: number): number[] {
  const chosen: number[] = [];
  for (let n = 0; n < distance.length; n++) if (distance[n]! >= limit) chosen.push(n);
  return chosen;
}
