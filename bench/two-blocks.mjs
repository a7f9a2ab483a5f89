// Two blocks, one on the other without friction, under a sphere, by this solver and by CalculiX (Debian: calculix-ccx) on the same cells:
// npm run build && node bench/two-blocks.mjs 10,5. Quarter of two blocks of 120 × 120 × 30 mm, the lower one bonded; sphere of radius 30 mm, 5 mm deep.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNeutral } from '../dist/mechanics/neutral.js';
import { solveNeutral } from '../dist/mechanics/solve-neutral.js';
import { calculixDeck, calculixVersion } from './calculix.mjs';

const SIZE = 60;
const box = (max) => ({ where: { type: 'nodes_in_box', min: [0, 0, 0], max } });
const COMMON = {
  name: 'two blocks',
  domain: { min: [0, 0, 0], max: [SIZE, SIZE, SIZE] },
  materials: { soft: { E: 10, nu: 0.45 } },
  dirichlet: [
    { ...box([SIZE, SIZE, 0]), fix: ['x', 'y', 'z'] },
    { ...box([0, SIZE, SIZE]), fix: ['x'] },
    { ...box([SIZE, 0, SIZE]), fix: ['y'] },
  ],
  tool: { type: 'sphere', radius: 30, axis_xy: [0, 0], centre_z: '60 + 30 - depth' },
  depths: [5],
};
const BLOCK = { ...COMMON, regions: [{ name: 'block', shape: { type: 'all' }, material: 'soft' }] };
const BLOCKS = {
  ...COMMON,
  regions: [
    { name: 'low', body: 'lower', shape: { type: 'all' }, material: 'soft' },
    {
      name: 'up',
      body: 'upper',
      shape: { type: 'box', min: [0, 0, SIZE / 2], max: [SIZE, SIZE, SIZE] },
      material: 'soft',
    },
  ],
  interfaces: [{ bodies: ['upper', 'lower'], friction: 0, separation: true }],
};

/** Numbers of the nodes that the upper block has in place of the lower one's. */
const TWIN = 1_000_000;

/** The deck of one block, cut in two in the middle: nodes twice there, and a contact pair between the faces. */
function deckOfTwo(h) {
  const n = Math.round(SIZE / h);
  const plane = (n + 1) ** 2;
  const middle = n / 2;
  const first = middle * plane + 1;
  const isMiddle = (id) => id >= first && id < first + plane;
  const lines = calculixDeck(parseNeutral(BLOCK, 'block'), h, { stride: 0.5 }).split('\n');
  const out = [];
  const twins = [];
  const sides = { FIX1: [], FIX2: [] };
  const [above, below] = [[], []];
  let head = '';
  for (const line of lines) {
    if (line.startsWith('*')) {
      head = line;
      if (/^\*ELEMENT.*ELSET=BLOCK/.test(line)) out.push('*NODE, NSET=TWINS', ...twins);
      if (line.startsWith('*SURFACE, NAME=TOP'))
        out.push('*SURFACE, NAME=ABOVE, TYPE=ELEMENT', ...above, '*SURFACE, NAME=BELOW, TYPE=ELEMENT', ...below);
      if (line.startsWith('*NODE PRINT')) out.push('*NODE PRINT, NSET=MIDDLE, FREQUENCY=1000', 'U');
      out.push(line);
      const side = /^\*NSET, NSET=(FIX[12])$/.exec(line)?.[1];
      if (side !== undefined) out.push(...sides[side].map((id) => `${id},`));
      continue;
    }
    const numbers = line.split(',').map(Number);
    if (head === '*NODE, NSET=NBLOCK' && isMiddle(numbers[0])) {
      const [id, x, y, z] = numbers;
      twins.push(`${id + TWIN}, ${x}, ${y}, ${z}`);
      if (x === 0) sides.FIX1.push(id + TWIN);
      if (y === 0) sides.FIX2.push(id + TWIN);
    }
    if (/^\*ELEMENT.*ELSET=BLOCK/.test(head)) {
      const [e, ...nodes] = numbers;
      const layer = Math.floor((e - 1) / n ** 2);
      if (layer === middle) above.push(`${e}, S1`);
      if (layer === middle - 1) below.push(`${e}, S2`);
      out.push([e, ...nodes.map((id) => (layer >= middle && isMiddle(id) ? id + TWIN : id))].join(', '));
      continue;
    }
    out.push(line);
    if (line === 'BALL, TOP') out.push('*CONTACT PAIR, INTERACTION=TOUCH, TYPE=SURFACE TO SURFACE', 'ABOVE, BELOW');
  }
  const both = Array.from({ length: plane }, (_, k) => [`${first + k},`, `${first + k + TWIN},`]).flat();
  return out.join('\n').replace('*BOUNDARY\n', `*NSET, NSET=MIDDLE\n${both.join('\n')}\n*BOUNDARY\n`);
}

/** Force on the quarter, N, and the largest slip and opening between nodes of the same place at rest, mm. */
function read(text) {
  const moved = new Map();
  for (const line of text.slice(text.indexOf('displacements')).split('\n')) {
    const row = line.trim().split(/\s+/).map(Number);
    if (row.length === 4 && row.every(Number.isFinite)) moved.set(row[0], row.slice(1));
  }
  let [slip, opening] = [0, 0];
  for (const [id, a] of moved) {
    const b = moved.get(id + TWIN);
    if (b === undefined) continue;
    slip = Math.max(slip, Math.hypot(b[0] - a[0], b[1] - a[1]));
    opening = Math.max(opening, b[2] - a[2]);
  }
  const force = Number(/total force[^\n]*\n\s*\n?\s*\S+\s+\S+\s+(\S+)/.exec(text)[1]) / 1000;
  return { force, slip, opening };
}

const shown = (name, h, { force, slip, opening }) =>
  console.log(`${h} mm, ${name}: ${force.toFixed(4)} N, slip ${slip.toFixed(3)} mm, opening ${opening.toFixed(3)} mm`);
for (const h of (process.argv[2] ?? '10,5').split(',').map(Number)) {
  const [step] = (await solveNeutral(parseNeutral(BLOCKS, 'blocks'), h)).steps;
  const [{ maxSlip_mm, maxOpening_mm }] = step.interfaces;
  shown('psoascope', h, { force: step.force_N, slip: maxSlip_mm, opening: maxOpening_mm });
  const version = calculixVersion();
  if (version === undefined) continue;
  const folder = mkdtempSync(join(tmpdir(), 'two-blocks-'));
  writeFileSync(join(folder, 'blocks.inp'), deckOfTwo(h));
  spawnSync('ccx', ['blocks'], { cwd: folder, env: { ...process.env, OMP_NUM_THREADS: '1' } });
  shown(`CalculiX ${version}`, h, read(readFileSync(join(folder, 'blocks.dat'), 'utf8')));
}
process.exit(0);
