import type { Grid, Vec3 } from '../base/grid.ts';
import { minus } from '../base/vec.ts';
import type { Engine, EngineSetup } from './engine.ts';
import { hostCells, hostPlace } from './host-cells.ts';
import type { BodyContact } from './interface-contact.ts';
import { at3, inOneRow, slopeOf, widest } from './interface-parts.ts';
import { TOUCH } from './interface-points.ts';
import { multiplierGroups } from './multiplier-groups.ts';
import type { Interface, MechanicalProblem } from './problem.ts';
import { FIRM } from './setup.ts';
import { SmoothField } from './smooth-field.ts';
import type { Springs } from './springs.ts';

/**
 * Contact of deformable bodies whose places are found in fields without kinks, and which is linear from one augmentation to the next: the place X
 * of the second body on which a point of the first lies, and the direction n in which it may not go, are found once, and until the multipliers are
 * brought up to date the gap is φ(X)/|m| + n·(x − X − u₂(X)). So every descent is one with springs between fixed places, which cost little and
 * cannot run away; the augmentations that multipliers need anyway settle the places too. Derivations: docs/mechanics.md.
 */
export class SlidingContact implements BodyContact {
  readonly count: number;
  /** What lasts from equilibrium to equilibrium: multipliers, kPa (n×3, the first of each three; ties are springs and have none). */
  readonly multiplier: Float64Array;
  private readonly parts: readonly Interface[];
  /** Number of the first point of each interface, and one past the last of all. */
  private readonly begins: readonly number[];
  private readonly grid: Grid;
  private readonly setup: EngineSetup;
  /** Number among the engine's surface points of the first point. */
  private readonly firstPoint: number;
  private readonly list: Int32Array;
  private readonly hosts: readonly Int32Array[];
  private readonly fields: readonly SmoothField[];
  private readonly points: Float64Array;
  private readonly areas: Float64Array;
  private readonly normals: Float64Array;
  private readonly penalty: Float64Array;
  private readonly tied: Uint8Array;
  /** Points that share a multiplier. */
  private readonly group: Int32Array;
  private readonly groups: number;
  /** What gaps are linear about: places X (n×3, mm), unit directions n, gaps φ/|m| there; and the same as found last. */
  private readonly X: Float64Array;
  private readonly direction: Float64Array;
  private readonly base: Float64Array;
  private readonly foundX: Float64Array;
  private readonly foundDirection: Float64Array;
  private readonly foundBase: Float64Array;
  /** Gap of each point at the places found last, mm. */
  private readonly gap: Float64Array;
  /** Drag, kPa/mm, and u₁ − u₂(X) where it was taken up (n×3). */
  private readonly drag: Float64Array;
  private readonly from: Float64Array;
  private readonly pressure: Float64Array;
  private readonly moved: Float64Array;
  /** On the first body, kPa·mm² (n×3). */
  private readonly forces: Float64Array;
  private readonly linearised: Uint8Array;
  private readonly sum: Float64Array;
  private readonly area: Float64Array;
  private engine: Engine | undefined;

  constructor(problem: MechanicalProblem, setup: EngineSetup) {
    const parts = problem.interfaces ?? [];
    const inRow = inOneRow(parts);
    const { count: n, begins, points, areas, normals, penalty, tied } = inRow;
    this.parts = parts;
    this.count = n;
    this.begins = begins;
    this.grid = problem.grid;
    this.setup = setup;
    this.firstPoint = problem.surface.areas.length;
    this.points = points;
    this.areas = areas;
    this.normals = normals;
    this.penalty = penalty;
    this.tied = tied;
    const firm = (c: number): boolean => problem.fill[c]! >= FIRM;
    const firmOnes = setup.indexOf.map((index, c) => (firm(c) ? index : -1));
    this.hosts = parts.map(({ second }) => hostCells(problem.grid, firmOnes, second.layers));
    this.fields = parts.map(({ second, points }) => new SmoothField(problem.grid, firmOnes, second, points, REACH));
    this.multiplier = new Float64Array(3 * n);
    this.X = this.points.slice();
    this.foundX = this.points.slice();
    this.direction = this.normals.map((c) => -c);
    this.foundDirection = this.direction.slice();
    this.base = new Float64Array(n);
    this.foundBase = new Float64Array(n);
    this.gap = new Float64Array(n);
    this.drag = new Float64Array(n);
    this.from = new Float64Array(3 * n);
    this.pressure = new Float64Array(n);
    this.moved = new Float64Array(3 * n);
    this.forces = new Float64Array(3 * n);
    this.linearised = new Uint8Array(n);
    this.list = Int32Array.from({ length: n }, (_, s) => this.firstPoint + s);
    const cells = setup.pointCell.subarray(3 * this.firstPoint);
    const { group, groups } = multiplierGroups(inRow, cells, problem.grid);
    this.group = group;
    this.groups = groups;
    this.sum = new Float64Array(groups);
    this.area = new Float64Array(groups);
  }

