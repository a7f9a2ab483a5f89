import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { Contact } from './contact.ts';
import { type Cells, kinematics, type Planes, planesOf } from './element.ts';
import type { Engine, EngineSetup } from './engine.ts';
import { FibreForces } from './fibres.ts';
import { type BodyContact, InterfaceContact } from './interface-contact.ts';
import { defaultThreads } from './kernels/team.ts';
import { runsKernels, WasmEngine } from './kernels/wasm-engine.ts';
import { evaluateLaw } from './law.ts';
import { nodalPressure } from './nodal-pressure.ts';
import type { MechanicalProblem } from './problem.ts';
import { ReferenceEngine } from './reference-engine.ts';
import { EquilibriumSearch, type ForceTarget, type SearchContext, type Start, totalEnergy } from './search.ts';
import { buildSetup, groupPoints } from './setup.ts';
import { SlidingContact } from './sliding-contact.ts';
import { type CellFields, cellFields, type Solution } from './solution.ts';

/**
 * Equilibrium of a press at one depth after another: L-BFGS whose preconditioner is one multigrid V-cycle of the tangent
 * frozen at the start of the step; incompressibility and contact by augmented Lagrangians. Here is what lasts from step to step; search.ts
 * finds one equilibrium, the arithmetic is the engine's. Method, derivations and limits: docs/mechanics.md.
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
  /** Relative Newton decrement (the predicted energy gain g·H g over the tool's work) at which a step counts as solved. */
  readonly decrementTolerance: number;
  /** The least work that the decrement is compared with, kPa·mm³ (10⁻⁶ J): below it a press is too light to matter. */
  readonly leastWork: number;
  /** Iterations after which a step is given up. */
  readonly maxIterations: number;
  /** Whether every contact point has a multiplier of its own, or the points of a cell share one (soft skin under sharp tips). */
  readonly contactGroups: 'point' | 'cell';
  /** Pairs kept by L-BFGS. */
  readonly memory: number;
  /** Which edition of the engine runs; WebAssembly falls back to TypeScript where the JavaScript engine has no SIMD. */
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
  decrementTolerance: 3e-5,
  leastWork: 500,
  maxIterations: 500,
  memory: 4,
  backend: 'wasm',
  threads: 0,
};

/** One equilibrium. */
export interface Equilibrium {
  readonly depth: number;
  readonly converged: boolean;
  /** Why not, when not. */
  readonly reason?: Note;
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
export interface IterationInfo {
  readonly depth: number;
  readonly iterations: number;
  readonly force: number;
  readonly balance: number;
  /** Relative Newton decrement before this iteration. */
  readonly decrement: number;
  /** Augmentations (updates of the multipliers) so far. */
  readonly augmentations: number;
}

export class Solver {
  /** Its rigid bodies may be replaced, see replaceBodies(). */
  problem: MechanicalProblem;
  readonly options: SolverOptions;
  readonly engine: Engine;
  /** Nodes of the box, active or not. */
  readonly nodes: number;
  /** Existing cells. */
  readonly cells: number;
  /** Index of each grid cell among the active cells, -1 where there is none. */
  readonly indexOf: Int32Array;
  /** Displacement at the end of the last step, 3 planes of nodes, mm; 0 at nodes without a cell. */
  readonly u: Float64Array;
  readonly contact: Contact;
  /** Contact of deformable bodies with each other, where there are several. */
  readonly interfaces: BodyContact | undefined;
  /** Fibres, where there are any. */
  readonly fibres: FibreForces | undefined;
  /** What the engine was built from: material by cell, supports, where the contact points lie. */
  readonly setup: EngineSetup;
  private readonly activeCells: Cells;
  private readonly planes: Planes;
  private readonly innerForce: number;
  /** The converged state before the present one, for the extrapolated start. */
  private previous: Start | undefined;
  private depth = 0;
  private force = 0;
  private laid = false;
  /** Of the present state, once asked for. */
  private present: Solution | undefined;

