import { Contact, type ContactPoints } from './contact.ts';
import { freezeTangent, kinematics, type Material, planesOf } from './element.ts';
import { type Kernels, referenceKernels, wasmKernels } from './kernels/kernels.ts';
import { buildMultigrid, type Multigrid } from './multigrid.ts';
import type { MechanicalProblem } from './problem.ts';

/**
 * Equilibrium of a press at one depth after another: L-BFGS whose inner metric is one multigrid V-cycle of the tangent
 * frozen at the start of the step; incompressibility and contact by augmented Lagrangians. All arrays are allocated
 * once. Method, derivations and limits: docs/mechanics.md.
 */

export interface SolverOptions {
  /** Largest |tool - support| / tool that counts as converged. */
  readonly balance: number;
  /** Contact penalty, kPa/mm. */
  readonly epsilon: number;
  /** Volume penalty in units of the cell's shear modulus (stiffening law). */
  readonly volumePenalty: number;
  /** Largest remaining penetration, mm, also as a share of the depth; and root-mean-square volume error. */
  readonly penetration: number;
  readonly penetrationShare: number;
  readonly volumeError: number;
  /** Predicted energy gain over the tool's work (g·H g / work) at which a step counts as solved. */
  readonly accuracy: number;
  /** The least work that `accuracy` is compared with, kPa·mm³ (10⁻⁶ J): below it a press is too light to matter. */
  readonly leastWork: number;
  /** Iterations after which a step is given up. */
  readonly maxIterations: number;
  /** Pairs kept by L-BFGS. */
  readonly memory: number;
  /** Which edition of the kernels runs; WebAssembly falls back to TypeScript where the engine cannot. */
  readonly backend: 'wasm' | 'typescript';
}

export const DEFAULT_OPTIONS: SolverOptions = {
  balance: 0.005,
  epsilon: 40,
  volumePenalty: 100,
  penetration: 0.15,
  penetrationShare: 1,
  volumeError: 0.0005,
  accuracy: 3e-5,
  leastWork: 500,
  maxIterations: 500,
  memory: 8,
  backend: 'wasm',
};

/** One equilibrium. */
export interface Equilibrium {
  readonly depth: number;
  readonly converged: boolean;
  /** Why not, when not. */
  readonly reason?: string;
  /** Force of each rigid body along the push, N. */
  readonly bodyForce: readonly number[];
  /** Sum of bodyForce and of what drives the driven nodes, N. */
  readonly force: number;
  /** What springs and fixed nodes give back along the push, N. */
  readonly supportForce: number;
  readonly forceBalance: number;
  readonly penetration: number;
  /** Root-mean-square of v-p/κ, v = J-1 or ln J: how far the volumes are from what the pressures ask for. */
  readonly volumeError: number;
  /** Smallest J of any cell. */
  readonly minJ: number;
  readonly iterations: number;
}

/** Told after every iteration; the caller may stop iterating the generator to cancel. */
export interface Pulse {
  readonly depth: number;
  readonly iterations: number;
  readonly force: number;
  readonly balance: number;
  /** Predicted energy gain over the tool's work before this iteration. */
  readonly accuracy: number;
  /** Multiplier updates so far. */
  readonly rounds: number;
}

export class Solver {
  readonly problem: MechanicalProblem;
  readonly options: SolverOptions;
  readonly nodes: number;
  readonly kernels: Kernels;
  /** Index of each grid cell among the existing cells, -1 where there is none. */
  readonly indexOf: Int32Array;
  /** Displacement, 3 planes, mm. */
  readonly u: Float64Array;
  readonly material: Material;
  readonly contact: Contact;
  readonly multigrid: Multigrid;
  private readonly ground: Float64Array;
  private readonly fillOf: Float64Array;
  /** Bulk modulus (or λ) × fill of the part that is not lumen, kPa; and the constant multiplier of the part that is. */
  private readonly bulkOf: Float64Array;
  private readonly heldQ: Float64Array;
  private readonly g: Float64Array;
  private readonly gNew: Float64Array;
  private readonly trial: Float64Array;
  private readonly z: Float64Array;
  private readonly direction: Float64Array;
  private readonly S: Float64Array[];
  private readonly Y: Float64Array[];
  /** A force that the lumen pressures are worth, N: pressure × (volume)^⅔. */
  private readonly lumenForce: number;
  /** Last two converged states, for the extrapolated start. */
  private previous: { depth: number; u: Float64Array; q: Float64Array; t: Float64Array } | undefined;
  private depth = 0;
  /** Whether the frozen tangent has lost its geometric part. */
  private plain = false;