  /** Finds all places where the bodies are in the engine's last energy, and makes gaps linear about them. */
  updateCandidates(engine: Engine): void {
    this.engine = engine;
    this.locate(engine);
    this.settle();
  }

  /** Finds all places anew; gaps stay linear about the old ones. */
  private locate(engine: Engine): void {
    const { X, foundX, direction, foundDirection, base, foundBase, points, moved, gap, begins, tied } = this;
    engine.displacementOf(this.list, this.count, moved);
    for (const [p, field] of this.fields.entries()) {
      field.read(engine);
      for (let s = begins[p]!; s < begins[p + 1]!; s++) {
        if (tied[s] === 1) continue;
        const o = 3 * s;
        const [x, y, z] = [points[o]! + moved[o]!, points[o + 1]! + moved[o + 1]!, points[o + 2]! + moved[o + 2]!];
        const det = this.find(field, o, x, y, z);
        const missed = R[0]! * R[0]! + R[1]! * R[1]! + R[2]! * R[2]!;
        if (det < FOLDED || missed > MISSED * MISSED) {
          // where the second body is folded no place can be trusted: the point stays with the one it had
          for (let c = 0; c < 3; c++) {
            foundX[o + c] = X[o + c]!;
            foundDirection[o + c] = direction[o + c]!;
          }
          foundBase[s] = base[s]!;
          field.sample(X[o]!, X[o + 1]!, X[o + 2]!, U, F);
          R[0] = x - X[o]! - U[0]!;
          R[1] = y - X[o + 1]! - U[1]!;
          R[2] = z - X[o + 2]! - U[2]!;
        } else this.turn(this.parts[p]!, s);
        gap[s] =
          foundBase[s]! + foundDirection[o]! * R[0]! + foundDirection[o + 1]! * R[1]! + foundDirection[o + 2]! * R[2]!;
      }
    }
  }

  /** Makes gaps linear about the places found last. */
  private settle(): void {
    const { X, direction, base, points, moved, from, drag, multiplier, begins } = this;
    X.set(this.foundX);
    direction.set(this.foundDirection);
    base.set(this.foundBase);
    for (const [p, field] of this.fields.entries()) {
      const first = begins[p]!;
      const end = begins[p + 1]!;
      field.hold(end - first, (k) => 3 * (first + k), this.tied.subarray(first, end), X, points);
      for (let s = first; s < end; s++) {
        const o = 3 * s;
        field.valueAt(s - first, U);
        for (let c = 0; c < 3; c++) from[o + c] = moved[o + c]! - U[c]!;
        drag[s] = Math.max(LEAST_DRAG, DRAG * Math.abs(multiplier[o]!));
      }
    }
  }

  /**
   * Looks for the place (at o of foundX) that has moved to x, within a cell of where it was; steps that come no nearer are halved. Leaves what
   * is missing in R and F₂⁻¹ in I. @returns det F₂
   */
  private find(field: SmoothField, o: number, x: number, y: number, z: number): number {
    const { X, foundX } = this;
    const h = this.grid.spacing;
    let [X0, X1, X2] = [X[o]!, X[o + 1]!, X[o + 2]!];
    let [d0, d1, d2] = [0, 0, 0];
    let least = Number.POSITIVE_INFINITY;
    let det = 0;
    for (let tries = 0; tries < 20; tries++) {
      field.sample(X0 + d0, X1 + d1, X2 + d2, U, F);
      const r0 = x - X0 - d0 - U[0]!;
      const r1 = y - X1 - d1 - U[1]!;
      const r2 = z - X2 - d2 - U[2]!;
      const away = r0 * r0 + r1 * r1 + r2 * r2;
      if (away >= least) {
        d0 *= 0.5;
        d1 *= 0.5;
        d2 *= 0.5;
        if (d0 * d0 + d1 * d1 + d2 * d2 < FOUND * FOUND * h * h) break;
        continue;
      }
      least = away;
      X0 += d0;
      X1 += d1;
      X2 += d2;
      R[0] = r0;
      R[1] = r1;
      R[2] = r2;
      det = invert();
      if (away < FOUND * FOUND * h * h) break;
      d0 = I[0]! * r0 + I[1]! * r1 + I[2]! * r2;
      d1 = I[3]! * r0 + I[4]! * r1 + I[5]! * r2;
      d2 = I[6]! * r0 + I[7]! * r1 + I[8]! * r2;
      const [w0, w1, w2] = [X0 + d0 - X[o]!, X1 + d1 - X[o + 1]!, X2 + d2 - X[o + 2]!];
      const way = Math.sqrt(w0 * w0 + w1 * w1 + w2 * w2);
      if (way > h) {
        d0 = X[o]! + (w0 * h) / way - X0;
        d1 = X[o + 1]! + (w1 * h) / way - X1;
        d2 = X[o + 2]! + (w2 * h) / way - X2;
      }
    }
    foundX[o] = X0;
    foundX[o + 1] = X1;
    foundX[o + 2] = X2;
    return det;
  }

