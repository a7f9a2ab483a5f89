// CalculiX (Debian: calculix-ccx) beside this solver: writes a deck for a neutral problem and runs it. One soft material {E, nu},
// one sphere, depths: what P1 and its quarter are. node bench/calculix.mjs FILE cell_mm FOLDER [options] runs one and leaves its files.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gridNeutral, parseNeutral } from '../dist/mechanics/neutral.js';
import { solveNeutral } from '../dist/mechanics/solve-neutral.js';
import { cpu } from './measure.mjs';

/**
 * How the deck is set up. `slope`: contact pressure per penetration, kPa/mm; at the pressures of P1 (below 12 kPa) 500 lets the
 * surface in by 0.02 mm. `stride`: travel per increment, mm. `facet`: edge of the sphere's facets in cells.
 */
const DEFAULTS = { slope: 500, stride: 2.5, facet: 0.4, element: 'C3D8' };

/** The deck as text. @throws Error for a problem that it does not cover */
export function calculixDeck(file, h, options = {}) {
  const { slope, stride, facet, element } = { ...DEFAULTS, ...options };
  const { grid, problem } = gridNeutral(file, h);
  const { size, origin } = grid;
  const [tool, ...others] = file.tool;
  const soft = Object.values(file.materials);
  if (tool.type !== 'sphere' || others.length > 0) throw new Error('the deck covers one sphere only');
  if (soft.length !== 1 || !('E' in soft[0])) throw new Error('the deck covers one material {E, nu} only');
  if (file.depths.length === 0 || file.forces.length > 0) throw new Error('the deck covers depths only');
  if (problem.fill.some((f) => f !== 1)) throw new Error('the deck covers blocks without holes only');
  const [nx, ny, nz] = size;
  const [sy, sz] = [nx + 1, (nx + 1) * (ny + 1)];
  const out = [`** ${file.name}, cells of ${h} mm. mm, mN, kPa`, '*NODE, NSET=NBLOCK'];
  for (let k = 0, n = 1; k <= nz; k++)
    for (let j = 0; j <= ny; j++)
      for (let i = 0; i <= nx; i++, n++)
        out.push(`${n}, ${origin[0] + i * h}, ${origin[1] + j * h}, ${origin[2] + k * h}`);
  out.push(`*ELEMENT, TYPE=${element}, ELSET=BLOCK`);
  for (let k = 0, e = 1; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, e++) {
        const b = 1 + i + sy * j + sz * k;
        out.push([e, b, b + 1, b + sy + 1, b + sy, b + sz, b + sz + 1, b + sz + sy + 1, b + sz + sy].join(', '));
      }
  const top = nx * ny * (nz - 1) + 1;
  out.push('*SURFACE, NAME=TOP, TYPE=ELEMENT');
  for (let e = top; e < top + nx * ny; e++) out.push(`${e}, S2`);

  // the sphere: a thin skin of hexahedra, quads of nearly equal size and shape by a stereographic map from its far pole (a
  // latitude-longitude mesh loses contact pairs at the pole). Half of a symmetric tool where the block ends at its axis
  const R = tool.radius;
  const [cx, cy] = tool.axis_xy;
  // a facet's middle lies s²/4R inside its corners' sphere: put the corners outside by half of it, so that the mean radius is R
  const s = facet * h;
  const corner = R + (s * s) / (8 * R);
  const reach = Math.ceil((1.54 * R) / s);
  const range = (c, low, high) => [c - low < 1e-9 ? 0 : -reach, high - c < 1e-9 ? 0 : reach];
  const [x0, x1] = range(cx, file.domain.min[0], file.domain.max[0]);
  const [y0, y1] = range(cy, file.domain.min[1], file.domain.max[1]);
  const centre = file.domain.max[2] + R;
  const firstNode = sz * (nz + 1) + 1;
  out.push('*NODE, NSET=TOOL');
  const [mx, my] = [x1 - x0 + 1, y1 - y0 + 1];
  let n = firstNode;
  for (const r of [corner, corner - 0.1 * R])
    for (let j = y0; j <= y1; j++)
      for (let i = x0; i <= x1; i++, n++) {
        const [X, Y] = [i * s, j * s];
        const q = (X * X + Y * Y) / (4 * R * R);
        const f = r / (R * (1 + q));
        const at = [cx + X * f, cy + Y * f, centre - (r * (1 - q)) / (1 + q)];
        out.push(`${n}, ${at.map((v) => v.toFixed(7)).join(', ')}`);
      }
  const firstSkin = nx * ny * nz + 1;
  out.push('*ELEMENT, TYPE=C3D8, ELSET=SKIN');
  let e = firstSkin;
  for (let j = 0; j < my - 1; j++)
    for (let i = 0; i < mx - 1; i++, e++) {
      const b = firstNode + i + mx * j;
      const up = b + mx * my;
      out.push([e, b, b + 1, b + mx + 1, b + mx, up, up + 1, up + mx + 1, up + mx].join(', '));
    }
  // S1 is the face of the first four nodes: the outside
  out.push('*SURFACE, NAME=BALL, TYPE=ELEMENT');
  for (let f = firstSkin; f < e; f++) out.push(`${f}, S1`);

  // the compressible neo-Hookean of CalculiX that is nearest to the file's: λ/4 (J²-1-2 ln J) stands for λ/2 (ln J)²
  out.push(
    '*MATERIAL, NAME=CIARLET_EL_SOFT',
    '*USER MATERIAL, CONSTANTS=2',
    `${soft[0].E}, ${soft[0].nu}`,
    '*SOLID SECTION, ELSET=BLOCK, MATERIAL=CIARLET_EL_SOFT',
    '*MATERIAL, NAME=HARD',
    '*ELASTIC',
    '1000., 0.3',
    '*SOLID SECTION, ELSET=SKIN, MATERIAL=HARD',
    '*SURFACE INTERACTION, NAME=TOUCH',
    '*SURFACE BEHAVIOR, PRESSURE-OVERCLOSURE=LINEAR',
    `${slope}.`,
    '*CONTACT PAIR, INTERACTION=TOUCH, TYPE=SURFACE TO SURFACE',
    'BALL, TOP',
  );
  const base = [];
  const held = [[], [], []];
  problem.fixed.forEach((bits, node) => {
    for (const d of [0, 1, 2]) if (bits & (1 << d)) held[d].push(node + 1);
    if (bits & 4) base.push(node + 1);
  });
  const set = (name, nodes) => {
    out.push(`*NSET, NSET=${name}`);
    for (let i = 0; i < nodes.length; i += 12) out.push(`${nodes.slice(i, i + 12).join(', ')},`);
  };
  set('BASE', base);
  held.forEach((nodes, d) => {
    set(`FIX${d + 1}`, nodes);
  });
  out.push('*BOUNDARY', 'TOOL, 1, 2', ...held.map((_, d) => `FIX${d + 1}, ${d + 1}, ${d + 1}`));
  let last = 0;
  for (const depth of [...file.depths].sort((a, b) => a - b)) {
    const increments = Math.ceil((depth - last) / stride - 1e-9);
    out.push(
      '*STEP, NLGEOM, INC=1000',
      '*STATIC',
      `${1 / increments}, 1., 1e-4, ${1 / increments}`,
      '*BOUNDARY',
      `TOOL, 3, 3, ${-depth}`,
      '*NODE PRINT, NSET=BASE, TOTALS=ONLY, FREQUENCY=1000',
      'RF',
      '*END STEP',
    );
    last = depth;
  }
  return `${out.join('\n')}\n`;
}