  constructor(problem: MechanicalProblem, options: Partial<SolverOptions> = {}) {
    this.problem = problem;
    this.options = { ...DEFAULT_OPTIONS, ...options };
    const { grid, fill, mu, law } = problem;
    const [nx, ny, nz] = grid.size;
    const h = grid.spacing;
    const cells = nx * ny * nz;
    const exists = new Uint8Array(cells);
    this.indexOf = new Int32Array(cells).fill(-1);
    let count = 0;
    for (let c = 0; c < cells; c++)
      if (fill[c]! > 0) {
        exists[c] = 1;
        this.indexOf[c] = count++;
      }
    this.nodes = (nx + 1) * (ny + 1) * (nz + 1);

    const kernels = chooseKernels(this.options, this.nodes, count);
    this.kernels = kernels;

    // material scaled by fill: the immersed boundary keeps the kernel unchanged
    const padded = count + (count & 1);
    const m = { mu: kernels.f64(padded), a: kernels.f64(padded), lam: kernels.f64(padded), q: kernels.f64(padded) };
    this.fillOf = new Float64Array(count);
    this.bulkOf = new Float64Array(count);
    this.heldQ = new Float64Array(count);
    for (let c = 0; c < cells; c++) {
      const e = this.indexOf[c]!;
      if (e < 0) continue;
      const f = fill[c]!;
      this.fillOf[e] = f;
      const modulus = law.kind === 'stiffening' ? law.bulk[c]! : law.lambda[c]!;
      const lumen = Math.min(problem.lumen?.share[c] ?? 0, f);
      this.bulkOf[e] = (f - lumen) * modulus;
      this.heldQ[e] = lumen > 0 ? -lumen * problem.lumen!.pressure[c]! : 0;
      m.q[e] = this.heldQ[e]!;
      m.mu[e] = f * mu[c]!;
      m.a[e] = law.kind === 'stiffening' ? law.stiffening[c]! : 0;
      // the operator sees a soft penalty at most; multipliers carry the rest of the modulus
      m.lam[e] = (f - lumen) * Math.min(this.options.volumePenalty * mu[c]!, modulus);
    }
    this.material = { kind: law.kind, ...m };
    const lumenWork = this.heldQ.reduce((sum, q) => sum + Math.abs(q), 0) * h ** 3;
    const lumenVolume = problem.lumen === undefined ? 0 : sumOf(problem.lumen.share) * h ** 3;
    this.lumenForce = lumenVolume > 0 ? (1e-3 * lumenWork) / Math.cbrt(lumenVolume) : 0;

    // springs of rigid inclusions, lumped to nodes
    this.ground = new Float64Array(this.nodes);
    const sy = nx + 1;
    const sz = sy * (ny + 1);
    if (problem.foundation !== undefined) {
      for (let k = 0, c = 0; k < nz; k++)
        for (let j = 0; j < ny; j++)
          for (let i = 0; i < nx; i++, c++) {
            const s = problem.foundation[c]!;
            if (s === 0 || this.indexOf[c]! < 0) continue;
            const b = i + sy * j + sz * k;
            for (const o of [0, 1, sy, sy + 1, sz, sz + 1, sz + sy, sz + sy + 1])
              this.ground[b + o] = this.ground[b + o]! + (s * h * h * h) / 8;
          }
    }
    this.multigrid = buildMultigrid(kernels, grid.size, h, exists, problem.fixed, this.ground);

    const vector = (): Float64Array => kernels.f64(3 * this.nodes);
    this.u = vector();
    this.g = vector();
    this.gNew = vector();
    this.trial = vector();
    this.z = vector();
    this.direction = vector();
    this.S = Array.from({ length: this.options.memory }, vector);
    this.Y = Array.from({ length: this.options.memory }, vector);
    this.contact = new Contact(
      embed(problem, this.indexOf),
      problem.bodies,
      problem.direction,
      this.options.epsilon,
      this.nodes,
      sy,
      sz,
    );
  }

