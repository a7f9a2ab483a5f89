import type { RigidBody } from './problem.ts';

/**
 * Signed distance to several rigid bodies. Where two are about as near, their crease is filled out by the quadratic smooth minimum: in a
 * sharp one a point is pressed from two sides, which one pressure cannot do.
 */
export class RigidDistance {
  bodies: readonly RigidBody[];
  /** Of the last distance: the nearest body and the next one, by number, and the share of the nearest. */
  first = 0;
  second = 0;
  firstShare = 1;
  /** Width of the fillet between bodies, mm. */
  private readonly fillet: number;

  constructor(bodies: readonly RigidBody[], fillet: number) {
    this.bodies = bodies;
    this.fillet = fillet;
  }

  /** Distance at a place with the bodies at `depth`, mm. */
  at(x: number, y: number, z: number, depth: number): number {
    let g = Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.bodies.length; k++) {
      const d = this.bodies[k]!.distance(x, y, z, depth);
      if (d < g) {
        next = g;
        this.second = this.first;
        g = d;
        this.first = k;
      } else if (d < next) {
        next = d;
        this.second = k;
      }
    }
    const overlap = this.fillet - (next - g);
    if (!(overlap > 0)) {
      this.firstShare = 1;
      return g;
    }
    this.firstShare = 1 - overlap / (2 * this.fillet);
    return g - (overlap * overlap) / (4 * this.fillet);
  }
}
