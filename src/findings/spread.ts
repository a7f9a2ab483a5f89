import { quantiles } from '../base/statistics.ts';
import type { Reading } from './readings.ts';
import { astride, carried } from './scale.ts';

/** Fewer presses than this give no range. */
const FEWEST = 8;

/** What one press of an ensemble found: value by name (readings.ts); undefined when it did not reach its load. */
export type SampleValues = Readonly<Record<string, number>> | undefined;

/** Another press of the same body: what it found, and what its pressures do to vessels. */
export interface Member {
  readonly values: NonNullable<SampleValues>;
  readonly driven: ReadonlyMap<string, number>;
}

/** The presses that ranges are made from. */
export interface Members<Drawn extends Member = Member> {
  /** The press on the coarse grid with nothing drawn. */
  readonly central: SampleValues;
  /** Those with drawn inputs that reached their load. */
  readonly drawn: readonly Drawn[];
  /** The central press on other grids, and their cells, mm. */
  readonly grids: readonly (Member & { readonly cell: number })[];
  /** Cells of the press whose ranges are wanted, mm. */
  readonly fineCell: number;
}

/** A range, and what made it: on the reading's scale, how far the presses reach and how far the grid does. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  /** What the grid alone could make of the value. */
  readonly onGrids: readonly [low: number, high: number];
  /** Share of the range's reach that the grid has by itself, 0…1: it counts beside rank correlations. */
  readonly gridShare: number;
  /** The value in each press that has it, brought over to the fine grid. */
  readonly values: readonly number[];
}

/** Whether so many presses give ranges. */
export const areEnough = (presses: number): boolean => presses >= FEWEST;

/** The range of a reading; undefined where too few presses have it. How it is made: `withRanges`. */
export function spreadOf(r: Reading, members: Members): Spread | undefined {
  const { drawn } = members;
  if (!areEnough(drawn.length)) return undefined;
  const values = drawn.map((member) => broughtOver(r, members, member)).filter((value) => value !== undefined);
  if (!areEnough(values.length)) return undefined;
  const [p5, p95] = quantiles(values, [0.05, 0.95]) as [number, number];
  const { scale, value } = r;
  const at = scale.on(value);
  const [below, above] = [Math.max(0, at - scale.on(p5)), Math.max(0, scale.on(p95) - at)];
  const { off, apart } = offByGrid(r, members);
  // there and back on the scale may cost the last bit, and a flow that has stopped is nearly stopped on it
  const down = (by: number, ...held: number[]): number => (by === 0 ? value : Math.min(scale.off(at - by), ...held));
  const up = (by: number, ...held: number[]): number => (by === 0 ? value : Math.max(scale.off(at + by), ...held));
  const onGrids = [Math.min(down(off, value), value - apart), Math.max(up(off, value), value + apart)] as const;
  // presses and grid together reach so far on the scale, or in the value itself where anything leads to the other side of zero
  const turned = apart > 0 || astride(scale, value, p5, p95, ...onGrids);
  const low = turned
    ? value - bothOf(Math.max(0, value - p5), value - onGrids[0])
    : down(bothOf(below, off), value, p5);
  const high = turned
    ? value + bothOf(Math.max(0, p95 - value), onGrids[1] - value)
    : up(bothOf(above, off), value, p95);
  const reach = (below + above) / 2;
  const byGrid = apart === 0 ? off : (scale.on(onGrids[1]) - scale.on(onGrids[0])) / 2;
  return { low, high, values, onGrids, gridShare: byGrid === 0 ? 0 : byGrid / bothOf(reach, byGrid) };
}

/** What the press of a sample makes of a reading on the fine grid; undefined where nothing is known of it there. */
function broughtOver(r: Reading, { central }: Members, { values, driven }: Member): number | undefined {
  const [coarse, sample] = [central?.[r.name] ?? r.otherwise, values[r.name] ?? r.otherwise];
  if (coarse === undefined || sample === undefined) return undefined;
  return driven.get(r.name) ?? carried(r.scale, r.value, coarse, sample);
}

/** How far a reading may be off for its cells: on its scale, and, from grids on which it is on the other side of zero, in itself. */
function offByGrid({ name, scale, value, otherwise }: Reading, { grids, fineCell }: Members) {
  let [off, apart] = [0, 0];
  for (const { values, cell, driven } of grids) {
    const there = driven.get(name) ?? values[name] ?? otherwise;
    if (there === undefined) continue;
    if (astride(scale, value, there))
      apart = Math.max(apart, Math.abs(((there - value) * fineCell) / (cell - fineCell)));
    else off = Math.max(off, Math.abs(((scale.on(there) - scale.on(value)) * fineCell) / (cell - fineCell)));
  }
  return { off, apart };
}

/** Two independent reaches together. */
const bothOf = (a: number, b: number): number => Math.sqrt(a * a + b * b);