  /** n = m/|m| with m = F₂⁻ᵀ ∇φ at the place found, and the gap φ/|m| there. */
  private turn(part: Interface, s: number): void {
    const o = 3 * s;
    const [x, y, z] = at3(this.foundX, s);
    slopeOf(part, x, y, z, SLOPE);
    const [sx, sy, sz] = at3(SLOPE, 0);
    const m0 = I[0]! * sx + I[3]! * sy + I[6]! * sz;
    const m1 = I[1]! * sx + I[4]! * sy + I[7]! * sz;
    const m2 = I[2]! * sx + I[5]! * sy + I[8]! * sz;
    const length = Math.sqrt(m0 * m0 + m1 * m1 + m2 * m2);
    // a crest of the distance shows no way: the old one serves
    if (!(length > 1e-6)) return;
    this.foundDirection[o] = m0 / length;
    this.foundDirection[o + 1] = m1 / length;
    this.foundDirection[o + 2] = m2 / length;
    this.foundBase[s] = part.distance(x, y, z) / length;
  }

  /** Contact energy where the bodies are in the engine's last energy, kPa·mm³; adds its gradient to the engine's. */
  evaluate(engine: Engine): number {
    const {
      moved,
      forces,
      areas,
      multiplier,
      penalty,
      direction: n,
      base,
      X,
      points,
      pressure,
      tied,
      from,
      begins,
    } = this;
    engine.displacementOf(this.list, this.count, moved);
    let energy = 0;
    for (let p = 0; p < this.parts.length; p++) {
      const field = this.fields[p]!;
      const { separation } = this.parts[p]!;
      field.readHeld(engine);
      for (let s = begins[p]!, k = 0; s < begins[p + 1]!; s++, k++) {
        const o = 3 * s;
        const A = areas[s]!;
        const eps = penalty[s]!;
        field.valueAt(k, U);
        const v0 = moved[o]! - U[0]!;
        const v1 = moved[o + 1]! - U[1]!;
        const v2 = moved[o + 2]! - U[2]!;
        let [f0, f1, f2] = [0, 0, 0];
        if (tied[s] === 1) {
          energy += 0.5 * A * eps * (v0 * v0 + v1 * v1 + v2 * v2);
          f0 = A * eps * v0;
          f1 = A * eps * v1;
          f2 = A * eps * v2;
        } else {
          const [n0, n1, n2] = [n[o]!, n[o + 1]!, n[o + 2]!];
          const gap =
            base[s]! +
            n0 * (points[o]! - X[o]! + v0) +
            n1 * (points[o + 1]! - X[o + 1]! + v1) +
            n2 * (points[o + 2]! - X[o + 2]! + v2);
          const lambda = multiplier[o]!;
          const pr = lambda - eps * gap;
          const acts = pr > 0 || !separation;
          pressure[s] = acts ? pr : 0;
          energy += (A * ((acts ? pr * pr : 0) - lambda * lambda)) / (2 * eps);
          if (acts) {
            const K = A * this.drag[s]!;
            let a0 = v0 - from[o]!;
            let a1 = v1 - from[o + 1]!;
            let a2 = v2 - from[o + 2]!;
            const across = a0 * n0 + a1 * n1 + a2 * n2;
            a0 -= across * n0;
            a1 -= across * n1;
            a2 -= across * n2;
            energy += 0.5 * K * (a0 * a0 + a1 * a1 + a2 * a2);
            f0 = K * a0 - A * pr * n0;
            f1 = K * a1 - A * pr * n1;
            f2 = K * a2 - A * pr * n2;
          }
        }
        forces[o] = f0;
        forces[o + 1] = f1;
        forces[o + 2] = f2;
        field.pushAt(k, -f0, -f1, -f2);
      }
      field.giveHeld(engine);
    }
    engine.addForces(this.list, this.count, forces);
    return energy;
  }