/** Whether `ccx` is installed, and which. */
export function calculixVersion() {
  const { stdout, error } = spawnSync('ccx', ['-v'], { encoding: 'utf8' });
  return error ? undefined : (/version\s+([\d.]+)/i.exec(stdout)?.[1] ?? 'unknown');
}

/** Runs a shell command; CPU seconds (user and system) are those of its process, by the shell's own clock. */
function timed(command, cwd, env = {}) {
  const { stdout, stderr } = spawnSync('bash', ['-c', `${command}; e=$?; times >&2; exit $e`], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 28,
  });
  const children = stderr.trim().split('\n').at(-1) ?? '';
  const cpuSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * +m + +s, 0);
  return { stdout, cpuSeconds };
}

/**
 * Runs a deck on one thread.
 * @returns CPU seconds of its process, the force at each depth that it reached (N), and its last words when it gave up
 */
export function runCalculix(deck, depths, folder = mkdtempSync(join(tmpdir(), 'psoascope-ccx-'))) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'deck.inp'), deck);
  const one = {
    OMP_NUM_THREADS: '1',
    CCX_NPROC_STIFFNESS: '1',
    CCX_NPROC_RESULTS: '1',
    CCX_NPROC_EQUATION_SOLVER: '1',
  };
  const { stdout, cpuSeconds } = timed('ccx deck', folder, one);
  let dat = '';
  try {
    dat = readFileSync(join(folder, 'deck.dat'), 'utf8');
  } catch {
    // it stopped before the first step
  }
  const forces_N = [...dat.matchAll(/total force[^\n]*\n\s*\n?\s*(\S+)\s+(\S+)\s+(\S+)/gi)].map(
    ([, , , z]) => +z / 1000,
  );
  const reached = forces_N.length === depths.length;
  const iterations = (stdout.match(/^\s*iteration\s+\d+/gim) ?? []).length;
  return {
    cpuSeconds,
    forces_N,
    iterations,
    ...(reached ? {} : { reason: /\*ERROR[^\n]*(\n[^\n]+)?/.exec(stdout)?.[0] ?? 'it stopped' }),
    folder,
  };
}

