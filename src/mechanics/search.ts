import type { Note } from '../base/note.ts';
import type { Contact, Move } from './contact.ts';
import type { Engine, EngineState, LinearisedContact } from './engine.ts';
import type { FibreForces } from './fibres.ts';
import type { BodyContact } from './interface-contact.ts';
import { depthFor, powerBetween } from './load-search.ts';
import type { MechanicalProblem } from './problem.ts';
import type { Equilibrium, IterationInfo, SolverOptions } from './solver.ts';

/** A push that is wanted instead of a depth: the bodies are moved towards it while the equilibrium is sought. */
export interface ForceTarget {
  /** Force of the bodies along the push, N, and how near to it is near enough, as a share. */
  readonly force: number;
  readonly tolerance: number;
  /** Depths that the bodies may stand at, mm. */
  readonly between: readonly [number, number];
}

/** The equilibrium that a search starts from. */
export interface Start {
  readonly depth: number;
  readonly force: number;
  readonly state: EngineState;
  /** Contact multipliers. */
  readonly contactMultiplier: Float64Array;
  /** The same between deformable bodies, where there are several. */
  readonly interfaceMultiplier?: Float64Array;
  /** The bodies have been laid elsewhere since: the way from here is not theirs alone. */
  readonly laid: boolean;
}

/** What a search works on. */
export interface SearchContext {
  readonly engine: Engine;
  readonly contact: Contact;
  /** Contact of deformable bodies with each other, where there are several. */
  readonly interfaces: BodyContact | undefined;
  readonly fibres: FibreForces | undefined;
  readonly problem: MechanicalProblem;
  readonly options: SolverOptions;
  /** A force that the pressures of lumens and the tensions of fibres are worth, N. */
  readonly innerForce: number;
}

/** What is extrapolated. */
type Multipliers = Pick<Start, 'state' | 'contactMultiplier' | 'interfaceMultiplier'>;

/** Forces along the push, N, and by how much they miss each other. */
interface Forces {
  readonly bodyForce: number[];
  readonly force: number;
  readonly support: number;
  readonly balance: number;
}

/**
 * The search for one equilibrium. Descents with a fixed preconditioner, until the Newton decrement has passed an inner tolerance; then the
 * multipliers of volume and contact are brought up to date (an augmentation), and the tolerance is lowered. docs/mechanics.md has the reasons.
 */
export class EquilibriumSearch {
  private readonly context: SearchContext;
  private readonly start: Start;
  private readonly goal: number;
  private readonly shallow: number;
  private readonly penalty: number;
  private aim: ForceTarget | undefined;
  private depth: number;
  private energy = 0;
  private forces: Forces = { bodyForce: [], force: 0, support: 0, balance: 0 };
  private iterations = 0;
  private updatedAt = 0;
  private contactUpdatedAt = 0;
  private augmentations = 0;
  /** Relative Newton decrement that the next augmentation waits for. */
  private innerTolerance = Number.POSITIVE_INFINITY;
  private deepest = 0;
  /** No descent is possible at a kink of the contact: new multipliers move it. */
  private lineSearchFailed = false;
  /** Where the last line search put its optimum: the next one begins there. */
  private stride = 1;
  /** Moves towards the aim, the last place and force, and the power of the depth that the force goes with. */
  private moves = 0;
  private tried: { depth: number; force: number };
  private power = 2;

  constructor(context: SearchContext, start: Start, depth: number, aim?: ForceTarget) {
    const { options, contact } = context;
    this.context = context;
    this.start = start;
    this.depth = depth;
    this.aim = aim;
    this.tried = start;
    this.goal = options.decrementTolerance;
    this.shallow = Math.min(options.penetration, options.penetrationShare * Math.abs(depth));
    // a dead multiplier on soft material is unstable: the penalty must hold it, so it follows the pressure. Where points share a
    // multiplier the answer depends a little on the penalty (contact fades out at its edge), so there it stays as it is
    const highest = this.sharing ? 0 : contact.at.contactMultiplier.reduce((a, b) => Math.max(a, b), 0);
    this.penalty = Math.max(options.epsilon, highest * PRESSURE_TO_PENALTY);
  }

