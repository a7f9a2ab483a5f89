/**
 * Springs between places of two bodies: what the preconditioner knows of their contact. Every level has its own, because a body's weight that
 * rests on another one is known on coarse levels only; lumped to nodes of either body, as the contact with rigid bodies is, they would hold
 * both fast.
 */
export interface Springs {
  readonly count: number;
  /** Cells that hold the two ends (n×6: i j k of the first, i j k of the second), and the places in them (n×6, 0…1). */
  readonly cell: Int32Array;
  readonly place: Float64Array;
  /** Symmetric 3×3 stiffness against the difference of their displacements (n×6: xx yy zz xy xz yz), kPa·mm. */
  readonly stiffness: Float64Array;
}

export const NO_SPRINGS: Springs = {
  count: 0,
  cell: new Int32Array(0),
  place: new Float64Array(0),
  stiffness: new Float64Array(0),
};

/**
 * The springs on the next coarser level: those whose ends lie in the same two cells become one at their mean place.
 * @param kept directions that are not coarsened, bits x = 1, y = 2, z = 4
 * @param size cells along x, y, z of the finer level
 */
export function coarsenSprings(fine: Springs, kept: number, [nx, ny, nz]: readonly number[]): Springs {
  const of = new Map<number, number>();
  const cells = nx! * ny! * nz!;
  const member = new Int32Array(fine.count);
  for (let s = 0; s < fine.count; s++) {
    const at = (o: number): number =>
      fine.cell[6 * s + o]! + nx! * (fine.cell[6 * s + o + 1]! + ny! * fine.cell[6 * s + o + 2]!);
    const key = at(0) * cells + at(3);
    const known = of.get(key);
    member[s] = known ?? of.size;
    if (known === undefined) of.set(key, of.size);
  }
  const count = of.size;
  const cell = new Int32Array(6 * count);
  const place = new Float64Array(6 * count);
  const stiffness = new Float64Array(6 * count);
  const weight = new Float64Array(count);
  for (let s = 0; s < fine.count; s++) {
    const m = 6 * member[s]!;
    const w = fine.stiffness[6 * s]! + fine.stiffness[6 * s + 1]! + fine.stiffness[6 * s + 2]!;
    weight[member[s]!] = weight[member[s]!]! + w;
    for (let c = 0; c < 6; c++) {
      stiffness[m + c] = stiffness[m + c]! + fine.stiffness[6 * s + c]!;
      const i = fine.cell[6 * s + c]!;
      const keeps = (kept >> (c % 3)) & 1;
      cell[m + c] = keeps ? i : i >> 1;
      place[m + c] = place[m + c]! + w * (keeps ? fine.place[6 * s + c]! : (fine.place[6 * s + c]! + (i & 1)) / 2);
    }
  }
  for (let i = 0; i < 6 * count; i++) place[i] = place[i]! / weight[Math.floor(i / 6)]!;
  return { count, cell, place, stiffness };
}
