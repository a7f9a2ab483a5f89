import type { Vec3 } from '../base/grid.ts';
import type { ContactOperator } from './multigrid.ts';
import type { RigidBody } from './problem.ts';

/**
 * Frictionless unilateral contact of surface points with rigid signed distances, by an augmented Lagrangian:
 * Φ = Σ A/(2ε) (max(0, t - ε g)² - t²) with gap g, reference area A, multiplier t ≥ 0 and a soft penalty ε.
 * The pressure p = max(0, t - ε g) acts along the gradient of the distance, so there is no friction by construction.
 */
export interface ContactPoints {
  readonly count: number;
  /** Reference position, mm (n×3). */
  readonly points: Float64Array;
  /** Reference area, mm² (n). */
  readonly areas: Float64Array;
  /** Lowest corner node of the cell that holds the point (n) and its 8 trilinear weights (n×8). */
  readonly base: Int32Array;
  readonly weights: Float64Array;
  /** Multiplier per reference area, kPa (n). */
  readonly t: Float64Array;
}

/** A point is looked at when it is nearer than this to a rigid body at the start of a step, mm. */
const REACH = 45;

export class Contact implements ContactOperator {
  readonly at: ContactPoints;
  /** Penalty ε, kPa/mm; the solver raises it where a soft one settles too slowly. */
  epsilon: number;
  private readonly bodies: readonly RigidBody[];
  private readonly direction: Vec3;
  private readonly offsets: readonly number[];
  private readonly nodes: number;
  /** Points worth looking at in this step. */
  private near: Int32Array = new Int32Array(0);
  private nearCount = 0;
  /** Of the last evaluation: points that press, their normals, pressures and bodies. */
  private pressing: Int32Array;
  private pressingCount = 0;
  readonly gap: Float64Array;
  readonly pressure: Float64Array;
  readonly normal: Float64Array;
  readonly body: Uint8Array;
  /** Points and normals frozen for the metric. */
  private frozen: Int32Array = new Int32Array(0);
  private frozenNormal: Float64Array = new Float64Array(0);

  constructor(
    at: ContactPoints,
    bodies: readonly RigidBody[],
    direction: Vec3,
    epsilon: number,
    nodes: number,
    sy: number,
    sz: number,
  ) {
    this.at = at;
    this.bodies = bodies;
    this.direction = direction;
    this.epsilon = epsilon;
    this.nodes = nodes;
    this.offsets = [0, 1, sy, sy + 1, sz, sz + 1, sz + sy, sz + sy + 1];
    this.pressing = new Int32Array(at.count);
    this.near = new Int32Array(at.count);
    this.gap = new Float64Array(at.count).fill(Number.POSITIVE_INFINITY);
    this.pressure = new Float64Array(at.count);
    this.normal = new Float64Array(3 * at.count);
    this.body = new Uint8Array(at.count);
  }

  /** Current position of a point, mm, into out. */
  position(u: Float64Array, s: number, out: Float64Array): void {
    const { points, base, weights } = this.at;
    let x = points[3 * s]!;
    let y = points[3 * s + 1]!;
    let z = points[3 * s + 2]!;
    const b = base[s]!;
    const n = this.nodes;
    for (let c = 0; c < 8; c++) {
      const w = weights[8 * s + c]!;
      const i = b + this.offsets[c]!;
      x += w * u[i]!;
      y += w * u[i + n]!;
      z += w * u[i + 2 * n]!;
    }
    out[0] = x;
    out[1] = y;
    out[2] = z;
  }

  private nearest(x: number, y: number, z: number, depth: number): { g: number; body: number } {
    let g = Number.POSITIVE_INFINITY;
    let body = 0;
    for (let k = 0; k < this.bodies.length; k++) {
      const d = this.bodies[k]!.distance(x, y, z, depth);
      if (d < g) {
        g = d;
        body = k;
      }
    }
    return { g, body };
  }

  /** Chooses the points that can come into contact in a step; call at its start. */
  lookAround(u: Float64Array, depth: number): void {
    const p = new Float64Array(3);
    this.nearCount = 0;
    for (let s = 0; s < this.at.count; s++) {
      this.position(u, s, p);
      if (this.nearest(p[0]!, p[1]!, p[2]!, depth).g < REACH || this.at.t[s]! > 0) this.near[this.nearCount++] = s;
      else {
        this.gap[s] = Number.POSITIVE_INFINITY;
        this.pressure[s] = 0;
      }
    }
  }