  private get sharing(): boolean {
    return this.context.options.contactGroups === 'cell';
  }

  /** Whether points that share multipliers meet a tip that the cells do not resolve. */
  private get thin(): boolean {
    const { bodies, grid } = this.context.problem;
    return this.sharing && bodies.some(({ radius }) => radius !== undefined && radius < RESOLVED * grid.spacing);
  }

  /** Runs the search. Yields after every iteration. */
  *run(previous: Start | undefined): Generator<IterationInfo, Equilibrium> {
    const { engine, options } = this.context;
    this.begin(previous);
    let reason: Note | undefined;
    for (;;) {
      const gain = this.computeDirection();
      if (!(gain >= 0)) {
        reason = { id: 'reason.broke-down' };
        break;
      }
      const decrement = gain / this.work();
      if (this.innerTolerance === Number.POSITIVE_INFINITY)
        this.innerTolerance = Math.max(decrement * FIRST_INNER_TOLERANCE, this.goal);
      if (decrement <= this.innerTolerance || decrement <= this.goal || this.lineSearchFailed) {
        const next = this.checkConvergence(decrement);
        if (next === 'done') break;
        if (next === 'augmented') continue;
        if (next !== 'descend') {
          reason = next;
          break;
        }
      }
      if (this.iterations >= options.maxIterations) {
        reason = { id: 'reason.no-equilibrium', values: { iterations: this.iterations } };
        break;
      }
      const accepted = this.lineSearch(-gain);
      this.iterations++;
      if (accepted) {
        this.forces = this.readForces();
        engine.accept();
        if (this.iterations - this.updatedAt >= STALE) this.updatePreconditioner();
        else if (this.iterations - this.contactUpdatedAt >= YOUNG && this.activeSetChanged())
          this.updateContactStiffness();
        const { force, balance } = this.forces;
        yield {
          depth: this.depth,
          iterations: this.iterations,
          force,
          balance,
          decrement,
          augmentations: this.augmentations,
        };
        continue;
      }
      this.evaluate();
      this.forces = this.readForces();
      // the preconditioner is out of date: freeze it where we are, and start again from the plain gradient
      if (this.iterations - this.updatedAt > 1) this.updatePreconditioner();
      else if (this.lineSearchFailed || this.augmentations >= MOST_AUGMENTATIONS) {
        reason = { id: 'reason.no-descent' };
        break;
      } else this.lineSearchFailed = true;
    }
    return this.equilibrium(reason);
  }

  /** Extrapolates displacements and multipliers along the last two equilibria, brings the bodies to their depth, and freezes the preconditioner. */
  private begin(previous: Start | undefined): void {
    const { contact, interfaces } = this.context;
    const { start, depth } = this;
    interfaces?.begin();
    // first contact: a stiff penalty would throw the few points that the bodies have run over far out
    const first = this.sharing && start.depth === 0;
    contact.epsilon = first ? this.penalty / FIRST_TOUCH : this.penalty;
    contact.stiffens = this.thin && !first;
    if (previous !== undefined && start.depth !== previous.depth)
      this.extrapolate(
        previous,
        start,
        Math.max(-1.5, Math.min((depth - start.depth) / (start.depth - previous.depth), 1.5)),
      );
    this.arrive(depth, start);
    this.evaluate();
    this.forces = this.readForces();
    this.updatePreconditioner();
  }

  /** Brings the driven nodes to a depth and looks which points are near; where the extrapolation has turned a cell inside out it goes back first. */
  private arrive(depth: number, back: Multipliers): void {
    const { engine, contact, interfaces, fibres } = this.context;
    engine.drive(depth);
    if (!Number.isFinite(engine.energy() + (fibres?.evaluate(engine) ?? 0))) {
      engine.load(back.state);
      contact.at.contactMultiplier.set(back.contactMultiplier);
      interfaces?.multiplier.set(back.interfaceMultiplier!);
      engine.drive(depth);
      engine.energy();
    }
    contact.updateCandidates(this.displacements, depth);
    interfaces?.updateCandidates(engine);
  }

