import type { Side } from '../anatomy/tissue.ts';
import { cellPlace } from '../base/grid.ts';
import { innerProduct } from '../base/vec.ts';
import type { LabelVolume, Tissue } from '../voxel/model.ts';

/**
 * Where the fibres of a muscle run that goes down from the spine or the hip bone to the thigh, and how dense they are, out of its labels alone: as a potential flow, as
 * Choi and Blemker laid fascicles (2013, doi 10.1371/journal.pone.0077576). Fibres begin in bone, at each height as many as the muscle has grown by since the
 * slice above, until it is widest; below that none begins, and all end in the femur. So in the belly of the muscle the flow is about 1, and as its section shrinks
 * towards the tendon it grows. A stress along such a flow, of its strength, balances itself along the fibres: it pulls on the bones at both ends, and sideways where fibres bend.
 */
export interface MuscleFlow {
  /** Middles of voxels, mm (n×3). */
  readonly places: Float64Array;
  /** Flow there, along the fibres: how many of them stand where one would (n×3). */
  readonly flow: Float64Array;
  /** Volume of a voxel, mm³. */
  readonly volume: number;
  /** The widest section, through which all of it flows, mm². */
  readonly section: number;
}

const THIGH = 'femur';
/** What fibres begin in. */
const HOLDS: ReadonlySet<Tissue> = new Set(['bone', 'disc']);
/** Gaps of other tissue over which a muscle holds on to bone all the same, mm: fascia, tendinous arches, what is drawn a little beside it. */
const BRIDGE = 6;
/** How far fibres go on into bone, mm, so that what they pull on is bone on coarse cells too. */
const ROOTED = 12;
/** Difference of heights at which bone takes half as many of a slice's fibres as at its own, mm. */
const NEAR = 10;

/** Conductance to nowhere of a voxel: crumbs of a muscle that touch nothing have a potential too. */
const LEAK = 1e-7;
/** Residual at which the potential is good, as a share of what flows in. */
const GOOD = 1e-4;

