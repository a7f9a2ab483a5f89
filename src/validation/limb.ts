import { hypot } from '../base/elementary.ts';
import type { MechanicalProblem } from '../mechanics/problem.ts';
import { Solver } from '../mechanics/solver.ts';
import { tissueMaterials } from '../press/materials.ts';
import { IN_A_PRESS } from '../press/preview.ts';
import type { Tissue } from '../voxel/model.ts';
import { underPressure } from './fluid.ts';

/** A limb as a round bar with a bone in its middle, under a cuff. Lengths in mm. */
export interface Limb {
  readonly radius: number;
  readonly bone: number;
  readonly fat: number;
  /** Length that the cuff covers. */
  readonly cuff: number;
  /** Distance from the axis at which pressure is read. */
  readonly at: number;
}

/** Skin over fat over muscle (T-90, T-91, T-63); T-02's 2 mm of skin. */
const SKIN = 2;

/** The cuff's pressure, kPa: small, so that what arrives is a share of it; at working pressures the fluid folds at its rim. */
const SMALL = 0.5;

/** Samples along each edge of a cell that its contents are counted with. */
const SAMPLES = 4;

/** Constants of a cell that holds some tissues. */
interface Mixed {
  readonly fill: number;
  readonly mu: number;
  readonly a: number;
}

/**
 * What of the pressure of a cuff arrives in the depth of a limb, under its middle and under its edge, 0…1. An eighth of the limb by
 * symmetry (x, y, z ≥ 0), held along at its far end; the cuff is a ring of fluid, held from outside.
 */
export async function underCuff(limb: Limb, cell: number): Promise<{ readonly middle: number; readonly edge: number }> {
  const { problem, h, n, layers } = cuffOnLimb(limb, cell);
  const solver = await underPressure(problem, SMALL * 1e3, { decrementTolerance: 1e-5, volumeError: 1e-5 });
  const sigma = new Float64Array(9);
  const mean = (from: number, to: number): number => {
    let [sum, count] = [0, 0];
    for (let k = 0; k < layers; k++)
      for (let j = 0; j < n; j++)
        for (let i = 0; i < n; i++) {
          const z = (k + 0.5) * h;
          if (z < from || z > to || Math.abs(hypot((i + 0.5) * h, (j + 0.5) * h) - limb.at) > h) continue;
          solver.cellState(solver.indexOf[i + n * (j + n * k)]!, sigma, new Float64Array(9));
          sum -= (sigma[0]! + sigma[4]! + sigma[8]!) / 3;
          count++;
        }
    return sum / count / SMALL;
  };
  // pressure may alternate from cell to cell: means over two layers and all around
  return { middle: mean(0, 2 * h), edge: mean(limb.cuff / 2 - h, limb.cuff / 2 + h) };
}

function cuffOnLimb(limb: Limb, cell: number): { problem: MechanicalProblem; h: number; n: number; layers: number } {
  const h = limb.cuff / 2 / Math.ceil(limb.cuff / 2 / cell);
  const n = Math.ceil((limb.radius + 3 * h) / h);
  const covered = Math.round(limb.cuff / 2 / h);
  // as far again beyond the cuff as the limb is thick: what happens there does not come back
  const layers = covered + Math.ceil((2 * limb.radius) / h);
  const count = n * n * layers;
  const plane = (): Float64Array => new Float64Array(count);
  const [fill, mu, a, share] = [plane(), plane(), plane(), plane()];
  const fixed = new Uint8Array((n + 1) * (n + 1) * (layers + 1));
  const outer = limb.radius + 3 * h;
  for (let j = 0, c = 0; j < n; j++)
    for (let i = 0; i < n; i++, c++) {
      const mixed = mix(limb, i * h, j * h, h);
      const away = hypot((i + 0.5) * h, (j + 0.5) * h);
      for (let k = 0; k < layers; k++) {
        const at = c + n * n * k;
        const fluid = k < covered && away < outer ? 1 - mixed.fill : 0;
        fill[at] = mixed.fill + fluid;
        share[at] = fluid;
        mu[at] = fill[at]! > 0 ? (mixed.fill * mixed.mu + fluid * FLUID_MU) / fill[at]! : 0;
        a[at] = fill[at]! > 0 ? (mixed.fill * mixed.a * mixed.mu) / (mu[at]! * fill[at]!) : 0;
      }
    }
  for (let k = 0, node = 0; k <= layers; k++)
    for (let j = 0; j <= n; j++)
      for (let i = 0; i <= n; i++, node++) {
        const r = hypot(i * h, j * h);
        const symmetry = (i === 0 ? 1 : 0) | (j === 0 ? 2 : 0) | (k === 0 || k === layers ? 4 : 0);
        // bone, and what the cuff is strapped into
        // farther out than the corner of any cell that holds some of the limb
        const held = r <= limb.bone || (k <= covered && r > limb.radius + 1.5 * h);
        // its end keeps the fluid in
        const end = k === covered && r > limb.radius ? 4 : 0;
        fixed[node] = held ? 7 : symmetry | end;
      }
  return {
    problem: {
      grid: { origin: [0, 0, 0], spacing: h, size: [n, n, layers] },
      fill,
      mu,
      law: { kind: 'stiffening', stiffening: a, bulk: plane().fill(tissueMaterials().muscle.bulk) },
      fixed,
      lumen: { share, pressure: plane().fill(SMALL) },
      surface: { points: new Float64Array(0), areas: new Float64Array(0) },
      bodies: [],
      direction: [0, 0, -1],
    },
    h,
    n,
    layers,
  };
}

