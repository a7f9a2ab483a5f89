import type { Vec3 } from '../base/grid.ts';
import { Contact } from './contact.ts';
import { kinematics, planesOf } from './element.ts';
import type { Engine, EngineSetup, EngineState } from './engine.ts';
import { defaultThreads } from './kernels/team.ts';
import { WasmEngine } from './kernels/wasm-engine.ts';
import type { MechanicalProblem } from './problem.ts';
import { ReferenceEngine } from './reference-engine.ts';

/**
 * Equilibrium of a press at one depth after another: L-BFGS whose inner metric is one multigrid V-cycle of the tangent
 * frozen at the start of the step; incompressibility and contact by augmented Lagrangians. Here is the step's logic; the
 * arithmetic is the engine's. Method, derivations and limits: docs/mechanics.md.
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
  /** Whether every contact point has a multiplier of its own, or the points of a cell share one (soft skin under sharp tips). */
  readonly contactGroups: 'point' | 'cell';
  /** Pairs kept by L-BFGS. */
  readonly memory: number;
  /** Which edition of the engine runs; WebAssembly falls back to TypeScript where the JavaScript engine cannot. */
  readonly backend: 'wasm' | 'typescript';
  /** Most threads; the answer has the same bits on any number. 0: as the machine allows. */
  readonly threads: number;
}