  /** Total energy at u, kPa·mm³; g becomes its gradient (all degrees of freedom, fixed ones included). */
  private evaluate(u: Float64Array, depth: number, g: Float64Array): number {
    g.fill(0);
    let energy = this.kernels.energyAndForce(this.multigrid.levels[0]!.cells, this.material, u, g);
    if (!Number.isFinite(energy)) return Number.POSITIVE_INFINITY;
    const n = this.nodes;
    const G = this.ground;
    for (const i of this.multigrid.levels[0]!.grounded) {
      const k = G[i]!;
      for (let c = 0; c < 3; c++) {
        const at = i + c * n;
        energy += 0.5 * k * u[at]! * u[at]!;
        g[at] = g[at]! + k * u[at]!;
      }
    }
    return energy + this.contact.evaluate(u, depth, g);
  }

  /** Force balance from the gradient of the last evaluation, N. */
  private forces(
    g: Float64Array,
    u: Float64Array,
  ): { bodyForce: number[]; force: number; support: number; balance: number } {
    const d = this.problem.direction;
    const n = this.nodes;
    let support = 0;
    const fine = this.multigrid.levels[0]!;
    for (const i of fine.grounded) for (let c = 0; c < 3; c++) support += d[c]! * this.ground[i]! * u[i + c * n]!;
    const { driven } = this.problem;
    let drive = 0;
    let reactions = 0;
    for (const at of fine.held) {
      const f = d[Math.floor(at / n)]! * g[at]!;
      reactions += Math.abs(f);
      if (driven !== undefined && driven[at] !== 0) drive += f;
      else support -= f;
    }
    const bodyForce = this.problem.bodies.map((_, b) => this.contact.force(b) * 1e-3);
    const force = bodyForce.reduce((a, b) => a + b, 0) + drive * 1e-3;
    support *= 1e-3;
    // without a tool's force there are still reactions or lumen pressures that must cancel
    const scale = Math.max(Math.abs(force), this.lumenForce, 1e-6 * reactions, 1e-9);
    return { bodyForce, force, support, balance: Math.abs(force - support) / scale };
  }

  /** Moves driven nodes to where they are at a depth. */
  private drive(u: Float64Array, depth: number): void {
    const { driven } = this.problem;
    if (driven === undefined) return;
    for (const at of this.multigrid.levels[0]!.held) if (driven[at] !== 0) u[at] = depth * driven[at]!;
  }

  /** Root-mean-square of the volume constraint's error, and the smallest J. */
  private volume(u: Float64Array): { error: number; minJ: number } {
    const { problem, material } = this;
    const cells = this.multigrid.levels[0]!.cells;
    const planes = planesOf(cells, u);
    const F = new Float64Array(9);
    const K = new Float64Array(9);
    const logarithmic = problem.law.kind === 'neo-hookean';
    let sum = 0;
    let weight = 0;
    let minJ = Number.POSITIVE_INFINITY;
    for (let e = 0; e < cells.count; e++) {
      const f = this.fillOf[e]!;
      const { j1 } = kinematics(cells, planes, e, F, K);
      if (f >= 0.3) minJ = Math.min(minJ, 1 + j1);
      // the pressure in force is λ v + q, v = J-1 or ln J; with the true modulus it would ask for this v
      const v = logarithmic ? Math.log(Math.max(1 + j1, 1e-9)) : j1;
      const bulk = this.bulkOf[e]!;
      if (!(bulk > 0)) continue;
      const error = v - (material.lam[e]! * v + material.q[e]! - this.heldQ[e]!) / bulk;
      sum += f * error * error;
      weight += f;
    }
    return { error: weight > 0 ? Math.sqrt(sum / weight) : 0, minJ };
  }