  constructor(problem: MechanicalProblem, options: Partial<SolverOptions> = {}) {
    this.problem = problem;
    this.options = { ...DEFAULT_OPTIONS, ...options };
    const { volumePenalty, memory, threads, contactGroups, epsilon } = this.options;
    const built = buildSetup(problem, volumePenalty, memory, threads > 0 ? threads : defaultThreads());
    this.setup = built.setup;
    this.activeCells = built.cells;
    this.innerForce = built.innerForce;
    this.indexOf = built.setup.indexOf;
    this.cells = built.cells.count;
    this.nodes = built.cells.nodes;
    this.engine = chooseEngine(this.options, this.setup);
    this.u = new Float64Array(3 * this.nodes);
    this.planes = planesOf(this.activeCells, this.u);
    const { points, areas } = problem.surface;
    const touchable = this.setup.pointCell.subarray(0, 3 * areas.length);
    const { group, groups } = groupPoints(contactGroups, touchable, problem.grid.size);
    const at = { count: areas.length, points, areas, contactMultiplier: new Float64Array(areas.length), group, groups };
    this.contact = new Contact(at, problem.bodies, problem.direction, epsilon, problem.friction, problem.fillet);
    if (problem.fibres !== undefined) this.fibres = new FibreForces(problem.fibres, this.setup.pointPlace.length / 3);
    if (this.setup.springs > 0) {
      const smooth = problem.interfaces!.filter((one) => one.smooth === true).length;
      if (smooth > 0 && smooth < problem.interfaces!.length)
        throw new Error(
          `smooth is for all interfaces or none, and here it is for ${smooth} of ${problem.interfaces!.length}`,
        );
      const Between = smooth > 0 ? SlidingContact : InterfaceContact;
      this.interfaces = new Between(problem, this.setup);
    }
  }

  /** Number of the rigid body of that name among `problem.bodies`; -1 where there is none. */
  bodyIndex(name: string): number {
    return this.problem.bodies.findIndex((body) => body.name === name);
  }

  private get context(): SearchContext {
    const { engine, contact, interfaces, fibres, problem, options, innerForce } = this;
    return { engine, contact, interfaces, fibres, problem, options, innerForce };
  }

  /**
   * Takes other rigid bodies, or the same ones moved by some mm (see Contact.replaceBodies); the body stays as it is pressed, and how it came
   * there is forgotten.
   */
  replaceBodies({ bodies, direction }: Pick<MechanicalProblem, 'bodies' | 'direction'>, moved?: Vec3): void {
    this.problem = { ...this.problem, bodies, direction };
    this.contact.replaceBodies(bodies, direction, moved);
    this.previous = undefined;
    this.present = undefined;
    this.laid = true;
  }

  /** A copy of everything a step changes, to come back to. */
  snapshot(): () => void {
    const state = this.engine.save();
    const contact = this.contact.remember();
    const between = this.interfaces?.remember();
    const { depth, force, previous, laid } = this;
    return () => {
      this.present = undefined;
      this.engine.load(state);
      this.depth = depth;
      this.force = force;
      this.laid = laid;
      this.previous = previous;
      // contact readings belong to a displacement and a penalty: bring them back too
      this.contact.recall(contact);
      between?.();
      this.engine.energy();
      this.contact.updateCandidates((points, count, out) => this.engine.displacementOf(points, count, out), depth);
      this.interfaces?.updateCandidates(this.engine);
      totalEnergy(this.context, depth);
      this.engine.readDisplacement(this.u);
    };
  }