/**
 * CPU time of both programs for the same problem on the same cells. Ours twice: as the command, a fresh process with everything that
 * starts and compiles in it, and as one more solve of a process that is warm. CalculiX is a fresh process; its start is nothing beside its solve.
 */
export async function compareWithCalculix(file, sizes) {
  const rows = [];
  for (const h of sizes) {
    const theirs = runCalculix(calculixDeck(file, h), file.depths);
    rmSync(theirs.folder, { recursive: true, force: true });
    const command = commandSeconds(file, h);
    let resident = Number.POSITIVE_INFINITY;
    let ours;
    for (let i = 0; i < 4; i++) {
      const from = cpu();
      ours = await solveNeutral(file, h);
      resident = Math.min(resident, cpu() - from);
    }
    const forces_N = ours.steps.map((step) => step.force_N);
    rows.push({
      cell_mm: h,
      cells: ours.cells,
      calculix_N: theirs.forces_N,
      ours_N: forces_N,
      calculix_cpu_s: theirs.cpuSeconds,
      ours_cpu_s: resident,
      command_cpu_s: command,
      ratio: theirs.cpuSeconds / resident,
      ratio_command: theirs.cpuSeconds / command,
      calculix_iterations: theirs.iterations,
      our_iterations: ours.iterations,
      ...(theirs.reason && { calculix: theirs.reason }),
    });
  }
  return rows;
}

/** CPU seconds of `psoascope solve` as a process of its own, the least of three. */
function commandSeconds(file, h) {
  const folder = mkdtempSync(join(tmpdir(), 'psoascope-solve-'));
  const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  writeFileSync(join(folder, 'problem.json'), JSON.stringify(file));
  const runs = [1, 2, 3].map(() =>
    timed(
      `"${process.execPath}" "${main}" solve problem.json --cell ${h} --json --quiet --threads 1 > answer.json`,
      folder,
    ),
  );
  rmSync(folder, { recursive: true, force: true });
  return Math.min(...runs.map((r) => r.cpuSeconds));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path, cell, folder] = process.argv.slice(2);
  const file = parseNeutral(JSON.parse(readFileSync(path, 'utf8')), path);
  const options = JSON.parse(process.argv[5] ?? '{}');
  const r = runCalculix(calculixDeck(file, +cell, options), file.depths, folder);
  console.log(r);
}