export const DEFAULT_OPTIONS: SolverOptions = {
  balance: 0.005,
  epsilon: 40,
  volumePenalty: 50,
  penetration: 0.15,
  penetrationShare: 1,
  contactGroups: 'point',
  volumeError: 0.0005,
  accuracy: 3e-5,
  leastWork: 500,
  maxIterations: 500,
  memory: 8,
  backend: 'wasm',
  threads: 0,
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
  /** Its rigid bodies may be replaced, see lay(). */
  problem: MechanicalProblem;
  readonly options: SolverOptions;
  readonly engine: Engine;
  /** Nodes of the box, existing or not. */
  readonly nodes: number;
  /** Existing cells. */
  readonly cells: number;
  /** Index of each grid cell among the existing cells, -1 where there is none. */
  readonly indexOf: Int32Array;
  /** Displacement at the end of the last step, 3 planes of nodes, mm; 0 at nodes without a cell. */
  readonly u: Float64Array;
  readonly contact: Contact;
  /** What the engine was built from: material by cell, supports, where the contact points lie. */
  readonly setup: EngineSetup;
  /** Lowest corner node of each existing cell. */
  private readonly base: Int32Array;
  /** A force that the lumen pressures are worth, N: pressure × (volume)^⅔. */
  private readonly lumenForce: number;
  /** The converged state before the present one, for the extrapolated start. */
  private previous: { depth: number; state: EngineState; t: Float64Array } | undefined;
  private depth = 0;

  constructor(problem: MechanicalProblem, options: Partial<SolverOptions> = {}) {
    this.problem = problem;
    this.options = { ...DEFAULT_OPTIONS, ...options };
    const { grid, fill, law } = problem;
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
    this.cells = count;
    this.nodes = (nx + 1) * (ny + 1) * (nz + 1);
    this.base = new Int32Array(count);

    // material scaled by fill: the immersed boundary keeps the kernel unchanged
    const plane = (): Float64Array => new Float64Array(count);
    const m = { mu: plane(), a: plane(), lam: plane(), bulk: plane(), held: plane(), fill: plane() };
    const sy = nx + 1;
    const sz = sy * (ny + 1);
    for (let c = 0; c < cells; c++) {
      const e = this.indexOf[c]!;
      if (e < 0) continue;
      this.base[e] = (c % nx) + sy * (Math.floor(c / nx) % ny) + sz * Math.floor(c / (nx * ny));
      const f = fill[c]!;
      const mu = problem.mu[c]!;
      m.fill[e] = f;
      const modulus = law.kind === 'stiffening' ? law.bulk[c]! : law.lambda[c]!;
      const lumen = Math.min(problem.lumen?.share[c] ?? 0, f);
      m.bulk[e] = (f - lumen) * modulus;
      m.held[e] = lumen > 0 ? -lumen * problem.lumen!.pressure[c]! : 0;
      m.mu[e] = f * mu;
      m.a[e] = law.kind === 'stiffening' ? law.stiffening[c]! : 0;
      // the operator sees a soft penalty at most; multipliers carry the rest of the modulus
      m.lam[e] = (f - lumen) * Math.min(this.options.volumePenalty * mu, modulus);
    }
    const lumenWork = m.held.reduce((sum, q) => sum + Math.abs(q), 0) * h ** 3;
    const lumenVolume = problem.lumen === undefined ? 0 : sumOf(problem.lumen.share) * h ** 3;
    this.lumenForce = lumenVolume > 0 ? (1e-3 * lumenWork) / Math.cbrt(lumenVolume) : 0;

    // springs of rigid inclusions, lumped to nodes
    const ground = new Float64Array(this.nodes);
    if (problem.foundation !== undefined) {
      for (let k = 0, c = 0; k < nz; k++)
        for (let j = 0; j < ny; j++)
          for (let i = 0; i < nx; i++, c++) {
            const s = problem.foundation[c]!;
            if (s === 0 || this.indexOf[c]! < 0) continue;
            const b = i + sy * j + sz * k;
            for (const o of [0, 1, sy, sy + 1, sz, sz + 1, sz + sy, sz + sy + 1])
              ground[b + o] = ground[b + o]! + (s * h * h * h) / 8;
          }
    }
    const { points, areas } = problem.surface;
    this.setup = {
      size: grid.size,
      h,
      exists,
      indexOf: this.indexOf,
      count,
      fixed: problem.fixed,
      driven: problem.driven,
      ground,
      kind: law.kind,
      ...m,
      ...embed(problem, this.indexOf),
      memory: this.options.memory,
      threads: this.options.threads > 0 ? this.options.threads : defaultThreads(),
    };
    this.engine = chooseEngine(this.options, this.setup);
    this.u = new Float64Array(3 * this.nodes);
    const { group, groups } = groupPoints(this.options.contactGroups, this.setup.pointCell, grid.size);
    const at = { count: areas.length, points, areas, t: new Float64Array(areas.length), group, groups };
    this.contact = new Contact(at, problem.bodies, problem.direction, this.options.epsilon, problem.friction);
  }

  /** Total energy, kPa·mm³, with its gradient inside the engine: at the state, or `step` along the search direction. */
  private evaluate(depth: number, step?: number): number {
    const { engine, contact } = this;
    const energy = engine.energy(step);
    if (!Number.isFinite(energy)) return Number.POSITIVE_INFINITY;
    const touch = contact.evaluate(this.move, depth);
    engine.addForces(contact.pressing, contact.pressingPoints, contact.forces);
    return energy + touch;
  }

  private readonly move = (points: Int32Array, count: number, out: Float64Array): void =>
    this.engine.displacementOf(points, count, out);

  /** Force balance of the last evaluation, N. */
  private forces(): { bodyForce: number[]; force: number; support: number; balance: number } {
    const { springs, reactions, driving, total } = this.engine.support(this.problem.direction);
    const support = (springs - reactions) * 1e-3;
    const bodyForce = this.problem.bodies.map((_, b) => this.contact.force(b) * 1e-3);
    const force = bodyForce.reduce((a, b) => a + b, 0) + driving * 1e-3;
    // without a tool's force there are still reactions or lumen pressures that must cancel
    const scale = Math.max(Math.abs(force), this.lumenForce, 1e-6 * total, 1e-9);
    return { bodyForce, force, support, balance: Math.abs(force - support) / scale };
  }

  /**
   * Takes other rigid bodies, or the same ones moved by some mm (see Contact.lay); the body stays as it is pressed, and how it came
   * there is forgotten.
   */
  lay({ bodies, direction }: Pick<MechanicalProblem, 'bodies' | 'direction'>, moved?: Vec3): void {
    this.problem = { ...this.problem, bodies, direction };
    this.contact.lay(bodies, direction, moved);
    this.previous = undefined;
  }

  /** A copy of everything a step changes, to come back to. */
  snapshot(): () => void {
    const state = this.engine.save();
    const contact = this.contact.remember();
    const { depth, previous } = this;
    return () => {
      this.engine.load(state);
      this.depth = depth;
      this.previous = previous;
      // contact readings belong to a displacement and a penalty: bring them back too
      this.contact.recall(contact);
      this.engine.energy();
      this.contact.lookAround(this.move, depth);
      this.evaluate(depth);
      this.engine.readDisplacement(this.u);
    };
  }

  /** Brings the body into equilibrium with the tool at `depth` (mm from first touch). Yields after every iteration. */
  *step(depth: number): Generator<Pulse, Equilibrium> {
    const { options, engine } = this;
    const goal = options.accuracy;
    const shallow = Math.min(options.penetration, options.penetrationShare * Math.abs(depth));
    // a dead multiplier on soft material is unstable: the penalty must hold it, so it follows the pressure. Where points share a
    // multiplier the answer depends a little on the penalty (contact fades out at its edge), so there it stays as it is
    const sharing = options.contactGroups === 'cell';
    let highest = 0;
    for (const t of this.contact.at.t) highest = Math.max(highest, t);
    const softest = Math.max(options.epsilon, sharing ? 0 : highest * PRESSURE_TO_PENALTY);
    this.contact.epsilon = softest;
    // extrapolate displacements and multipliers along the last two states
    const { t } = this.contact.at;
    const start = { depth: this.depth, state: engine.save(), t: t.slice() };
    if (this.previous !== undefined && this.depth !== this.previous.depth) {
      const r = Math.max(-1.5, Math.min((depth - this.depth) / (this.depth - this.previous.depth), 1.5));
      const p = this.previous;
      engine.extrapolate(p.state, start.state, r);
      for (let k = 0; k < t.length; k++) t[k] = Math.max(0, t[k]! + r * (t[k]! - p.t[k]!));
    }
    engine.drive(depth);
    let energy = engine.energy();
    if (!Number.isFinite(energy)) {
      // the extrapolation turned a cell inside out: start from the last equilibrium instead
      engine.load(start.state);
      t.set(start.t);
      engine.drive(depth);
      engine.energy();
    }
    this.contact.lookAround(this.move, depth);
    energy = this.evaluate(depth);
    engine.freeze(this.contact.freeze());

    let iterations = 0;
    let frozenAt = 0;
    let rounds = 0;
    let reason: string | undefined;
    // residual in the metric's norm that the next multiplier update waits for
    let gate = Number.POSITIVE_INFINITY;
    let f = this.forces();
    let volume = { error: 0, minJ: 1 };
    let deepest = 0;
    let stuck = false;

    for (;;) {
      let gain = -engine.search();
      if (!(gain >= 0) && engine.remembered > 0) {
        engine.forget();
        gain = -engine.search();
      }
      if (!(gain >= 0)) {
        reason = 'the search for an equilibrium broke down';
        break;
      }
      // g·H g is about twice the energy still to be gained; compare it with the work the tool has done
      const work = Math.max(Math.abs(f.force * 1e3 * depth), this.lumenForce * 10, options.leastWork);
      const accuracy = gain / work;
      if (gate === Number.POSITIVE_INFINITY) gate = Math.max(accuracy * 0.03, goal);
      if (accuracy <= gate || accuracy <= goal || stuck) {
        volume = engine.volume();
        const penetration = this.contact.penetration();
        const tight = volume.error <= options.volumeError && penetration <= shallow;
        if (accuracy <= goal && f.balance <= options.balance && tight && rounds > 0) break;
        if (rounds < MAX_ROUNDS && (!tight || rounds === 0 || stuck)) {
          stuck = false;
          engine.updateVolume();
          this.contact.updateMultipliers();
          // stiff material under the tool: a soft penalty would take many rounds to push the points out
          if (!sharing && rounds > 0 && penetration > shallow && penetration > 0.5 * deepest)
            this.contact.epsilon *= Math.min(2, (8 * softest) / this.contact.epsilon);
          deepest = penetration;
          energy = this.evaluate(depth);
          f = this.forces();
          engine.freeze(this.contact.freeze());
          frozenAt = iterations;
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

      const slope = -gain;

      // line search: full step first, then backtracking by the secant of the slope
      let step = 1;
      let accepted = false;
      for (let tries = 0; tries < 12; tries++) {
        const e = this.evaluate(depth, step);
        // the direction is 0 at fixed degrees of freedom, so their reactions do not count
        const slopeNew = Number.isFinite(e) ? engine.slope() : Number.NaN;
        // energy decrease, or (near the minimum, where energies drown in rounding) a slope that has clearly shrunk
        const flat = Math.abs(e - energy) <= ENERGY_ROUNDING * Math.abs(energy);
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
          energy = this.evaluate(depth);
          f = this.forces();
          engine.freeze(this.contact.freeze());
          frozenAt = iterations;
          continue;
        }
        if (stuck || rounds >= MAX_ROUNDS) {
          reason = 'no step along the search direction lowers the energy';
          break;
        }
        // a kink of the contact: move the multipliers, which moves the kink
        stuck = true;
        energy = this.evaluate(depth);
        f = this.forces();
        continue;
      }

      f = this.forces();
      engine.accept();
      if (iterations - frozenAt >= STALE) {
        engine.freeze(this.contact.freeze());
        frozenAt = iterations;
      }
      yield { depth, iterations, force: f.force, balance: f.balance, accuracy, rounds };
    }

    volume = engine.volume();
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
    engine.readDisplacement(this.u);
    if (result.converged) {
      this.contact.settle();
      this.previous = start;
      this.depth = depth;
    }
    return result;
  }

  /** Mean first Piola–Kirchhoff state of an existing cell at the current displacement, as Cauchy stress (row-major, kPa), F and energy. */
  cellState(e: number, sigma: Float64Array, F: Float64Array): { J: number; energy: number } {
    const [nx, ny] = this.problem.grid.size;
    const { mu: MU, a: A, lam: LAM, fill, kind } = this.setup;
    const K = new Float64Array(9);
    const cells = {
      count: this.cells,
      padded: this.cells,
      base: this.base,
      nodes: this.nodes,
      sy: nx + 1,
      sz: (nx + 1) * (ny + 1),
      h: this.problem.grid.spacing,
    };
    const { j1, i1 } = kinematics(cells, planesOf(cells, this.u), e, F, K);
    const f = fill[e]!;
    const mu = MU[e]! / f;
    const lam = LAM[e]! / f;
    const q = this.engine.multiplier(e) / f;
    const J = 1 + j1;
    // a lumen's pressure does work at a constant value, a bulk modulus at half its final one
    const held = this.setup.held[e]! / f;
    let s: number;
    let p: number;
    let energy: number;
    if (kind === 'neo-hookean') {
      const lnJ = Math.log(J);
      s = mu;
      p = (lam * lnJ + q - mu) / J;
      // stored energy belongs to the true modulus: at the multiplier's fixed point λ lnJ + q = λ_true lnJ
      energy = 0.5 * mu * (i1 - 2 * lnJ) + 0.5 * (p * J + mu - held) * lnJ + held * lnJ;
    } else {
      s = mu * (1 + A[e]! * i1);
      p = lam * j1 + q - mu;
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

/** Relative difference of two energies that is rounding: of f32 cells, summed in f64. */
const ENERGY_ROUNDING = 1e-7;

function chooseEngine(options: SolverOptions, setup: EngineSetup): Engine {
  if (options.backend === 'typescript') return new ReferenceEngine(setup);
  try {
    return new WasmEngine(setup);
  } catch {
    return new ReferenceEngine(setup);
  }
}

/** The cell that holds each surface point, and the place in it. */
function embed(problem: MechanicalProblem, indexOf: Int32Array): { pointCell: Int32Array; pointPlace: Float64Array } {
  const { grid, surface } = problem;
  const [nx, ny] = grid.size;
  const h = grid.spacing;
  const count = surface.areas.length;
  const pointCell = new Int32Array(3 * count);
  const pointPlace = new Float64Array(3 * count);
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
    pointCell.set(c, 3 * s);
    pointPlace.set(f, 3 * s);
  }
  return { pointCell, pointPlace };
}

/** Which contact points share a multiplier: none, or those of one cell, numbered in order of first appearance. */
function groupPoints(
  by: SolverOptions['contactGroups'],
  pointCell: Int32Array,
  [nx, ny]: readonly number[],
): { group: Int32Array; groups: number } {
  const count = pointCell.length / 3;
  if (by === 'point') return { group: Int32Array.from({ length: count }, (_, s) => s), groups: count };
  const numbers = new Map<number, number>();
  const group = new Int32Array(count);
  for (let s = 0; s < count; s++) {
    const cell = pointCell[3 * s]! + nx! * (pointCell[3 * s + 1]! + ny! * pointCell[3 * s + 2]!);
    const known = numbers.get(cell);
    group[s] = known ?? numbers.size;
    if (known === undefined) numbers.set(cell, numbers.size);
  }
  return { group, groups: numbers.size };
}
