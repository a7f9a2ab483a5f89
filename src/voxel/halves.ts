import { cellCount, cellPlace } from '../base/grid.ts';
import type { Part, VoxelModel } from './model.ts';
import type { Peritoneum } from './peritoneum.ts';

/** A share of a cell below this is none: slivers are thrown about. */
const LEAST = 0.02;
/** No cell whose middle is so far from the surface, in cells, is cut by it. */
const CUT = 0.95;

/** A trunk as two bodies, what holds and what hangs and lies in it. */
export interface Halves {
  /** Share of each cell that is each body's: together the fill. */
  readonly inside: readonly [Float32Array, Float32Array];
  /** What each is made of; a part through which the peritoneum goes is in both. */
  readonly parts: readonly [readonly Piece[], readonly Piece[]];
}
export type Piece = Pick<Part, 'structure' | 'side' | 'tissue' | 'cells' | 'fraction'>;

/** Deals cells and parts out to container and contents, voxel by voxel, by the side of the peritoneum that they lie on. */
export function halvesOf({ grid, fine, fill, parts }: VoxelModel, { distance }: Peritoneum): Halves {
  const cells = cellCount(grid);
  const per = Math.round(grid.spacing / fine.grid.spacing);
  const named = (of: Pick<Part, 'structure' | 'side' | 'tissue'>): string => `${of.structure} ${of.side} ${of.tissue}`;
  const partNames = parts.map(named);
  const partOf = fine.table.map((row) => partNames.indexOf(named(row)));
  const inside = [Float32Array.from(fill), new Float32Array(cells)] as const;
  /** Of the cells that are cut: the contents' share of each part. */
  const cut = new Map<number, Float32Array>();
  const [fx, fy] = fine.grid.size;
  const at = (d: 0 | 1 | 2, n: number): number => fine.grid.origin[d] + fine.grid.spacing * (n + 0.5);
  const whole = per * per * per;
  for (let c = 0; c < cells; c++) {
    if (!(fill[c]! > 0)) continue;
    const [i, j, k] = cellPlace(grid, c);
    const middle = (per - 1) / 2;
    const away = distance(at(0, per * i + middle), at(1, per * j + middle), at(2, per * k + middle));
    if (away > CUT * grid.spacing) continue;
    const shares = new Float32Array(parts.length);
    let own = 0;
    for (let n = 0; n < whole && away >= -CUT * grid.spacing; n++) {
      const a = per * i + (n % per);
      const b = per * j + (Math.floor(n / per) % per);
      const g = per * k + Math.floor(n / (per * per));
      const label = fine.labels[a + fx * (b + fy * g)]!;
      if (label === 0 || distance(at(0, a), at(1, b), at(2, g)) >= 0) continue;
      shares[partOf[label]!] = shares[partOf[label]!]! + 1 / whole;
      own += 1 / whole;
    }
    if (away >= -CUT * grid.spacing && own < LEAST) continue;
    const all = away < -CUT * grid.spacing || fill[c]! - own < LEAST;
    inside[1][c] = all ? fill[c]! : own;
    inside[0][c] = all ? 0 : fill[c]! - own;
    if (!all) cut.set(c, shares);
  }
  const dealt: [Piece[], Piece[]] = [[], []];
  parts.forEach(({ structure, side, tissue, cells: list, fraction }, p) => {
    const held = Float32Array.from(list, (c, n) => cut.get(c)?.[p] ?? (inside[1][c]! > 0 ? fraction[n]! : 0));
    const shares = [fraction.map((f, n) => f - held[n]!), held] as const;
    for (const b of [0, 1] as const) {
      // what is left of a difference of two f32
      const kept = shares[b].map((f) => (f > 1e-6 ? 1 : 0));
      if (!kept.includes(1)) continue;
      const some = <T extends Uint32Array | Float32Array>(values: T): T => values.filter((_, n) => kept[n] === 1) as T;
      dealt[b].push({ structure, side, tissue, cells: some(list), fraction: some(shares[b]) });
    }
  });
  return { inside, parts: dealt };
}
