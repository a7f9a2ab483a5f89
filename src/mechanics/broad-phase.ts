import { norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { RigidBody } from './problem.ts';

/** Rounding that distances are given, mm. */
const CLEARANCE = 1e-6;

/**
 * Remembers how far points were from the rigid bodies when their distance was last taken: distances change no faster than points and
 * bodies move, so a point is left out until both together have come that far.
 */
export class BroadPhase {
  private readonly count: number;
  /** The fastest body's mm for each mm of depth. */
  private speed: number;
  /** Where a point was when its distance was last taken, that distance, and the depth then (x, y, z, g, depth, mm each). */
  private readonly cachedDistance: Float64Array;

  constructor(count: number, bodies: readonly RigidBody[]) {
    this.count = count;
    this.speed = fastest(bodies);
    this.cachedDistance = new Float64Array(5 * count).fill(-1);
  }

  /** Other bodies take the place of those there were, or the same ones that have moved by some mm. */
  replaceBodies(bodies: readonly RigidBody[], moved?: Vec3): void {
    this.speed = fastest(bodies);
    if (moved === undefined) {
      this.cachedDistance.fill(-1);
      return;
    }
    const away = norm(moved);
    for (let s = 0; s < this.count; s++) this.cachedDistance[5 * s + 3] = this.cachedDistance[5 * s + 3]! - away;
  }

  /** Keeps the distance g of a point at a place, with the bodies at `depth`, all mm. */
  cacheDistance(s: number, x: number, y: number, z: number, g: number, depth: number): void {
    const { cachedDistance } = this;
    cachedDistance[5 * s] = x;
    cachedDistance[5 * s + 1] = y;
    cachedDistance[5 * s + 2] = z;
    cachedDistance[5 * s + 3] = g;
    cachedDistance[5 * s + 4] = depth;
  }

  /** Whether a point cannot be within `reach` of a body since its distance was last taken. */
  isProvablyApart(s: number, x: number, y: number, z: number, depth: number, reach: number): boolean {
    const { cachedDistance } = this;
    const g =
      cachedDistance[5 * s + 3]! - this.speed * Math.abs(depth - cachedDistance[5 * s + 4]!) - CLEARANCE - reach;
    if (!(g > 0)) return false;
    const dx = x - cachedDistance[5 * s]!;
    const dy = y - cachedDistance[5 * s + 1]!;
    const dz = z - cachedDistance[5 * s + 2]!;
    return dx * dx + dy * dy + dz * dz < g * g;
  }
}

const fastest = (bodies: readonly RigidBody[]): number => Math.max(0, ...bodies.map(({ speed }) => speed ?? 1));
