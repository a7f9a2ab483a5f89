import type { FibreCells } from './fibre-levels.ts';
import type { Springs } from './springs.ts';

/**
 * The arithmetic below the solver's step loop. Two editions with the same algorithm: plain TypeScript in f64, which is the
 * reference, and WebAssembly SIMD in f32 on a team of threads. Vectors stay inside; what comes out are numbers.
 */
export interface Engine {
  readonly backend: 'wasm-simd-f32' | 'typescript-f64';
  /** Threads that the next task would run on. */
  readonly threads: number;
  /** Free degrees of freedom. */
  readonly dof: number;

  /** Displacement as three planes of box nodes, mm. */
  readDisplacement(out: Float64Array): void;
  writeDisplacement(from: Float64Array): void;
  /** Multiplier and penalty of the volume constraint of an active cell, each × fill, kPa. */
  pressureMultiplier(cell: number): number;
  volumePenalty(cell: number): number;

  /** A copy of displacement, volume multipliers and penalties. */
  save(): EngineState;
  load(state: EngineState): void;
  /** Displacement and multipliers ← to + r (to - from). */
  extrapolate(from: EngineState, to: EngineState, r: number): void;
  /** Moves driven nodes to where they are at a depth, mm. */
  drive(depth: number): void;

  /**
   * Elastic energy with the ground springs, kPa·mm³, and its gradient: at the state (no step), or at the trial state that is
   * `step` along the search direction. Infinity where the law meets J ≤ 0.
   */
  energy(step?: number): number;
  /**
   * Displacement (3 per point, mm) of surface points where the last energy was taken. Fibres are numbered behind them: of those it is the derivative along the
   * fibre, and what addForces() adds to the gradient is what is conjugate to that, kPa·mm³.
   */
  displacementOf(points: Int32Array, count: number, out: Float64Array): void;
  /** Adds forces (3 per point, kPa·mm²) on surface points to the gradient of the last energy. */
  addForces(points: Int32Array, count: number, forces: Float64Array): void;
  /** Displacement of the eight corners of a cell that exists where the last energy was taken (8×3, x fastest), mm. */
  cornersOf(i: number, j: number, k: number, out: Float64Array): void;
  /** Displacement (3 each, mm) of nodes of the box that exist, where the last energy was taken. */
  valuesOf(nodes: Int32Array, out: Float64Array): void;
  /** Adds forces (3 each, kPa·mm²) on such nodes to the gradient of the last energy. */
  addAt(nodes: Int32Array, forces: Float64Array): void;
  /** Moves a surface point to another cell that exists, i j k, and a place in it, x y z in 0…1. */
  placePoint(point: number, i: number, j: number, k: number, x: number, y: number, z: number): void;
  /** Forces along a direction where the last energy was taken, kPa·mm². */
  support(direction: readonly [number, number, number]): Support;
  /** Slope of the energy along the search direction at the trial state. */
  slope(): number;

  /** Freezes the preconditioner at the state, with these contact points; forgets the pairs of L-BFGS. */
  updatePreconditioner(contact: LinearisedContact): void;
  /** The same for the contact points alone: the tangent of the cells stays as it was frozen. */
  updateContactStiffness(contact: LinearisedContact): void;
  /** Sets the search direction to -H g and returns its slope g·direction. */
  search(): number;
  /** Forgets the pairs of L-BFGS. */
  forget(): void;
  /** Keeps the pairs although the gradient at the state is another one: multipliers have changed. */
  renew(): void;
  /** Pairs that L-BFGS remembers. */
  readonly remembered: number;
  /** The trial state becomes the state; remembers the pair. */
  accept(): void;

  /** Root-mean-square error of the volume constraint and smallest J of a cell at least 0.3 full, at the state. */
  volume(): { error: number; minJ: number };
  /**
   * The penalty k of each cell ← that at rest × (1+a x), at most κ, then its multiplier λ ← λ₀ + (λ - λ₀ + k₀ v)(κ-k)/κ with the k₀ before,
   * λ₀ the constant pressure of a lumen, and v = J-1 or ln J at the state: the fixed point is the pressure κ v.
   */
  updateVolume(): void;
}

/** Sums of forces along a direction, kPa·mm². */
export interface Support {
  /** What the springs to the ground give back. */
  readonly springs: number;
  /** Gradient at fixed directions at rest, at driven ones, and all of them in magnitude. */
  readonly reactions: number;
  readonly driving: number;
  readonly total: number;
}

/** Displacement, volume multipliers and penalties in the engine's own layout. */
export interface EngineState {
  readonly u: Float32Array | Float64Array;
  readonly pressureMultiplier: Float32Array | Float64Array;
  readonly kVol: Float32Array | Float64Array;
}

/** Contact linearised: a symmetric 3×3 stiffness (xx yy zz xy xz yz) on each of some points, kPa·mm. */
export interface LinearisedContact {
  /** Ascending, each once. */
  readonly points: Int32Array;
  readonly stiffness: Float64Array;
  /** Springs between deformable bodies; none when absent. */
  readonly springs?: Springs;
  /** Tangent of every fibre (n×6), kPa·mm³; none when absent. */
  readonly fibres?: Float64Array;
}

/** What an engine is built from. Per active cell, in the order of the grid. */
export interface EngineSetup {
  readonly size: readonly [number, number, number];
  /** Edge of a cell, mm. */
  readonly h: number;
  /** 1 for each active grid cell, and its number among those, or -1. */
  readonly active: Uint8Array;
  readonly indexOf: Int32Array;
  readonly count: number;
  readonly fixed: Uint8Array | undefined;
  /** Displacement of fixed directions per mm of depth (3 planes of box nodes), where any move. */
  readonly driven: Float64Array | undefined;
  /** Springs to the ground of box nodes, kPa·mm. */
  readonly ground: Float64Array;
  readonly kind: 'stiffening' | 'neo-hookean';
  /** Shear modulus × fill, stiffening, volume penalty at rest × fill. */
  readonly mu: Float64Array;
  readonly a: Float64Array;
  readonly kVol: Float64Array;
  /** True volume modulus × the share that is not lumen; the constant multiplier of the share that is; fill. */
  readonly bulk: Float64Array;
  readonly lumenPressure: Float64Array;
  readonly fill: Float64Array;
  /** Cell (3 indices) of each surface point and the place in it, 0…1 (3). */
  readonly pointCell: Int32Array;
  readonly pointPlace: Float64Array;
  /** Fibres in the finest level's cells. */
  readonly fibres: FibreCells;
  /** Most springs between deformable bodies that contact will be linearised to. */
  readonly springs: number;
  /** Pairs of L-BFGS. */
  readonly memory: number;
  /** Most threads to use. */
  readonly threads: number;
}

/**
 * By how much the diagonal of the coarsest matrix is raised where deformable bodies touch. One that only lies on another can go where it likes without
 * a force; what such a movement meets there is rounding, and without this the preconditioner would throw the body far away.
 */
export const floatingShare = ({ springs }: EngineSetup): number => (springs > 0 ? 0.01 : 0);
