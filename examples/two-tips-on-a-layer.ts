// Two tips on a layer of fat over bone: the question behind every tool with two peaks. Do they share the work, or does each press
// as if it were alone?
//
// A soft layer that is bonded to a stiff ground lets go of a load within about its own thickness (Saint-Venant), so two tips that are
// four thicknesses apart need twice the force of one. A problem in arrays, stepped by hand. mm, N, kPa.
import { type MechanicalProblem, type RigidBody, Solver } from 'psoascope/mechanics';

const h = 5;
const thickness = 20;
const apart = 4 * thickness;
// half of a plate 160 mm × 80 mm: the plane between its halves, y = 0, only slides
const [nx, ny, nz] = [32, 8, thickness / h] as const;
const cells = nx * ny * nz;

const fixed = new Uint8Array((nx + 1) * (ny + 1) * (nz + 1));
for (let k = 0, n = 0; k <= nz; k++)
  for (let j = 0; j <= ny; j++) for (let i = 0; i <= nx; i++) fixed[n++] = k === 0 ? 0b111 : j === 0 ? 0b010 : 0;

// nine points on every cell face of the top may touch
const points: number[] = [];
for (let j = 0; j < 3 * ny; j++)
  for (let i = 0; i < 3 * nx; i++) points.push(((i + 0.5) * h) / 3, ((j + 0.5) * h) / 3, thickness);

const tip = (name: string, x: number): RigidBody => ({
  name,
  distance: (px, py, pz, depth) => Math.hypot(px - x, py, pz - (thickness + 15 - depth)) - 15,
});

/** Force on half of each tip at a depth of 5 mm, N. */
function press(bodies: readonly RigidBody[]): readonly number[] {
  const problem: MechanicalProblem = {
    grid: { origin: [0, 0, 0], spacing: h, size: [nx, ny, nz] },
    fill: new Float64Array(cells).fill(1),
    mu: new Float64Array(cells).fill(2),
    law: { kind: 'stiffening', stiffening: new Float64Array(cells), bulk: new Float64Array(cells).fill(1000) },
    fixed,
    surface: { points: Float64Array.from(points), areas: new Float64Array(points.length / 3).fill((h * h) / 9) },
    bodies,
    direction: [0, 0, -1],
  };
  // closer than a press on a body asks for: only the difference of two forces is of interest
  const steps = new Solver(problem, { penetration: 0.005, decrementTolerance: 1e-6 }).step(5);
  // the solver yields after every iteration, so that a caller can show progress or stop
  let next = steps.next();
  while (next.done !== true) next = steps.next();
  if (!next.value.converged) throw new Error(next.value.reason?.id ?? 'no equilibrium was found');
  return next.value.bodyForce;
}

const middle = (nx * h) / 2;
const [alone] = press([tip('one', middle)]);
const both = press([tip('left', middle - apart / 2), tip('right', middle + apart / 2)]);
/** Force of two tips in units of that of one. */
export const asManyTips = (both[0]! + both[1]!) / alone!;
console.log(`${apart} mm apart, two tips need ${asManyTips.toFixed(3)} times the force of one`);