/** @returns undefined where the volume does not hold the muscle, or nothing that it could begin in or end in */
export function muscleFlow(
  { grid, labels, table }: LabelVolume,
  structure: string,
  side: Side,
): MuscleFlow | undefined {
  const own = table.map((row, n) => n > 0 && row.structure === structure && row.side === side);
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const layer = nx * ny;
  const slice = (c: number): number => Math.floor(c / layer);
  const domain = new Set<number>();
  const area = new Float64Array(nz);
  for (let c = 0; c < labels.length; c++) {
    if (!own[labels[c]!]) continue;
    domain.add(c);
    area[slice(c)] = area[slice(c)]! + 1;
  }
  if (domain.size === 0) return undefined;
  const widest = area.reduce((best, a, k) => (a >= area[best]! ? k : best), 0);

  // steps from a cell to its neighbours: -x +x -y +y -z +z
  const steps = [-1, 1, -nx, nx, -layer, layer];
  const hasNext = (c: number, d: number): boolean => {
    const i = cellPlace(grid, c)[d >> 1]!;
    return d % 2 === 0 ? i > 0 : i < grid.size[d >> 1]! - 1;
  };
  const begins: number[] = [];
  const ends: number[] = [];
  const muscle = [...domain];
  for (const c of muscle)
    for (let d = 0; d < 6; d++) {
      const way: number[] = [];
      let bone: number | undefined;
      let rooted = 0;
      for (let o = c; hasNext(o, d); ) {
        o += steps[d]!;
        const label = labels[o]!;
        const { structure: what, tissue } = table[label]!;
        const holds = label > 0 && HOLDS.has(tissue) && (what === THIGH || slice(c) >= widest);
        if (
          own[label] ||
          (bone === undefined ? !holds && (way.length + 1) * h > BRIDGE : !holds || rooted * h >= ROOTED)
        )
          break;
        if (holds) {
          bone = label;
          rooted++;
        }
        way.push(o);
      }
      if (bone === undefined) continue;
      for (const o of way) domain.add(o);
      (table[bone]!.structure === THIGH ? ends : begins).push(way.at(-1)!);
    }
  // a muscle that a scan cuts off begins and ends there
  for (const c of muscle) if (slice(c) === nz - 1 && widest < nz - 1) begins.push(c);
  if (ends.length === 0) ends.push(...muscle.filter((c) => slice(c) === 0));
  if (begins.length === 0 || ends.length === 0) return undefined;

  const cells = Uint32Array.from(domain).sort();
  const n = cells.length;
  const numbers = new Map<number, number>();
  for (const [i, c] of cells.entries()) numbers.set(c, i);
  const beside = new Int32Array(6 * n).fill(-1);
  for (const [i, c] of cells.entries())
    for (const [d, step] of steps.entries()) if (hasNext(c, d)) beside[6 * i + d] = numbers.get(c + step) ?? -1;
  const inflow = new Float64Array(n);
  const add = (c: number, v: number): void => {
    const i = numbers.get(c)!;
    inflow[i] = inflow[i]! + v;
  };
  let grown = 0;
  for (let k = nz - 1; k >= widest; k--) {
    const more = area[k]! - grown;
    if (more <= 0) continue;
    grown = area[k]!;
    const weights = begins.map((c) => 1 / (1 + (((slice(c) - k) * h) / NEAR) ** 2));
    const all = weights.reduce((sum, w) => sum + w, 0);
    for (const [b, c] of begins.entries()) add(c, (more * weights[b]!) / all);
  }
  for (const c of ends) add(c, -grown / ends.length);

  const phi = potential(beside, inflow);
  const flow = new Float64Array(3 * n);
  const places = new Float64Array(3 * n);
  cells.forEach((c, i) => {
    const at = cellPlace(grid, c);
    for (let d = 0; d < 3; d++) {
      places[3 * i + d] = grid.origin[d]! + h * (at[d]! + 0.5);
      const [before, behind] = [beside[6 * i + 2 * d]!, beside[6 * i + 2 * d + 1]!];
      const [a, b] = [before < 0 ? phi[i]! : phi[before]!, behind < 0 ? phi[i]! : phi[behind]!];
      flow[3 * i + d] = (a - b) / 2;
    }
  });
  return { places, flow, volume: h * h * h, section: grown * h * h };
}

/** Solves Σ (φᵢ − φⱼ) = what flows in, by conjugate gradients with the diagonal. */
function potential(beside: Int32Array, inflow: Float64Array): Float64Array {
  const n = inflow.length;
  const diagonal = new Float64Array(n).fill(LEAK);
  for (let f = 0; f < 6 * n; f++) {
    const i = Math.floor(f / 6);
    if (beside[f]! >= 0) diagonal[i] = diagonal[i]! + 1;
  }
  const phi = new Float64Array(n);
  const r = Float64Array.from(inflow);
  const z = r.map((v, i) => v / diagonal[i]!);
  const p = Float64Array.from(z);
  const q = new Float64Array(n);
  const first = innerProduct(r, r);
  let rz = innerProduct(r, z);
  for (let m = 0; m < n && innerProduct(r, r) > GOOD * GOOD * first; m++) {
    for (let i = 0; i < n; i++) {
      let sum = diagonal[i]! * p[i]!;
      for (let f = 6 * i; f < 6 * i + 6; f++) if (beside[f]! >= 0) sum -= p[beside[f]!]!;
      q[i] = sum;
    }
    const step = rz / innerProduct(p, q);
    for (let i = 0; i < n; i++) {
      phi[i] = phi[i]! + step * p[i]!;
      r[i] = r[i]! - step * q[i]!;
      z[i] = r[i]! / diagonal[i]!;
    }
    const next = innerProduct(r, z);
    for (let i = 0; i < n; i++) p[i] = z[i]! + (next / rz) * p[i]!;
    rz = next;
  }
  return phi;
}