  private acts(s: number): boolean {
    return this.tied[s] === 1 || this.pressure[s] !== 0;
  }
  get acting(): number {
    let n = 0;
    for (let s = 0; s < this.count; s++) if (this.acts(s)) n++;
    return n;
  }
  get changes(): number {
    let n = 0;
    for (let s = 0; s < this.count; s++) if (this.acts(s) !== (this.linearised[s] === 1)) n++;
    return n;
  }

  linearise(): Springs {
    const { count, areas, penalty, direction, grid, begins, setup } = this;
    const cell = new Int32Array(6 * count);
    const place = new Float64Array(6 * count);
    const stiffness = new Float64Array(6 * count);
    let k = 0;
    for (const [p, { second }] of this.parts.entries())
      for (let s = begins[p]!; s < begins[p + 1]!; s++) {
        this.linearised[s] = this.acts(s) ? 1 : 0;
        if (this.linearised[s] === 0) continue;
        const isTied = this.tied[s] === 1;
        const [px, py, pz] = at3(isTied ? this.points : this.X, s);
        hostPlace(grid, this.hosts[p]!, second, px, py, pz, cell, place, 6 * k + 3);
        const first = 3 * (this.firstPoint + s);
        for (let d = 0; d < 3; d++) {
          cell[6 * k + d] = setup.pointCell[first + d]!;
          place[6 * k + d] = setup.pointPlace[first + d]!;
        }
        const K = areas[s]! * penalty[s]!;
        const T = isTied ? K : areas[s]! * this.drag[s]!;
        const D = K - T;
        const [x, y, z] = at3(direction, s);
        stiffness.set([T + D * x * x, T + D * y * y, T + D * z * z, D * x * y, D * x * z, D * y * z], 6 * k);
        k++;
      }
    return {
      count: k,
      cell: cell.subarray(0, 6 * k),
      place: place.subarray(0, 6 * k),
      stiffness: stiffness.subarray(0, 6 * k),
    };
  }

  /** Means over the points of each group of something, into `sum`; 0 where a group has none. */
  private average(of: (s: number) => number): void {
    const { sum, area, group, areas, tied, count } = this;
    sum.fill(0);
    area.fill(0);
    for (let s = 0; s < count; s++) {
      if (tied[s] === 1) continue;
      const g = group[s]!;
      sum[g] = sum[g]! + areas[s]! * of(s);
      area[g] = area[g]! + areas[s]!;
    }
    for (let g = 0; g < this.groups; g++) if (area[g]! > 0) sum[g] = sum[g]! / area[g]!;
  }

  /** How far contact is from being settled at places found anew, mm: the largest mean over a group. */
  penetration(): number {
    if (this.engine === undefined) return 0;
    this.locate(this.engine);
    const { gap, multiplier, penalty } = this;
    let most = 0;
    for (const [p, { separation }] of this.parts.entries()) {
      this.average((s) => {
        const lambda = multiplier[3 * s]!;
        const off = gap[s]! + lambda / GIVES;
        return separation ? Math.min(off, lambda / penalty[s]!) : off;
      });
      for (let s = this.begins[p]!; s < this.begins[p + 1]!; s++)
        if (this.tied[s] === 0) most = Math.max(most, Math.abs(this.sum[this.group[s]!]!));
    }
    return most;
  }

  /** A step begins: the penalty is what it was made for. */
  begin(): void {
    this.penalty.fill(0);
    this.followPressure();
  }

  /**
   * A multiplier is a dead load: what it presses on buckles away sideways unless the penalty holds it, so the penalty grows with the multipliers.
   * @returns whether it has grown much anywhere
   */
  private followPressure(): boolean {
    const { penalty, multiplier, tied, begins } = this;
    let grown = false;
    for (const [p, part] of this.parts.entries())
      for (let s = begins[p]!; s < begins[p + 1]!; s++) {
        const least = part.penalty[s - begins[p]!]! * (tied[s] === 1 ? TIES : 1);
        const pressed = tied[s] === 1 ? 0 : Math.abs(multiplier[3 * s]!);
        const wanted = Math.max(least, Math.min(FOLLOW * pressed, MOST * least));
        if (wanted <= penalty[s]!) continue;
        if (wanted > 1.5 * penalty[s]!) grown = true;
        penalty[s] = wanted;
      }
    return grown;
  }

