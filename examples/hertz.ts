// Hertz: a rigid sphere pushed into a deep, soft, incompressible block.
//
//   F = 16/9 E √R d^1.5 · (1 + 1.133 χ + 1.283 χ² + 0.769 χ³ + 0.0975 χ⁴),   χ = √(R d) / H
//
// The series is the correction for a block of finite depth H that is bonded below (Dimitriadis et al. 2002, Biophys J 82:2798).
// A quarter of the block is enough: its two inner faces only slide. mm, N, kPa.
import { parseNeutral, solveNeutral } from 'psoascope/mechanics';

const E = 10;
const R = 60;
const H = 120;
const block = parseNeutral(
  {
    name: 'hertz',
    domain: { min: [0, 0, 0], max: [H, H, H] },
    regions: [{ name: 'block', shape: { type: 'all' }, material: 'soft' }],
    materials: { soft: { mu: E / 3, stiffening: 0, bulk: 100 * E } },
    dirichlet: [
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [H, H, 0] }, fix: ['x', 'y', 'z'] },
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [0, H, H] }, fix: ['x'] },
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [H, 0, H] }, fix: ['y'] },
    ],
    tool: { type: 'sphere', radius: R, axis_xy: [0, 0], centre_z: `${H} + ${R} - depth` },
    depths: [4],
  },
  'hertz',
);
const { steps } = await solveNeutral(block, 6);
const { depth_mm: d, force_N } = steps[0]!;

const chi = Math.sqrt(R * d) / H;
const deep = 1 + 1.133 * chi + 1.283 * chi ** 2 + 0.769 * chi ** 3 + 0.0975 * chi ** 4;
/** Four quarters' force, and the closed form's, N. */
export const force = 4 * force_N;
export const theory = ((16 / 9) * E * Math.sqrt(R) * d ** 1.5 * deep) / 1000;
console.log(`pushed in by ${d} mm: ${force.toFixed(2)} N, by Hertz ${theory.toFixed(2)} N`);