  /** Augmented-Lagrangian update of the cell pressures: q ← (q + λ v)(κ-λ)/κ, whose fixed point is the pressure κ v. */
  private updateVolume(u: Float64Array): void {
    const { problem, material } = this;
    const logarithmic = problem.law.kind === 'neo-hookean';
    const cells = this.multigrid.levels[0]!.cells;
    const planes = planesOf(cells, u);
    const F = new Float64Array(9);
    const K = new Float64Array(9);
    for (let e = 0; e < cells.count; e++) {
      const { j1 } = kinematics(cells, planes, e, F, K);
      const v = logarithmic ? Math.log(Math.max(1 + j1, 1e-9)) : j1;
      const bulk = this.bulkOf[e]!;
      if (!(bulk > 0)) continue;
      const held = this.heldQ[e]!;
      material.q[e] = held + (material.q[e]! - held + material.lam[e]! * v) * (1 - material.lam[e]! / bulk);
    }
  }

  /** Takes the geometric part out of the frozen tangent: what is left is positive for certain. */
  private dropGeometric(): void {
    this.plain = true;
    this.multigrid.levels[0]!.tangent.G.fill(0);
    this.multigrid.refresh(this.contact);
  }

  private refreeze(): void {
    const fine = this.multigrid.levels[0]!;
    this.plain = false;
    freezeTangent(fine.cells, this.material, this.u, fine.tangent);
    this.contact.freeze();
    this.multigrid.refresh(this.contact);
  }

  /** A copy of everything a step changes, to come back to. */
  snapshot(): () => void {
    const u = this.u.slice();
    const q = this.material.q.slice();
    const t = this.contact.at.t.slice();
    const { depth, previous } = this;
    const { epsilon } = this.contact;
    return () => {
      this.u.set(u);
      this.material.q.set(q);
      this.contact.at.t.set(t);
      this.depth = depth;
      this.previous = previous;
      // contact readings belong to a displacement and a penalty: bring them back too
      this.contact.epsilon = epsilon;
      this.contact.lookAround(u, depth);
      this.evaluate(this.u, depth, this.g);
    };
  }

