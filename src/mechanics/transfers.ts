import type { Level } from './multigrid.ts';

/** The 8 coarse nodes that an active fine node interpolates from; even nodes repeat the coinciding one. */
export function coarseNodes(fine: Level, coarse: Level): Int32Array {
  const map = new Int32Array(8 * fine.activeNodes.length);
  const { sy, sz } = fine.cells;
  const lo = (i: number, d: 0 | 1 | 2): number => (coarse.size[d] === fine.size[d] ? i : i >> 1);
  const hi = (i: number, d: 0 | 1 | 2): number => (coarse.size[d] === fine.size[d] ? i : (i + 1) >> 1);
  for (let a = 0; a < fine.activeNodes.length; a++) {
    const node = fine.activeNodes[a]!;
    const k = Math.floor(node / sz);
    const j = Math.floor((node - k * sz) / sy);
    const i = node - k * sz - j * sy;
    for (let n = 0; n < 8; n++)
      map[8 * a + n] =
        (n & 1 ? hi(i, 0) : lo(i, 0)) +
        coarse.cells.sy * (n & 2 ? hi(j, 1) : lo(j, 1)) +
        coarse.cells.sz * (n & 4 ? hi(k, 2) : lo(k, 2));
  }
  return map;
}

/** to ← interpolation of three coarse planes at the active nodes of a level. */
export function prolong({ activeNodes, map }: Level, from: Float64Array, to: Float64Array): void {
  const fine = to.length / 3;
  const coarse = from.length / 3;
  for (let k = 0; k < activeNodes.length; k++)
    for (let c = 0; c < 3; c++) {
      let v = 0;
      for (let j = 0; j < 8; j++) v += from[map[8 * k + j]! + c * coarse]!;
      to[activeNodes[k]! + c * fine] = 0.125 * v;
    }
}

/** to ← transpose of the interpolation, for any number of planes. */
export function restrict({ activeNodes, map }: Level, from: Float64Array, to: Float64Array, planes: number): void {
  const fine = from.length / planes;
  const coarse = to.length / planes;
  to.fill(0);
  for (let k = 0; k < activeNodes.length; k++)
    for (let c = 0; c < planes; c++) {
      const v = 0.125 * from[activeNodes[k]! + c * fine]!;
      for (let j = 0; j < 8; j++) {
        const at = map[8 * k + j]! + c * coarse;
        to[at] = to[at]! + v;
      }
    }
}

/** Coarse coefficients are the means over the children. */
export function averageTangent(fine: Level, coarse: Level): void {
  const { parent, childShare: w } = fine;
  const from = fine.tangent;
  const to = coarse.tangent;
  const average = (a: Float64Array, b: Float64Array, planes: number): void => {
    b.fill(0);
    for (let d = 0; d < planes; d++) {
      const p = d * fine.cells.padded;
      const q = d * coarse.cells.padded;
      for (let e = 0; e < parent.length; e++) {
        const c = q + parent[e]!;
        b[c] = b[c]! + w * a[p + e]!;
      }
    }
  };
  average(from.s, to.s, 1);
  average(from.hg, to.hg, 1);
  average(from.B, to.B, 9);
  average(from.C, to.C, 9);
}
