import { pow } from '../base/elementary.ts';
import { cornerOffsets } from '../base/grid.ts';
import type { Solver } from '../mechanics/solver.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { contactPressure } from './contact-reading.ts';
import type { PressProblem } from './mechanical-problem.ts';
import type { PressFields } from './press.ts';

/** Reads displacement, pressure, stretches, stored work and contact off the solver's present state. */
export function readFields(solver: Solver, press: PressProblem, model: VoxelModel): PressFields {
  const { grid } = model;

  const cells = press.problem.fill.length;
  const raw = new Float32Array(cells);
  const shear = new Float32Array(cells);
  const stretchMin = new Float32Array(cells).fill(1);
  const stretchMax = new Float32Array(cells).fill(1);
  const work = new Float32Array(cells);
  const sigma = new Float64Array(9);
  const F = new Float64Array(9);
  const V = pow(grid.spacing, 3);
  for (let c = 0; c < cells; c++) {
    const e = solver.indexOf[c]!;
    if (e < 0) continue;
    const { energy } = solver.cellState(e, sigma, F);
    const mean = (sigma[0]! + sigma[4]! + sigma[8]!) / 3;
    raw[c] = -mean;
    const [a, b, d] = [sigma[0]! - mean, sigma[4]! - mean, sigma[8]! - mean];
    const off = sigma[1]! * sigma[1]! + sigma[2]! * sigma[2]! + sigma[5]! * sigma[5]!;
    shear[c] = Math.sqrt(1.5 * (a * a + b * b + d * d + 2 * off));
    const [low, high] = principalStretches(F);
    stretchMin[c] = low;
    stretchMax[c] = high;
    // kPa·mm³ = 10⁻³ N·mm
    work[c] = Math.max(energy, 0) * V * press.problem.fill[c]! * 1e-3;
  }
  return {
    displacement: readDisplacement(solver),
    pressure: smoothPressure(raw, solver, press, model),
    shear,
    stretchMin,
    stretchMax,
    work,
    contact: contactPressure(solver, press, model).pressure,
  };
}

/** Displacement of every node (nodes×3), mm, LPS; 0 outside the body. */
function readDisplacement(solver: Solver): Float32Array {
  const n = solver.nodes;
  const displacement = new Float32Array(3 * n);
  for (let i = 0; i < n; i++) for (let c = 0; c < 3; c++) displacement[3 * i + c] = solver.u[i + c * n]!;
  return displacement;
}

/**
 * Cell pressures of a one-point hexahedron can alternate from cell to cell. Means over the 8 cells around each node,
 * then over the 8 nodes of each cell, remove that; rigid cells carry no meaningful pressure and stay out of the means.
 */
function smoothPressure(raw: Float32Array, solver: Solver, press: PressProblem, model: VoxelModel): Float32Array {
  const [nx, ny, nz] = model.grid.size;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const offsets = cornerOffsets(sy, sz);
  const sum = new Float64Array(solver.nodes);
  const weight = new Float64Array(solver.nodes);
  const each = (visit: (c: number, base: number, w: number) => void): void => {
    for (let k = 0, c = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++, c++) {
          if (solver.indexOf[c]! < 0) continue;
          const soft = 1 - press.rigid[c]! / Math.max(model.fill[c]!, 1e-6);
          if (soft > 0.5) visit(c, i + sy * j + sz * k, press.problem.fill[c]! * soft);
        }
  };
  each((c, base, w) => {
    for (const o of offsets) {
      sum[base + o] = sum[base + o]! + w * raw[c]!;
      weight[base + o] = weight[base + o]! + w;
    }
  });
  const out = raw.slice();
  each((c, base) => {
    let s = 0;
    let w = 0;
    for (const o of offsets) {
      s += sum[base + o]!;
      w += weight[base + o]!;
    }
    out[c] = s / w;
  });
  return out;
}

/** Smallest and largest principal stretch: square roots of the eigenvalues of FᵀF, by Jacobi rotations. */
export function principalStretches(F: Float64Array): [number, number] {
  const C = RIGHT_CAUCHY_GREEN;
  for (let r = 0; r < 3; r++)
    for (let c = 0; c < 3; c++) C[3 * r + c] = F[r]! * F[c]! + F[3 + r]! * F[3 + c]! + F[6 + r]! * F[6 + c]!;
  for (let sweep = 0; sweep < 12; sweep++) {
    const off = Math.abs(C[1]!) + Math.abs(C[2]!) + Math.abs(C[5]!);
    if (off < 1e-12) break;
    for (let pair = 0; pair < 3; pair++) {
      const p = pair === 2 ? 1 : 0;
      const q = pair === 0 ? 1 : 2;
      const apq = C[3 * p + q]!;
      if (apq === 0) continue;
      const theta = (C[4 * q]! - C[4 * p]!) / (2 * apq);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1);
      const s = t * c;
      for (let k = 0; k < 3; k++) {
        const a = C[3 * k + p]!;
        const b = C[3 * k + q]!;
        C[3 * k + p] = c * a - s * b;
        C[3 * k + q] = s * a + c * b;
      }
      for (let k = 0; k < 3; k++) {
        const a = C[3 * p + k]!;
        const b = C[3 * q + k]!;
        C[3 * p + k] = c * a - s * b;
        C[3 * q + k] = s * a + c * b;
      }
    }
  }
  const e = [C[0]!, C[4]!, C[8]!].map((v) => Math.sqrt(Math.max(v, 0)));
  return [Math.min(...e), Math.max(...e)];
}

/** FᵀF of the cell in hand. */
const RIGHT_CAUCHY_GREEN = new Float64Array(9);
