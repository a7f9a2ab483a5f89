import type { Level } from './multigrid.ts';

/** Dense Cholesky of the coarsest operator, assembled column by column. */
export class DenseSolver {
  private readonly dofs: Int32Array;
  private readonly L: Float64Array;
  private readonly y: Float64Array;
  private readonly ex: Float64Array;
  private readonly ey: Float64Array;

  constructor(level: Level) {
    const list: number[] = [];
    const n = level.cells.nodes;
    for (let c = 0; c < 3; c++)
      for (const i of level.activeNodes) if (level.free[i + c * n] === 1) list.push(i + c * n);
    this.dofs = Int32Array.from(list);
    this.L = new Float64Array(list.length * list.length);
    this.y = new Float64Array(list.length);
    this.ex = new Float64Array(3 * n);
    this.ey = new Float64Array(3 * n);
  }

  /** @param share by how much the diagonal is raised */
  factor(product: (x: Float64Array, y: Float64Array) => void, share: number): void {
    const { dofs, L, ex, ey } = this;
    const n = dofs.length;
    for (let j = 0; j < n; j++) {
      ex[dofs[j]!] = 1;
      product(ex, ey);
      ex[dofs[j]!] = 0;
      for (let i = j; i < n; i++) L[i * n + j] = ey[dofs[i]!]!;
      L[j * n + j] = L[j * n + j]! * (1 + share);
    }
    for (let j = 0; j < n; j++) {
      const diagonal = L[j * n + j]!;
      let v = diagonal;
      for (let k = 0; k < j; k++) v -= L[j * n + k]! * L[j * n + k]!;
      // rounding can make a coarse pivot vanish: keep its diagonal instead, the preconditioner only has to be positive
      if (!(v > 1e-8 * Math.abs(diagonal))) v = Math.max(Math.abs(diagonal), 1e-12);
      const root = Math.sqrt(v);
      L[j * n + j] = root;
      for (let i = j + 1; i < n; i++) {
        let w = L[i * n + j]!;
        for (let k = 0; k < j; k++) w -= L[i * n + k]! * L[j * n + k]!;
        L[i * n + j] = w / root;
      }
    }
  }

  solve(b: Float64Array, x: Float64Array): void {
    const { dofs, L, y } = this;
    const n = dofs.length;
    for (let i = 0; i < n; i++) {
      let v = b[dofs[i]!]!;
      for (let k = 0; k < i; k++) v -= L[i * n + k]! * y[k]!;
      y[i] = v / L[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let v = y[i]!;
      for (let k = i + 1; k < n; k++) v -= L[k * n + i]! * y[k]!;
      y[i] = v / L[i * n + i]!;
    }
    x.fill(0);
    for (let i = 0; i < n; i++) x[dofs[i]!] = y[i]!;
  }
}