  /**
   * Brings the body into equilibrium with the bodies at `depth` (mm from first touch), or, with an aim, at a depth near it where they
   * carry the wanted push; where there is none within the aim's bounds the equilibrium has another force. Yields after every iteration.
   */
  *step(depth: number, aim?: ForceTarget): Generator<IterationInfo, Equilibrium> {
    this.present = undefined;
    const start: Start = {
      depth: this.depth,
      force: this.force,
      state: this.engine.save(),
      contactMultiplier: this.contact.at.contactMultiplier.slice(),
      ...(this.interfaces && { interfaceMultiplier: this.interfaces.multiplier.slice() }),
      laid: this.laid,
    };
    const result = yield* new EquilibriumSearch(this.context, start, depth, aim).run(this.previous);
    this.engine.readDisplacement(this.u);
    this.present = undefined;
    if (result.converged) {
      this.contact.commitFriction();
      this.previous = start;
      this.depth = result.depth;
      this.force = result.force;
      this.laid = false;
    }
    return result;
  }

  /** The body as it is now: the same object until the next step, and never changed by it. */
  solution(): Solution {
    this.present ??= this.takeSolution();
    return this.present;
  }

  private takeSolution(): Solution {
    const { u, nodes, contact, setup, problem, indexOf } = this;
    const displacement = new Float64Array(3 * nodes);
    for (let n = 0; n < nodes; n++) for (let c = 0; c < 3; c++) displacement[3 * n + c] = u[n + c * nodes]!;
    const { areas } = contact.at;
    const loads = problem.bodies.map((_, body) =>
      areas.map((area, s) => contact.shareOf(s, body) * contact.pressure[s]! * area),
    );
    let cells: CellFields | undefined;
    const solution: Solution = {
      displacement,
      cells: () => {
        cells ??= readCells();
        return cells;
      },
      contactPressure: (name) => {
        const load = loads[problem.bodies.findIndex((body) => body.name === name)];
        return load === undefined ? new Float64Array(areas.length) : nodalPressure(setup, areas, load);
      },
    };
    const readCells = (): CellFields => {
      if (this.present !== solution) throw new Error('the solver has gone on since this solution was taken');
      return cellFields(indexOf, problem, (e, sigma, F) => this.cellState(e, sigma, F));
    };
    return solution;
  }

  /** Mean first Piola–Kirchhoff state of an active cell at the current displacement, as Cauchy stress (row-major, kPa), F and energy. */
  cellState(e: number, sigma: Float64Array, F: Float64Array): { J: number; energy: number } {
    const { mu: MU, a: A, fill, kind } = this.setup;
    const { j1, y } = kinematics(this.activeCells, this.planes, e, F, COFACTOR);
    const f = fill[e]!;
    const mu = MU[e]! / f;
    const kVol = this.engine.volumePenalty(e) / f;
    const pressureMultiplier = this.engine.pressureMultiplier(e) / f;
    const J = 1 + j1;
    // a lumen's pressure does work at a constant value, a bulk modulus at half its final one
    const held = this.setup.lumenPressure[e]! / f;
    const { s, p, v, shape } = evaluateLaw(kind, mu, A[e]!, kVol, pressureMultiplier, j1, y);
    // stored energy belongs to the true modulus: at the multiplier's fixed point kVol v + pressureMultiplier = κ v
    const energy = shape + 0.5 * (kVol * v + pressureMultiplier - held) * v + held * v;
    // σ = P Fᵀ / J with P = s F + p cof F, and cof F Fᵀ = J 1
    for (let r = 0; r < 3; r++)
      for (let c = 0; c < 3; c++) {
        const b = F[3 * r]! * F[3 * c]! + F[3 * r + 1]! * F[3 * c + 1]! + F[3 * r + 2]! * F[3 * c + 2]!;
        sigma[3 * r + c] = (s * b) / J + (r === c ? p : 0);
      }
    return { J, energy };
  }
}

function chooseEngine(options: SolverOptions, setup: EngineSetup): Engine {
  // only for want of WebAssembly: another failure, such as too little memory, is the caller's to hear of
  return options.backend === 'wasm' && runsKernels() ? new WasmEngine(setup) : new ReferenceEngine(setup);
}

/** Of the cell in hand. */
const COFACTOR = new Float64Array(9);