  /** Contact energy (kPa·mm³) at u; adds its gradient to g. */
  evaluate(u: Float64Array, depth: number, g: Float64Array): number {
    const { areas, t, base, weights } = this.at;
    const eps = this.epsilon;
    const p = new Float64Array(3);
    const n = this.nodes;
    let energy = 0;
    this.pressingCount = 0;
    for (let k = 0; k < this.nearCount; k++) {
      const s = this.near[k]!;
      this.position(u, s, p);
      const x = p[0]!;
      const y = p[1]!;
      const z = p[2]!;
      const hit = this.nearest(x, y, z, depth);
      this.gap[s] = hit.g;
      const ts = t[s]!;
      const pr = ts - eps * hit.g;
      if (pr <= 0) {
        this.pressure[s] = 0;
        energy -= (areas[s]! * ts * ts) / (2 * eps);
        continue;
      }
      energy += (areas[s]! * (pr * pr - ts * ts)) / (2 * eps);
      this.pressure[s] = pr;
      this.body[s] = hit.body;
      this.pressing[this.pressingCount++] = s;
      // normal by central differences of the distance: 1e-3 mm is far above rounding and far below any tool's radius
      const B = this.bodies[hit.body]!;
      const e = 1e-3;
      let nx = B.distance(x + e, y, z, depth) - B.distance(x - e, y, z, depth);
      let ny = B.distance(x, y + e, z, depth) - B.distance(x, y - e, z, depth);
      let nz = B.distance(x, y, z + e, depth) - B.distance(x, y, z - e, depth);
      nx /= 2 * e;
      ny /= 2 * e;
      nz /= 2 * e;
      this.normal[3 * s] = nx;
      this.normal[3 * s + 1] = ny;
      this.normal[3 * s + 2] = nz;
      const f = -pr * areas[s]!;
      const b = base[s]!;
      for (let c = 0; c < 8; c++) {
        const w = f * weights[8 * s + c]!;
        const i = b + this.offsets[c]!;
        g[i] = g[i]! + w * nx;
        g[i + n] = g[i + n]! + w * ny;
        g[i + 2 * n] = g[i + 2 * n]! + w * nz;
      }
    }
    return energy;
  }

  /** Force of one body on the surface along the push at the last evaluation, kPa·mm². */
  force(body: number): number {
    const [dx, dy, dz] = this.direction;
    let f = 0;
    for (let k = 0; k < this.pressingCount; k++) {
      const s = this.pressing[k]!;
      if (this.body[s] !== body) continue;
      f +=
        this.pressure[s]! *
        this.at.areas[s]! *
        (this.normal[3 * s]! * dx + this.normal[3 * s + 1]! * dy + this.normal[3 * s + 2]! * dz);
    }
    return f;
  }

  /** Deepest penetration at the last evaluation, mm. */
  penetration(): number {
    let deepest = 0;
    for (let k = 0; k < this.pressingCount; k++) deepest = Math.max(deepest, -this.gap[this.pressing[k]!]!);
    return deepest;
  }

  get pressingPoints(): number {
    return this.pressingCount;
  }

  /** Augmented-Lagrangian update t ← max(0, t - ε g). */
  updateMultipliers(): void {
    for (let k = 0; k < this.nearCount; k++) {
      const s = this.near[k]!;
      this.at.t[s] = this.pressure[s]!;
    }
  }

  /** Fixes the points and normals that the metric uses from here on. */
  freeze(): void {
    this.frozen = this.pressing.slice(0, this.pressingCount);
    this.frozenNormal = new Float64Array(3 * this.pressingCount);
    for (let k = 0; k < this.pressingCount; k++)
      for (let c = 0; c < 3; c++) this.frozenNormal[3 * k + c] = this.normal[3 * this.frozen[k]! + c]!;
  }

  addProduct(x: Float64Array, y: Float64Array): void {
    const { areas, base, weights } = this.at;
    const n = this.nodes;
    for (let k = 0; k < this.frozen.length; k++) {
      const s = this.frozen[k]!;
      const nx = this.frozenNormal[3 * k]!;
      const ny = this.frozenNormal[3 * k + 1]!;
      const nz = this.frozenNormal[3 * k + 2]!;
      const b = base[s]!;
      let v = 0;
      for (let c = 0; c < 8; c++) {
        const i = b + this.offsets[c]!;
        v += weights[8 * s + c]! * (nx * x[i]! + ny * x[i + n]! + nz * x[i + 2 * n]!);
      }
      v *= this.epsilon * areas[s]!;
      for (let c = 0; c < 8; c++) {
        const w = v * weights[8 * s + c]!;
        const i = b + this.offsets[c]!;
        y[i] = y[i]! + w * nx;
        y[i + n] = y[i + n]! + w * ny;
        y[i + 2 * n] = y[i + 2 * n]! + w * nz;
      }
    }
  }

  addDiagonal(blocks: Float64Array): void {
    this.addBlocks(blocks, (w) => w * w);
  }

  addLumped(blocks: Float64Array): void {
    this.addBlocks(blocks, (w) => w);
  }

  private addBlocks(blocks: Float64Array, share: (w: number) => number): void {
    const { areas, base, weights } = this.at;
    const n = this.nodes;
    for (let k = 0; k < this.frozen.length; k++) {
      const s = this.frozen[k]!;
      const nx = this.frozenNormal[3 * k]!;
      const ny = this.frozenNormal[3 * k + 1]!;
      const nz = this.frozenNormal[3 * k + 2]!;
      const stiffness = this.epsilon * areas[s]!;
      for (let c = 0; c < 8; c++) {
        const v = stiffness * share(weights[8 * s + c]!);
        const o = base[s]! + this.offsets[c]!;
        blocks[o] = blocks[o]! + v * nx * nx;
        blocks[o + n] = blocks[o + n]! + v * ny * ny;
        blocks[o + 2 * n] = blocks[o + 2 * n]! + v * nz * nz;
        blocks[o + 3 * n] = blocks[o + 3 * n]! + v * nx * ny;
        blocks[o + 4 * n] = blocks[o + 4 * n]! + v * nx * nz;
        blocks[o + 5 * n] = blocks[o + 5 * n]! + v * ny * nz;
      }
    }
  }
}