/** Shear modulus of the ring's fluid, kPa. */
const FLUID_MU = 0.05;

/** Tissues of a column of the limb, by volume. */
function mix(limb: Limb, x: number, y: number, h: number): Mixed {
  const table = tissueMaterials();
  let [fill, mu, stiff] = [0, 0, 0];
  for (let p = 0; p < SAMPLES; p++)
    for (let q = 0; q < SAMPLES; q++) {
      const r = hypot(x + ((p + 0.5) * h) / SAMPLES, y + ((q + 0.5) * h) / SAMPLES);
      if (r > limb.radius) continue;
      const depth = limb.radius - r;
      const tissue: Tissue = depth < SKIN ? 'skin' : depth < SKIN + limb.fat ? 'fat_subcutaneous' : 'muscle';
      const m = table[tissue];
      fill++;
      mu += m.mu;
      stiff += m.mu * m.stiffening.value;
    }
  if (fill === 0) return { fill: 0, mu: 0, a: 0 };
  return { fill: fill / SAMPLES ** 2, mu: mu / fill, a: stiff / mu };
}

/** Layers under the sitting bone, mm from the seat, and what sits on them. */
const SEAT = { skin: 2, fat: 28, muscle: 44, ball: 22, force: 250, width: 160 } as const;

/** How much thinner fat with skin and muscle get under the middle of a bone that is pressed onto them, %, on a seat without friction; at the end of its way where it sinks down to the seat. */
export function underSittingBone(cell: number): { readonly muscle: number; readonly fat: number } {
  const height = SEAT.skin + SEAT.fat + SEAT.muscle;
  const up = Math.ceil(height / cell);
  const h = height / up;
  const n = Math.ceil(SEAT.width / 2 / h);
  const table = tissueMaterials();
  const plane = (): Float64Array => new Float64Array(n * n * up);
  const [mu, a] = [plane(), plane()];
  for (let k = 0; k < up; k++) {
    let [sum, stiff] = [0, 0];
    for (let s = 0; s < 2 * SAMPLES; s++) {
      const z = (k + (s + 0.5) / (2 * SAMPLES)) * h;
      const m = table[z < SEAT.skin ? 'skin' : z < SEAT.skin + SEAT.fat ? 'fat_subcutaneous' : 'muscle'];
      sum += m.mu;
      stiff += m.mu * m.stiffening.value;
    }
    mu.fill(sum / (2 * SAMPLES), n * n * k, n * n * (k + 1));
    a.fill(stiff / sum, n * n * k, n * n * (k + 1));
  }
  const fixed = new Uint8Array((n + 1) * (n + 1) * (up + 1));
  for (let k = 0, node = 0; k <= up; k++)
    for (let j = 0; j <= n; j++)
      for (let i = 0; i <= n; i++, node++) fixed[node] = (i === 0 ? 1 : 0) | (j === 0 ? 2 : 0) | (k === 0 ? 4 : 0);
  const points: number[] = [];
  for (let j = 0; j < 3 * n; j++)
    for (let i = 0; i < 3 * n; i++) points.push(((i + 0.5) * h) / 3, ((j + 0.5) * h) / 3, height);
  const solver = new Solver(
    {
      grid: { origin: [0, 0, 0], spacing: h, size: [n, n, up] },
      fill: plane().fill(1),
      mu,
      law: { kind: 'stiffening', stiffening: a, bulk: plane().fill(table.muscle.bulk) },
      fixed,
      surface: { points: Float64Array.from(points), areas: new Float64Array(points.length / 3).fill((h / 3) ** 2) },
      bodies: [
        { name: 'bone', distance: (x, y, z, depth) => hypot(x, y, z - (height + SEAT.ball - depth)) - SEAT.ball },
      ],
      direction: [0, 0, -1],
    },
    { ...IN_A_PRESS, volumeError: 1e-3, maxIterations: 1000 },
  );
  const border = SEAT.skin + SEAT.fat;
  const nodes = (n + 1) * (n + 1) * (up + 1);
  /** Displacement along z at the axis, height of the border. */
  const atBorder = (): number => {
    const k = Math.floor(border / h);
    const u = (layer: number): number => solver.u[(n + 1) * (n + 1) * layer + 2 * nodes]!;
    return u(k) + (border / h - k) * (u(k + 1) - u(k));
  };
  let before = { force: 0, muscle: 0, fat: 0 };
  for (let depth = 2; depth < height; depth += 2) {
    const step = solver.step(depth);
    let next = step.next();
    while (!next.done) next = step.next();
    // near the seat the last few mm are squeezed out from under the bone
    if (!next.value.converged && depth > 0.75 * height) break;
    if (!next.value.converged) throw new Error('the seat of this check did not converge');
    const sunk = -atBorder();
    const now = {
      force: 4 * next.value.force,
      muscle: (100 * (depth - sunk)) / SEAT.muscle,
      fat: (100 * sunk) / border,
    };
    if (now.force >= SEAT.force) {
      const t = (SEAT.force - before.force) / (now.force - before.force);
      const between = (key: 'muscle' | 'fat'): number => before[key] + t * (now[key] - before[key]);
      return { muscle: between('muscle'), fat: between('fat') };
    }
    before = now;
  }
  // the bone is on the seat, or as near to it as can be followed
  return before;
}