  /** Brings the body into equilibrium with the tool at `depth` (mm from first touch). Yields after every iteration. */
  *step(depth: number): Generator<Pulse, Equilibrium> {
    const { options, u, g } = this;
    const goal = options.accuracy;
    const shallow = Math.min(options.penetration, options.penetrationShare * Math.abs(depth));
    // a dead multiplier on soft material is unstable: the penalty must hold it, so it follows the pressure
    let highest = 0;
    for (const t of this.contact.at.t) highest = Math.max(highest, t);
    const softest = Math.max(options.epsilon, highest * PRESSURE_TO_PENALTY);
    this.contact.epsilon = softest;
    // extrapolate displacements and multipliers along the last two states
    const { q } = this.material;
    const { t } = this.contact.at;
    const start = { depth: this.depth, u: u.slice(), q: q.slice(), t: t.slice() };
    if (this.previous !== undefined && this.depth !== this.previous.depth) {
      const r = Math.max(-1.5, Math.min((depth - this.depth) / (this.depth - this.previous.depth), 1.5));
      const p = this.previous;
      for (let i = 0; i < u.length; i++) u[i] = u[i]! + r * (u[i]! - p.u[i]!);
      for (let e = 0; e < q.length; e++) q[e] = q[e]! + r * (q[e]! - p.q[e]!);
      for (let k = 0; k < t.length; k++) t[k] = Math.max(0, t[k]! + r * (t[k]! - p.t[k]!));
    }
    this.drive(u, depth);
    this.contact.lookAround(u, depth);
    let energy = this.evaluate(u, depth, g);
    if (!Number.isFinite(energy)) {
      // the extrapolation turned a cell inside out: start from the last equilibrium instead
      u.set(start.u);
      q.set(start.q);
      t.set(start.t);
      this.drive(u, depth);
      energy = this.evaluate(u, depth, g);
    }
    this.refreeze();

    let iterations = 0;
    let frozenAt = 0;
    let rounds = 0;
    let reason: string | undefined;
    let history = 0;
    const alpha = new Float64Array(options.memory);
    const rho = new Float64Array(options.memory);
    let newest = -1;
    // residual in the metric's norm that the next multiplier update waits for
    let gate = Number.POSITIVE_INFINITY;
    let f = this.forces(g, u);
    let volume = { error: 0, minJ: 1 };
    let deepest = 0;
    let stuck = false;

    for (;;) {
      this.mask(g);
      let gain = -this.searchDirection(history, newest, alpha, rho);
      if (!(gain >= 0) && history > 0) {
        history = 0;
        gain = -this.searchDirection(0, newest, alpha, rho);
      }
      if (!(gain >= 0)) {
        // the frozen geometric stiffness made the metric indefinite: go on without it
        this.dropGeometric();
        gain = -this.searchDirection(0, newest, alpha, rho);
      }
      // g·H g is about twice the energy still to be gained; compare it with the work the tool has done
      const work = Math.max(Math.abs(f.force * 1e3 * depth), this.lumenForce * 10, options.leastWork);
      const accuracy = gain / work;
      if (gate === Number.POSITIVE_INFINITY) gate = Math.max(accuracy * 0.03, goal);
      if (accuracy <= gate || accuracy <= goal || stuck) {
        volume = this.volume(u);
        const penetration = this.contact.penetration();
        const tight = volume.error <= options.volumeError && penetration <= shallow;
        if (accuracy <= goal && f.balance <= options.balance && tight && rounds > 0) break;
        if (rounds < MAX_ROUNDS && (!tight || rounds === 0 || stuck)) {
          stuck = false;
          this.updateVolume(u);
          this.contact.updateMultipliers();
          // stiff material under the tool: a soft penalty would take many rounds to push the points out
          if (rounds > 0 && penetration > shallow && penetration > 0.5 * deepest)
            this.contact.epsilon *= Math.min(2, (8 * softest) / this.contact.epsilon);
          deepest = penetration;
          energy = this.evaluate(u, depth, g);
          f = this.forces(g, u);
          this.refreeze();
          frozenAt = iterations;
          history = 0;
          rounds++;
          gate = Math.max(gate * 0.2, goal);
          continue;
        }
        if (accuracy <= goal && f.balance <= options.balance) {
          // the last rounds gain little: only a gross miss makes the step a failure
          if (!tight && (volume.error > 3 * options.volumeError || penetration > 3 * shallow))
            reason = `volume or contact did not settle (volume error ${(100 * volume.error).toFixed(2)} %, penetration ${penetration.toFixed(2)} mm)`;
          break;
        }
        gate = goal;
        if (accuracy <= goal * 1e-3) {
          reason = 'the force on the tool and the force on the supports do not agree';
          break;
        }
      }
      if (iterations >= options.maxIterations) {
        reason = `no equilibrium after ${iterations} iterations`;
        break;
      }

      const d = this.direction;
      const slope = -gain;

      // line search: full step first, then backtracking by the secant of the slope
      let step = 1;
      let accepted = false;
      for (let tries = 0; tries < 12; tries++) {
        this.trial.set(u);
        this.kernels.axpy(step, d, this.trial);
        const e = this.evaluate(this.trial, depth, this.gNew);
        // d is 0 at fixed degrees of freedom, so their reactions do not count
        const slopeNew = Number.isFinite(e) ? this.kernels.dot(this.gNew, d) : Number.NaN;
        // energy decrease, or (near the minimum, where energies drown in rounding) a slope that has clearly shrunk
        const flat = Math.abs(e - energy) <= 1e-9 * Math.abs(energy);
        if (e <= energy + 1e-4 * step * slope || (flat && Math.abs(slopeNew) <= 0.9 * Math.abs(slope))) {
          energy = e;
          accepted = true;
          break;
        }
        const secant = Number.isFinite(slopeNew) ? (step * slope) / (slope - slopeNew) : 0;
        step = secant > 0.1 * step && secant < 0.7 * step ? secant : 0.4 * step;
      }
      iterations++;
      if (!accepted) {
        if (iterations - frozenAt > 1) {
          // the metric is out of date: freeze it where we are, and start again from the plain gradient
          energy = this.evaluate(u, depth, g);
          f = this.forces(g, u);
          this.refreeze();
          frozenAt = iterations;
          history = 0;
          continue;
        }
        if (!this.plain) {
          // an indefinite tangent can pass for a positive one and give enormous directions: go on without its geometric part
          energy = this.evaluate(u, depth, g);
          f = this.forces(g, u);
          this.dropGeometric();
          history = 0;
          continue;
        }
        if (stuck || rounds >= MAX_ROUNDS) {
          reason = 'no step along the search direction lowers the energy';
          break;
        }
        // a kink of the contact: move the multipliers, which moves the kink
        stuck = true;
        energy = this.evaluate(u, depth, g);
        f = this.forces(g, u);
        continue;
      }

      // remember the pair; forces must be read before the gradient is masked
      f = this.forces(this.gNew, this.trial);
      const slot = (newest + 1) % options.memory;
      const s = this.S[slot]!;
      const y = this.Y[slot]!;
      this.mask(this.gNew);
      this.mask(g);
      s.set(this.trial);
      this.kernels.axpy(-1, u, s);
      y.set(this.gNew);
      this.kernels.axpy(-1, g, y);
      u.set(this.trial);
      g.set(this.gNew);
      const sy = this.kernels.dot(s, y);
      if (sy > 1e-12 * Math.sqrt(this.kernels.dot(s, s) * this.kernels.dot(y, y))) {
        newest = slot;
        rho[slot] = 1 / sy;
        history = Math.min(history + 1, options.memory);
      }
      if (iterations - frozenAt >= STALE) {
        this.evaluate(u, depth, g);
        this.refreeze();
        frozenAt = iterations;
        history = 0;
      }
      yield { depth, iterations, force: f.force, balance: f.balance, accuracy, rounds };
    }

    volume = this.volume(u);
    if (reason === undefined && !(volume.minJ > 0)) reason = 'a cell turned inside out';
    const result: Equilibrium = {
      depth,
      converged: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      bodyForce: f.bodyForce,
      force: f.force,
      supportForce: f.support,
      forceBalance: f.balance,
      penetration: this.contact.penetration(),
      volumeError: volume.error,
      minJ: volume.minJ,
      iterations,
    };
    if (result.converged) {
      this.previous = start;
      this.depth = depth;
    }
    return result;
  }

