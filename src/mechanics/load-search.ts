import { log, pow } from '../base/elementary.ts';
import type { Note } from '../base/note.ts';
import type { ForceTarget } from './search.ts';
import type { Equilibrium } from './solver.ts';

/** A depth, mm, and the push that the bodies carry there, N. */
export interface LoadPoint {
  readonly depth: number;
  readonly force: number;
}

/** How a load is looked for. */
export interface LoadRules {
  /** The load counts as reached within this share of it. */
  readonly tolerance: number;
  /** At one depth, how many tolerances beyond the load still count as the load. */
  readonly scatter: number;
  /** A push that is smaller by this share than the largest one before it has fallen: the tissue has slipped away. */
  readonly fall: number;
  /** Depth of the first trial, and the longest travel between two equilibria, mm. */
  readonly first: number;
  readonly longest: number;
  /** Depth at which something may be carried before the bodies have moved, mm: tried next where the first trial is beyond the load; no such thing when absent. */
  readonly touch?: number;
  /** Power of the depth that the force goes with, where one equilibrium is known only; the stride leads on when absent. */
  readonly usualPower?: number;
  /** Steps are halved this often in a row, and this often in all, before the search is given up. */
  readonly halvingsInARow: number;
  readonly halvings: number;
  /** Trials, and iterations of all of them together, after which it is given up. */
  readonly trials: number;
  readonly iterations: number;
}

/** A depth to try; with an aim the solver may move on from there to the load itself. */
export interface Trial {
  readonly depth: number;
  readonly aim?: ForceTarget;
}

/** What a trial was: the load; a step on the way to it; past it; or a force that has fallen. Only the first two are kept. */
export type Verdict = 'reached' | 'below' | 'beyond' | 'fallen';

/** Depths that differ by less than this share are one depth: it moves the force by less than the load's tolerance. */
const SAME_DEPTH = 0.001;
/** Below this share there is nothing more to be gained by searching between them. */
const ONE_DEPTH = 2e-4;
/** Shortest stride while nothing else is known, mm. */
const SHORTEST = 0.3;
/** How much longer the next stride may be than the last. */
const GROWTH = 1.6;

/**
 * The search for the depth at which a load is carried: inwards along the load path, halving steps that fail, by a power law through the last
 * two equilibria while below the load and by interpolation once it is bracketed. It solves nothing itself: the caller tries what `next` says
 * and reports with `accept` or `reject`, going back to the last kept equilibrium after all that is not kept. Where tissue can slip the
 * answer depends on the way, and the way is always inwards.
 */
export class LoadSearch {
  /** Why the search has been given up, in one clause. */
  reason: Note | undefined;
  private readonly target: number;
  private readonly rules: LoadRules;
  private trial: Trial;
  private stride: number;
  /** The deepest equilibrium below the load, and the one before it; the shallowest beyond the load. */
  private low: LoadPoint;
  private before: LoadPoint | undefined;
  private high: LoadPoint | undefined;
  private largest: number;
  /** Trials in a row below the load (positive) or beyond it (negative). */
  private sameSide = 0;
  private halvings = 0;
  private halvingsInARow = 0;
  private trials = 0;
  private iterations = 0;
  private met = false;

  /** @param known equilibria of the same press that are known already, below and beyond the load */
  constructor(target: number, rules: LoadRules, known: { readonly low?: LoadPoint; readonly high?: LoadPoint } = {}) {
    this.target = target;
    this.rules = rules;
    this.stride = rules.first;
    this.low = known.low ?? { depth: 0, force: 0 };
    this.high = known.high;
    this.largest = this.low.force;
    this.trial = this.high === undefined ? { depth: this.low.depth + rules.first } : this.following();
  }

  /** Whether there is something to try: neither reached nor given up. */
  get open(): boolean {
    return !this.met && this.reason === undefined;
  }

  /** Push at the last kept equilibrium, N. */
  get reached(): number {
    return this.low.force;
  }

  next(): Trial {
    return this.trial;
  }