  /** Displacements and multipliers ← to + r (to - from). */
  private extrapolate(from: Multipliers, to: Multipliers, r: number): void {
    const { contactMultiplier } = this.context.contact.at;
    this.context.interfaces?.extrapolate(from.interfaceMultiplier!, to.interfaceMultiplier!, r);
    this.context.engine.extrapolate(from.state, to.state, r);
    for (let k = 0; k < contactMultiplier.length; k++)
      contactMultiplier[k] = Math.max(
        0,
        to.contactMultiplier[k]! + r * (to.contactMultiplier[k]! - from.contactMultiplier[k]!),
      );
  }

  /** Sets the search direction. @returns the gain that the preconditioner promises, g·H g, kPa·mm³ */
  private computeDirection(): number {
    const { engine } = this.context;
    const gain = -engine.search();
    if (gain >= 0 || engine.remembered === 0) return gain;
    engine.forget();
    return -engine.search();
  }

  /** What a gain is compared with: the work the bodies have done, kPa·mm³. */
  private work(): number {
    const { innerForce, options } = this.context;
    return Math.max(Math.abs(this.forces.force * 1e3 * this.depth), innerForce * 10, options.leastWork);
  }

  /** At the inner tolerance: whether the search is done, goes on with new multipliers or as it is, or has to give up (the reason). */
  private checkConvergence(decrement: number): 'done' | 'augmented' | 'descend' | Note {
    const { engine, contact, interfaces, options } = this.context;
    const { error } = engine.volume();
    const penetration = Math.max(contact.penetration(), interfaces?.penetration() ?? 0);
    const tight = error <= options.volumeError && penetration <= this.shallow;
    const solved = decrement <= this.goal && this.forces.balance <= options.balance;
    const met = this.aim === undefined || Math.abs(this.forces.force / this.aim.force - 1) <= this.aim.tolerance;
    if (solved && tight && met && this.augmentations > 0) return 'done';
    if (
      this.augmentations < MOST_AUGMENTATIONS + this.moves &&
      (!tight || !met || this.augmentations === 0 || this.lineSearchFailed)
    ) {
      this.augment(met, penetration);
      return 'augmented';
    }
    if (solved) {
      // the last augmentations gain little: only a gross miss makes the step a failure
      if (tight || (error <= 3 * options.volumeError && penetration <= 3 * this.shallow)) return 'done';
      return {
        id: 'reason.unsettled',
        values: { error: (100 * error).toPrecision(2), penetration: penetration.toPrecision(2) },
      };
    }
    this.innerTolerance = this.goal;
    if (decrement <= this.goal * 1e-3) return { id: 'reason.unbalanced' };
    return 'descend';
  }

  /** Brings the multipliers up to date, and the bodies nearer to where they carry the wanted push. */
  private augment(met: boolean, penetration: number): void {
    const { engine, contact, interfaces } = this.context;
    this.lineSearchFailed = false;
    engine.updateVolume();
    contact.updateMultipliers();
    const stiffened = interfaces?.updateMultipliers(this.shallow) === true;
    const before = contact.epsilon;
    contact.stiffens = this.thin;
    if (this.sharing) contact.epsilon = this.penalty;
    // stiff material under the tool: a soft penalty would take many augmentations to push the points out
    else if (this.augmentations > 0 && penetration > this.shallow && penetration > 0.5 * this.deepest)
      contact.epsilon *= Math.min(2, (STIFFER * this.penalty) / contact.epsilon);
    this.deepest = penetration;
    const moved = !met && this.augmentations > 0 && this.move();
    this.evaluate();
    this.forces = this.readForces();
    if (moved || stiffened || contact.epsilon !== before || this.iterations - this.updatedAt >= OLD_AT_AUGMENTATION)
      this.updatePreconditioner();
    else engine.renew();
    this.augmentations++;
    this.innerTolerance = Math.max(this.innerTolerance * NEXT_INNER_TOLERANCE, this.goal);
  }

