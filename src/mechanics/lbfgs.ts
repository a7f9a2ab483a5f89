/** The vector work that L-BFGS needs; pairs live in numbered slots. */
export interface PairVectors {
  /** s_i·g for the slots in order. */
  againstGradient(slots: readonly number[]): number[];
  /** y_i·z for the slots in order, and g·z last. */
  againstMetric(slots: readonly number[]): number[];
  /** q ← g - Σ factor y, then z ← H q (one V-cycle). */
  precondition(slots: readonly number[], factors: readonly number[]): void;
  /** direction ← -(z + Σ factor s). */
  direct(slots: readonly number[], factors: readonly number[]): void;
}

/**
 * The two-loop recursion (Nocedal 1980) through scalar products: every product among pairs is kept, so that a direction costs
 * four passes over the pairs instead of one pass for each update and each product.
 */
export class PairMemory {
  private readonly size: number;
  /** Slots from the oldest to the newest. */
  private order: number[] = [];
  /** s_i·y_j by slots. */
  private readonly sy: Float64Array;
  /** s_i·g by slot. */
  private readonly sg: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.sy = new Float64Array(size * size);
    this.sg = new Float64Array(size);
  }

  get length(): number {
    return this.order.length;
  }

  clear(): void {
    this.order = [];
  }

  /** The gradient is another one at the same place. */
  renew(vectors: PairVectors): void {
    if (this.order.length === 0) return;
    vectors.againstGradient(this.order).forEach((v, i) => {
      this.sg[this.order[i]!] = v;
    });
  }

  /** Slot that the next pair goes to. */
  get nextSlot(): number {
    if (this.order.length < this.size) for (let s = 0; s < this.size; s++) if (!this.order.includes(s)) return s;
    return this.order[0]!;
  }

  /** Takes the pair in nextSlot, written after a step that made g the gradient. */
  remember(pair: { sy: number; ss: number; yy: number; sg: number }, vectors: PairVectors): void {
    const slot = this.nextSlot;
    this.order = this.order.filter((s) => s !== slot);
    const older = this.order.length > 0 ? vectors.againstGradient(this.order) : [];
    const curved = pair.sy > 1e-12 * Math.sqrt(pair.ss * pair.yy);
    this.order.forEach((s, i) => {
      // y is the difference of the gradients after and before
      if (curved) this.sy[s * this.size + slot] = older[i]! - this.sg[s]!;
      this.sg[s] = older[i]!;
    });
    if (!curved) return;
    this.sy[slot * this.size + slot] = pair.sy;
    this.sg[slot] = pair.sg;
    this.order.push(slot);
  }

  /** Sets direction ← -H g; returns g·direction. g must be that of the last pair taken. */
  direction(vectors: PairVectors): number {
    const { order, sy, size } = this;
    const n = order.length;
    const sg = order.map((s) => this.sg[s]!);
    const alpha = new Array<number>(n).fill(0);
    for (let i = n - 1; i >= 0; i--) {
      let v = sg[i]!;
      for (let j = i + 1; j < n; j++) v -= alpha[j]! * sy[order[i]! * size + order[j]!]!;
      alpha[i] = v / sy[order[i]! * size + order[i]!]!;
    }
    vectors.precondition(
      order,
      alpha.map((a) => -a),
    );
    const yz = vectors.againstMetric(order);
    const factors = new Array<number>(n).fill(0);
    let slope = -yz[n]!;
    for (let i = 0; i < n; i++) {
      let v = yz[i]!;
      for (let j = 0; j < i; j++) v += factors[j]! * sy[order[j]! * size + order[i]!]!;
      factors[i] = alpha[i]! - v / sy[order[i]! * size + order[i]!]!;
      slope -= factors[i]! * sg[i]!;
    }
    vectors.direct(order, factors);
    return slope;
  }
}
