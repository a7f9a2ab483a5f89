import type { EngineSetup, Support } from '../engine.ts';
import { eachNode, type Layout } from './layout.ts';
import type { Level } from './memory-plan.ts';

/** What holds a body: sparse lists of the nodes with springs to the ground, of those that are fixed and of those that are driven. */
export class Supports {
  private readonly stored: number;
  private readonly grounded: Int32Array;
  private readonly groundOf: Float64Array;
  private readonly held: readonly Int32Array[];
  private readonly driven: readonly Float64Array[] | undefined;

  constructor({ ground, driven }: EngineSetup, { layout, ground: springs }: Level, f32: Float32Array) {
    const { mask, nodes } = layout;
    this.stored = nodes;
    this.grounded = nodesWhere(layout, (_, box) => ground[box]! > 0);
    this.groundOf = Float64Array.from(this.grounded, (n) => f32[(springs >> 2) + n]!);
    const fixed = (c: number) => (n: number) => !((mask[n]! >> c) & 1);
    this.held = [0, 1, 2].map((c) => nodesWhere(layout, fixed(c)));
    this.driven =
      driven &&
      this.held.map((_, c) => {
        const moves: number[] = [];
        eachNode(layout, (n, box) => {
          if (fixed(c)(n)) moves.push(driven[box + (c * driven.length) / 3]!);
        });
        return Float64Array.from(moves);
      });
  }

  /** Forces along a direction, for a displacement and the gradient there (addresses of three planes each). */
  forces(direction: readonly [number, number, number], f32: Float32Array, u: number, g: number): Support {
    const { stored, grounded, groundOf } = this;
    let [springs, reactions, driving, total] = [0, 0, 0, 0];
    for (let c = 0; c < 3; c++) {
      const d = direction[c]!;
      if (d === 0) continue;
      const uc = (u >> 2) + c * stored;
      const gc = (g >> 2) + c * stored;
      let sum = 0;
      for (let i = 0; i < grounded.length; i++) sum += groundOf[i]! * f32[uc + grounded[i]!]!;
      springs += d * sum;
      const nodes = this.held[c]!;
      const moves = this.driven?.[c];
      for (let i = 0; i < nodes.length; i++) {
        const f = d * f32[gc + nodes[i]!]!;
        total += Math.abs(f);
        if (moves !== undefined && moves[i] !== 0) driving += f;
        else reactions += f;
      }
    }
    return { springs, reactions, driving, total };
  }

  /** Moves the driven nodes of a displacement to where they are at a depth, mm. */
  drive(depth: number, f32: Float32Array, u: number): void {
    this.driven?.forEach((moves, c) => {
      this.held[c]!.forEach((node, i) => {
        if (moves[i] !== 0) f32[(u >> 2) + c * this.stored + node] = depth * moves[i]!;
      });
    });
  }
}

function nodesWhere(layout: Layout, keep: (node: number, box: number) => boolean): Int32Array {
  const list: number[] = [];
  eachNode(layout, (n, box) => {
    if (keep(n, box)) list.push(n);
  });
  return Int32Array.from(list);
}