  /**
   * Moves the bodies to where a power law through the last two forces puts the wanted one; the body follows on the way it has come. Without a
   * place to move to the aim is given up.
   */
  private move(): boolean {
    const { aim, depth, start, tried } = this;
    const { engine, contact, interfaces } = this.context;
    if (aim === undefined) return false;
    const { force } = this.forces;
    // neighbouring depths tell noise
    if (tried.force > 0 && Math.abs(depth / tried.depth - 1) > 0.01)
      this.power = Math.min(Math.max(powerBetween(tried, { depth, force }) || 2, 1.2), 6);
    const wanted = depthFor(aim.force, { depth, force: Math.max(force, 0.05 * aim.force) }, this.power);
    const next = Math.min(Math.max(wanted, aim.between[0]), aim.between[1]);
    if (this.moves === MOST_MOVES || Math.abs(next - depth) < 1e-6 * depth) {
      this.aim = undefined;
      return false;
    }
    this.moves++;
    this.tried = { depth, force };
    this.depth = next;
    const now = {
      state: engine.save(),
      contactMultiplier: contact.at.contactMultiplier.slice(),
      ...(interfaces && { interfaceMultiplier: interfaces.multiplier.slice() }),
    };
    const way = depth - start.depth;
    if (!start.laid && Math.abs(way) > 1e-9)
      this.extrapolate(start, now, Math.max(-0.5, Math.min((next - depth) / way, 0.5)));
    this.arrive(next, now);
    return true;
  }

  /**
   * Line search: from where the last one put its optimum (the preconditioner takes soft modes for stiffer than they are, so that is beyond the full
   * step), backwards by the secant of the slope.
   */
  private lineSearch(slope: number): boolean {
    const { engine } = this.context;
    let step = engine.remembered === 0 ? 1 : this.stride;
    for (let tries = 0; tries < 12; tries++) {
      const e = this.evaluateAt(step);
      // the direction is 0 at fixed degrees of freedom, so their reactions do not count
      const slopeNew = Number.isFinite(e) ? engine.slope() : Number.NaN;
      // energy decrease, or (near the minimum, where energies drown in rounding) a slope that has clearly shrunk
      const flat = Math.abs(e - this.energy) <= ENERGY_ROUNDING * Math.abs(this.energy);
      const secant = slopeNew > slope ? (step * slope) / (slope - slopeNew) : Number.POSITIVE_INFINITY;
      if (e <= this.energy + 1e-4 * step * slope || (flat && Math.abs(slopeNew) <= 0.9 * Math.abs(slope))) {
        this.energy = e;
        this.stride = tries > 0 ? 1 : Math.min(Math.max(0.1 + 0.9 * secant, 1), LONGEST_STRIDE);
        return true;
      }
      step = secant > 0.1 * step && secant < 0.7 * step ? secant : 0.4 * step;
    }
    return false;
  }

  private updatePreconditioner(): void {
    this.context.engine.updatePreconditioner(this.linearise());
    this.updatedAt = this.iterations;
    this.contactUpdatedAt = this.iterations;
  }

  private updateContactStiffness(): void {
    this.context.engine.updateContactStiffness(this.linearise());
    this.contactUpdatedAt = this.iterations;
  }

  private linearise(): LinearisedContact {
    const { contact, interfaces, fibres } = this.context;
    return {
      ...contact.linearise(),
      ...(interfaces && { springs: interfaces.linearise() }),
      ...(fibres && { fibres: fibres.linearise() }),
    };
  }

  /** Whether many points have begun or ceased to press since contact was last frozen. */
  private activeSetChanged(): boolean {
    const { contact, interfaces } = this.context;
    return (
      contact.activeSetChanges > MOST_CHANGES * contact.pressingPoints ||
      (interfaces !== undefined && interfaces.changes > MOST_CHANGES * interfaces.acting)
    );
  }