  /**
   * direction ← -H g by the L-BFGS two-loop recursion with one V-cycle as initial metric; returns its slope g·direction
   * (negative when it descends).
   */
  private searchDirection(history: number, newest: number, alpha: Float64Array, rho: Float64Array): number {
    const { g, direction: d, S, Y } = this;
    const memory = this.options.memory;
    d.fill(0);
    this.kernels.axpy(-1, g, d);
    for (let k = 0; k < history; k++) {
      const m = (newest - k + memory) % memory;
      alpha[m] = rho[m]! * this.kernels.dot(S[m]!, d);
      this.kernels.axpy(-alpha[m]!, Y[m]!, d);
    }
    this.multigrid.apply(d, this.z);
    d.set(this.z);
    for (let k = history - 1; k >= 0; k--) {
      const m = (newest - k + memory) % memory;
      this.kernels.axpy(alpha[m]! - rho[m]! * this.kernels.dot(Y[m]!, d), S[m]!, d);
    }
    return this.kernels.dot(g, d);
  }

  /** Zeroes fixed degrees of freedom of g in place. */
  private mask(g: Float64Array): void {
    for (const at of this.multigrid.levels[0]!.held) g[at] = 0;
  }

  /** Mean first Piola–Kirchhoff state of an existing cell at the current displacement, as Cauchy stress (row-major, kPa), F and energy. */
  cellState(e: number, sigma: Float64Array, F: Float64Array): { J: number; energy: number } {
    const cells = this.multigrid.levels[0]!.cells;
    const K = new Float64Array(9);
    const { j1, i1 } = kinematics(cells, planesOf(cells, this.u), e, F, K);
    const { mu: MU, a: A, lam: LAM, q: Q, kind } = this.material;
    const f = this.fillOf[e]!;
    const mu = MU[e]! / f;
    const lam = LAM[e]! / f;
    // a lumen's pressure does work at a constant value, a bulk modulus at half its final one
    const held = this.heldQ[e]! / f;
    const J = 1 + j1;
    let s: number;
    let p: number;
    let energy: number;
    if (kind === 'neo-hookean') {
      const lnJ = Math.log(J);
      s = mu;
      p = (lam * lnJ + Q[e]! / f - mu) / J;
      // stored energy belongs to the true modulus: at the multiplier's fixed point λ lnJ + q = λ_true lnJ
      energy = 0.5 * mu * (i1 - 2 * lnJ) + 0.5 * (p * J + mu - held) * lnJ + held * lnJ;
    } else {
      s = mu * (1 + A[e]! * i1);
      p = lam * j1 + Q[e]! / f - mu;
      energy = 0.5 * mu * (i1 + 0.5 * A[e]! * i1 * i1) - mu * j1 + 0.5 * (p + mu - held) * j1 + held * j1;
    }
    // σ = P Fᵀ / J with P = s F + p cof F, and cof F Fᵀ = J 1
    for (let r = 0; r < 3; r++)
      for (let c = 0; c < 3; c++) {
        const b = F[3 * r]! * F[3 * c]! + F[3 * r + 1]! * F[3 * c + 1]! + F[3 * r + 2]! * F[3 * c + 2]!;
        sigma[3 * r + c] = (s * b) / J + (r === c ? p : 0);
      }
    return { J, energy };
  }
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Contact penalty per pressure, 1/mm: a point that carries the highest pressure lets go within the inverse of this. */
const PRESSURE_TO_PENALTY = 0.5;
/** Iterations after which the frozen tangent is taken anew. */
const STALE = 20;
/** Multiplier updates per step before giving up on the constraints. */
const MAX_ROUNDS = 15;

function chooseKernels(options: SolverOptions, nodes: number, cells: number): Kernels {
  if (options.backend === 'typescript') return referenceKernels();
  // vectors of the solver and of the levels (a seventh more for the coarse ones), blocks, maps; tangent and material
  const bytes =
    8 * nodes * (3 * (6 + 2 * options.memory) + 1.2 * (3 * 6 + 1 + 12)) + 40 * 1.2 * nodes + 8 * 1.2 * cells * 36;
  try {
    return wasmKernels(bytes + 4e6);
  } catch {
    return referenceKernels();
  }
}

/** Ties each surface point to the cell that holds it by trilinear weights. */
function embed(problem: MechanicalProblem, indexOf: Int32Array): ContactPoints {
  const { grid, surface } = problem;
  const [nx, ny] = grid.size;
  const h = grid.spacing;
  const count = surface.areas.length;
  const base = new Int32Array(count);
  const weights = new Float64Array(8 * count);
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  for (let s = 0; s < count; s++) {
    const c: number[] = [];
    const f: number[] = [];
    for (let d = 0; d < 3; d++) {
      const x = (surface.points[3 * s + d]! - grid.origin[d]!) / h;
      const i = Math.min(Math.max(Math.floor(x), 0), grid.size[d]! - 1);
      c.push(i);
      f.push(x - i);
    }
    // a point on a cell face may belong to the empty side: take the neighbour that exists
    let cell = c[0]! + nx * (c[1]! + ny * c[2]!);
    for (let d = 0; d < 3 && indexOf[cell]! < 0; d++) {
      const strides = [1, nx, nx * ny];
      if (f[d]! < 1e-6 && c[d]! > 0 && indexOf[cell - strides[d]!]! >= 0) {
        cell -= strides[d]!;
        c[d] = c[d]! - 1;
        f[d] = f[d]! + 1;
      }
    }
    if (indexOf[cell]! < 0) throw new Error(`surface point ${s} lies in no existing cell`);
    base[s] = c[0]! + sy * c[1]! + sz * c[2]!;
    for (let n = 0; n < 8; n++) {
      const wx = n & 1 ? f[0]! : 1 - f[0]!;
      const wy = n & 2 ? f[1]! : 1 - f[1]!;
      const wz = n & 4 ? f[2]! : 1 - f[2]!;
      weights[8 * s + n] = wx * wy * wz;
    }
  }
  return { count, points: surface.points, areas: surface.areas, base, weights, t: new Float64Array(count) };
}