  /** Multipliers take on what their points carry, as the mean over each group, and gaps become linear about the places found anew. */
  updateMultipliers(): boolean {
    const { multiplier, pressure, penalty, tied } = this;
    this.average((s) => pressure[s]!);
    for (let s = 0; s < this.count; s++)
      if (tied[s] === 0) multiplier[3 * s] = this.sum[this.group[s]!]! / (1 + penalty[s]! / GIVES);
    this.locate(this.engine!);
    this.settle();
    return this.followPressure();
  }

  /** Multipliers ← to + r (to − from). */
  extrapolate(from: Float64Array, to: Float64Array, r: number): void {
    const { multiplier, begins } = this;
    for (const [p, { separation }] of this.parts.entries())
      for (let s = begins[p]!; s < begins[p + 1]!; s++) {
        const next = to[3 * s]! + r * (to[3 * s]! - from[3 * s]!);
        multiplier[3 * s] = separation ? Math.max(0, next) : next;
      }
  }

  force(part: number): Vec3 {
    const f: [number, number, number] = [0, 0, 0];
    for (let s = this.begins[part]!; s < this.begins[part + 1]!; s++)
      for (let c = 0; c < 3; c++) f[c] = f[c]! - 1e-3 * this.forces[3 * s + c]!;
    return f;
  }

  jump(engine: Engine, part: number): { slip: number; opening: number } {
    const { points, moved, normals, begins } = this;
    const { distance } = this.parts[part]!;
    engine.displacementOf(this.list, this.count, moved);
    const field = this.fields[part]!;
    field.read(engine);
    let jump = { slip: 0, opening: 0 };
    for (let s = begins[part]!; s < begins[part + 1]!; s++) {
      const [x, y, z] = at3(points, s);
      if (distance(x, y, z) > TOUCH * this.grid.spacing) continue;
      field.sample(x, y, z, U, F);
      jump = widest(jump, at3(normals, s), minus(at3(moved, s), at3(U, 0)));
    }
    return jump;
  }

  remember(): () => void {
    const kept = ([this.multiplier, this.X, this.direction, this.base] as const).map((v) => [v, v.slice()] as const);
    return () => {
      for (const [to, from] of kept) to.set(from);
    };
  }
}

/** I ← F⁻¹. @returns det F; a folded field has no inverse to offer: a small step in some direction */
function invert(): number {
  const [a, b, c] = [F[0]!, F[1]!, F[2]!];
  const [d, e, f] = [F[3]!, F[4]!, F[5]!];
  const [g, h, i] = [F[6]!, F[7]!, F[8]!];
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  const whole = a * A + b * B + c * C;
  const det = Math.max(whole, 0.25 * FOLDED);
  I[0] = A / det;
  I[1] = (c * h - b * i) / det;
  I[2] = (b * f - c * e) / det;
  I[3] = B / det;
  I[4] = (a * i - c * g) / det;
  I[5] = (c * d - a * f) / det;
  I[6] = C / det;
  I[7] = (b * g - a * h) / det;
  I[8] = (a * e - b * d) / det;
  return whole;
}

/** What a multiplier gives way by, kPa/mm: a constraint that the cells can hardly meet does not gather pressure without bounds. */
const GIVES = 40;
/** Slip since the last augmentation drags by this share of the pressure per mm, and at least by so much, kPa/mm. */
const DRAG = 0.1;
const LEAST_DRAG = 0.05;
/** A field that shrinks volumes to less than this is folded, and a place farther off than this, mm, is none. */
const FOLDED = 0.4;
const MISSED = 0.1;
/** Least penalty per pressure, 1/mm, and how many times what it was made it is at most. */
const FOLLOW = 2;
const MOST = 64;
/** Ties have no multipliers to do the rest: their springs are so many times as firm. */
const TIES = 5;
/** A place is found when it is no farther off than this, in cells. */
const FOUND = 1e-6;
/** How far around the points fields are known, in cells. */
const REACH = 6;

/** Of the point in hand: displacement, gradient and its inverse, what is missing, slope of the distance. */
const U = new Float64Array(3);
const F = new Float64Array(9);
const I = new Float64Array(9);
const R = new Float64Array(3);
const SLOPE = new Float64Array(3);