  private evaluate(): void {
    this.energy = this.evaluateAt();
  }

  /** Total energy, kPa·mm³, with its gradient inside the engine: at the state, or `step` along the search direction. */
  private evaluateAt(step?: number): number {
    return totalEnergy(this.context, this.depth, step);
  }

  private readonly displacements: Move = (points, count, out) => this.context.engine.displacementOf(points, count, out);

  /** Forces of the last evaluation. */
  private readForces(): Forces {
    const { engine, contact, problem, innerForce } = this.context;
    const { springs, reactions, driving, total } = engine.support(problem.direction);
    const support = (springs - reactions) * 1e-3;
    const bodyForce = problem.bodies.map((_, b) => contact.force(b) * 1e-3);
    const force = bodyForce.reduce((a, b) => a + b, 0) + driving * 1e-3;
    // without a tool's force there are still reactions, lumen pressures or tensions that must cancel
    const scale = Math.max(Math.abs(force), innerForce, 1e-6 * total, 1e-9);
    return { bodyForce, force, support, balance: Math.abs(force - support) / scale };
  }

  private equilibrium(failed: Note | undefined): Equilibrium {
    const { engine, contact } = this.context;
    const { error, minJ } = engine.volume();
    const reason = failed ?? (minJ > 0 ? undefined : { id: 'reason.inside-out' });
    const { bodyForce, force, support, balance } = this.forces;
    return {
      depth: this.depth,
      converged: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      bodyForce,
      force,
      supportForce: support,
      forceBalance: balance,
      penetration: Math.max(contact.penetration(), this.context.interfaces?.penetration() ?? 0),
      volumeError: error,
      minJ,
      iterations: this.iterations,
    };
  }
}

/** Elastic energy with that of fibres and contact, kPa·mm³, with the gradient inside the engine: at the state, or `step` along the search direction. */
export function totalEnergy(context: SearchContext, depth: number, step?: number): number {
  const { engine, contact, interfaces, fibres } = context;
  const energy = engine.energy(step) + (fibres?.evaluate(engine) ?? 0);
  if (!Number.isFinite(energy)) return Number.POSITIVE_INFINITY;
  const touch = contact.evaluate((points, count, out) => engine.displacementOf(points, count, out), depth);
  engine.addForces(contact.pressing, contact.pressingPoints, contact.forces);
  return interfaces === undefined ? energy + touch : energy + touch + interfaces.evaluate(engine);
}

/** Contact penalty per pressure, 1/mm: a point that carries the highest pressure lets go within the inverse of this. */
const PRESSURE_TO_PENALTY = 0.5;
/** The penalty is doubled up to this many times itself while penetration settles slowly. */
const STIFFER = 64;
/** The penalty at first contact is softer by this. */
const FIRST_TOUCH = 16;
/** Cells in the radius of a tip that they resolve. */
const RESOLVED = 1.5;
/** Iterations after which the frozen tangent is taken anew, and the same where an augmentation begins anyway. */
const STALE = 20;
/** Contact is frozen anew where more than this share of the pressing points has begun or ceased to press, at the earliest after so many iterations. */
const MOST_CHANGES = 0.2;
const YOUNG = 2;
const OLD_AT_AUGMENTATION = 4;
/** Multiplier updates per step before giving up on the constraints. */
const MOST_AUGMENTATIONS = 15;
/** Shares of the residual at which the first augmentation begins, and each next one. */
const FIRST_INNER_TOLERANCE = 0.03;
const NEXT_INNER_TOLERANCE = 0.2;
/** Moves towards a wanted push. */
const MOST_MOVES = 6;
/** Longest first step of a line search. */
const LONGEST_STRIDE = 2;

/**
 * Relative difference of two energies that may be rounding: of f32 cells, more where they have turned far. Then the slope decides (the approximate
 * Wolfe condition; Hager and Zhang 2005, doi 10.1137/030601880, take the same share).
 */
const ENERGY_ROUNDING = 1e-6;
