// Lamé: a thick-walled soft tube under pressure from inside, on a grid that does not follow its round wall.
//
//   u(r) = p / (2 μ) · a² b² / ((b² − a²) r)      for an incompressible wall from a to b, in plane strain
//
// Cells that the wall cuts hold their share of it (`fill`), and the hollow is a fluid at a pressure, free to drain (`lumen`). mm, N, kPa.
import { type MechanicalProblem, Solver } from 'psoascope/mechanics';

const [a, b] = [20, 40];
const mu = 3;
const pressure = 0.06;
const h = 2.5;
const n = 17;

/** Share of the cell (i, j) within a radius, from 8×8 points. */
const within = (radius: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, c) => {
    let inside = 0;
    for (let q = 0; q < 64; q++) {
      const x = ((c % n) + ((q % 8) + 0.5) / 8) * h;
      const y = (Math.floor(c / n) + (Math.floor(q / 8) + 0.5) / 8) * h;
      if (Math.hypot(x, y) <= radius) inside++;
    }
    return inside / 64;
  });

const hollow = within(a);
const nodes = 2 * (n + 1) ** 2;
const problem: MechanicalProblem = {
  grid: { origin: [0, 0, 0], spacing: h, size: [n, n, 1] },
  fill: within(b),
  // the fluid has no stiffness; a thousandth keeps its cells in shape
  mu: hollow.map((share) => mu * Math.max(1 - share, 1e-3)),
  law: { kind: 'stiffening', stiffening: new Float64Array(n * n), bulk: new Float64Array(n * n).fill(2e4) },
  lumen: { share: hollow, pressure: new Float64Array(n * n).fill(pressure) },
  // a quarter of the tube: x = 0 and y = 0 slide, and nothing moves along it
  fixed: Uint8Array.from({ length: nodes }, (_, node) => {
    const i = node % (n + 1);
    const j = Math.floor(node / (n + 1)) % (n + 1);
    return 0b100 | (i === 0 ? 0b001 : 0) | (j === 0 ? 0b010 : 0);
  }),
  surface: { points: new Float64Array(0), areas: new Float64Array(0) },
  bodies: [],
  direction: [0, 0, -1],
};
// nothing pushes, so there is no balance of forces to wait for: volumes and energy decide
const solver = new Solver(problem, { balance: 1, volumeError: 1e-5, decrementTolerance: 1e-8, leastWork: 1e-9 });
const steps = solver.step(0);
while (steps.next().done !== true);

const r = 30;
/** How far the wall moves outward at r, and the closed form, mm. */
export const widening = solver.u[r / h]!;
export const theory = ((pressure / (2 * mu)) * a ** 2 * b ** 2) / ((b ** 2 - a ** 2) * r);
console.log(`the wall at ${r} mm moves ${widening.toFixed(4)} mm outward, by Lamé ${theory.toFixed(4)} mm`);