  /** Takes the equilibrium that a trial has found. */
  accept({ depth, force, iterations }: Pick<Equilibrium, 'depth' | 'force' | 'iterations'>): Verdict {
    const { target, low } = this;
    const { tolerance, scatter, fall, longest, touch = 0 } = this.rules;
    const miss = force / target - 1;
    if (force < (1 - fall) * this.largest) {
      this.halve(iterations, {
        id: 'reason.force-fell',
        values: { from: this.largest.toFixed(1), to: force.toFixed(1) },
      });
      return 'fallen';
    }
    this.count(iterations);
    if (Math.abs(miss) <= tolerance) {
      this.met = true;
      this.reason = undefined;
      return 'reached';
    }
    if (force < target) {
      this.halvingsInARow = 0;
      this.largest = Math.max(this.largest, force);
      // a push that is smaller by less than a fall takes the place of the last one: see `superseded`
      if (force > low.force) this.before = low;
      this.low = { depth, force };
      this.sameSide = Math.max(1, this.sameSide + 1);
      // two answers to one question: the later one knows better
      if (this.high !== undefined && this.high.depth - depth < SAME_DEPTH * depth) this.high = undefined;
      const next = this.following();
      this.stride = Math.min((next.depth - depth) * GROWTH, longest);
      this.trial = next;
      return 'below';
    }
    if (depth - low.depth < ONE_DEPTH * depth) {
      // the depth is known, and two solutions of it differ by more than the load may: the later one knows better
      this.met = miss <= scatter * tolerance;
      if (this.met) this.reason = undefined;
      else
        this.reason = {
          id: 'reason.force-jumps',
          values: { depth: mm(depth), from: low.force.toFixed(1), to: force.toFixed(1) },
        };
      return this.met ? 'reached' : 'beyond';
    }
    this.halvingsInARow = 0;
    this.high = { depth, force };
    this.sameSide = Math.min(-1, this.sameSide - 1);
    // without a force at rest that is known there is nothing to interpolate from
    this.trial = low.depth === 0 && depth > touch && touch > 0 ? { depth: touch } : this.following();
    return 'beyond';
  }

  /** Takes note that a trial has found no equilibrium, and why. */
  reject({ depth, iterations, reason }: Pick<Equilibrium, 'depth' | 'iterations' | 'reason'>): void {
    this.halve(iterations, { id: 'reason.at', values: { depth: mm(depth), reason: reason! } });
  }

  private halve(iterations: number, reason: Note): void {
    this.count(iterations);
    if (this.halvingsInARow === this.rules.halvingsInARow || this.halvings === this.rules.halvings) {
      this.reason = reason;
      return;
    }
    this.halvings++;
    this.halvingsInARow++;
    this.stride = (this.trial.depth - this.low.depth) / 2;
    this.trial = { depth: this.low.depth + this.stride };
  }

  private count(iterations: number): void {
    this.trials++;
    this.iterations += iterations;
    if (this.trials >= this.rules.trials)
      this.reason = { id: 'reason.too-many-steps', values: { steps: this.rules.trials } };
    if (this.iterations > this.rules.iterations)
      this.reason = { id: 'reason.too-many-iterations', values: { iterations: this.rules.iterations } };
  }

  /** The trial after the equilibria so far. */
  private following(): Trial {
    const { before, low, high, target, rules } = this;
    if (high !== undefined) {
      // halving where the interpolation keeps landing on one side, as it does where the floor begins to carry
      if (Math.abs(this.sameSide) > 2) return { depth: (low.depth + high.depth) / 2 };
      // force grows faster than linearly: interpolate in the square root, which is nearly straight
      const r = (Math.sqrt(target) - Math.sqrt(low.force)) / (Math.sqrt(high.force) - Math.sqrt(low.force));
      return this.aimed(low.depth + Math.min(Math.max(r, 0.05), 0.95) * (high.depth - low.depth));
    }
    const furthest = low.depth + Math.max(this.stride, SHORTEST);
    const straight = before !== undefined && before.force > 0 && low.force > 0;
    const power = straight ? Math.min(Math.max(powerBetween(before, low), 1), 6) : rules.usualPower;
    if (power === undefined || !(low.force > 0)) return { depth: furthest };
    const there = depthFor(target, low, power);
    return there <= furthest ? this.aimed(there) : { depth: furthest };
  }

  private aimed(depth: number): Trial {
    const { low, high, target, rules } = this;
    const between = [low.depth + ONE_DEPTH * low.depth, high?.depth ?? low.depth + 1.5 * rules.longest] as const;
    return { depth, aim: { force: target, tolerance: rules.tolerance, between } };
  }
}

/**
 * How many equilibria at the end of a path a deeper one takes the place of: those that carried as much or more. Within a fall they are the same push to the
 * solver, and the later one knows better; so the force of a path only grows.
 */
export function superseded(forces: readonly number[], force: number): number {
  let count = 0;
  while (count < forces.length && forces[forces.length - 1 - count]! >= force) count++;
  return count;
}

/** Tenths of a millimetre; hundredths under one. */
const mm = (depth: number): string => depth.toFixed(depth < 1 ? 2 : 1);

/** The power of the depth that the force goes with between two equilibria. */
export const powerBetween = (a: LoadPoint, b: LoadPoint): number => log(b.force / a.force) / log(b.depth / a.depth);

/** The depth at which a power law through one equilibrium carries a force. */
export const depthFor = (force: number, at: LoadPoint, power: number): number =>
  at.depth * pow(force / at.force, 1 / power);
