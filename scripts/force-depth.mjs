// Draws the force-depth curves of one press by several programs: node scripts/force-depth.mjs press.json --twin psoascope.twin.json
// [--solved solution.json] [--febio run.log] [--calculix run.dat] -o curves.svg (docs/other-programs.md). Prints the same as a table.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Force on the tool at each time of a FEBio log, or of a file that its data were written to: the sum over rigid bodies, N.
 * Time is travel in mm in files of `psoascope export`; forces are in mN.
 */
export function readFebio(text) {
  const forces = new Map();
  let time;
  let inData = false;
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^\s*\*?\s*(Step|Time|Data|File)\s*=\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined) {
      if (key === 'Time') time = Number(value);
      inData = key === 'Data' || (key === 'File' && inData);
      continue;
    }
    const numbers = line
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    // item, z, Fz
    if (!inData || numbers.length !== 3 || !numbers.every(Number.isFinite)) {
      if (line.trim() !== '') inData = false;
      continue;
    }
    if (Number.isFinite(time)) forces.set(time, (forces.get(time) ?? 0) + Math.abs(numbers[2]) / 1000);
  }
  return [...forces].map(([travel, force]) => ({ travel, force }));
}

/** Force that holds the body at each time of a CalculiX .dat, N. */
export function readCalculix(text) {
  return [...text.matchAll(/total force[^\n]*set\s+HELD[^\n]*time\s+(\S+)\s*\n\s*\n?\s*(\S+)\s+(\S+)\s+(\S+)/gi)].map(
    ([, time, , , z]) => ({ travel: Number(time), force: Math.abs(Number(z)) / 1000 }),
  );
}

/** Curves against the depth of the press: those of the twin begin `lift` mm farther back. */
export function curvesOf({ press, twin, solved, febio, calculix }) {
  const lift = twin?._lift_mm ?? 0;
  const shifted = (points) =>
    points.map(({ travel, force }) => ({ depth: travel - lift, force })).filter(({ depth }) => depth >= 0);
  const total = ({ force_N, floorForce_N }) => force_N + (floorForce_N ?? 0);
  return [
    ['the press', press?.path.map((step) => ({ depth: step.depth_mm, force: total(step) }))],
    [
      'its twin, psoascope solve',
      solved && shifted(solved.steps.map((step) => ({ travel: step.depth_mm, force: step.force_N }))),
    ],
    ['its twin, FEBio', febio && shifted(readFebio(febio))],
    ['its twin, CalculiX', calculix && shifted(readCalculix(calculix))],
  ]
    .filter(([, points]) => points !== undefined)
    .map(([name, points]) => ({ name, points }));
}

/** Force at a depth by straight lines between points; undefined beyond them. */
export function forceAt(points, depth) {
  const next = points.findIndex((p) => p.depth >= depth - 1e-6);
  if (next === -1) return undefined;
  const [b, a] = [points[next], points[next - 1]];
  if (Math.abs(b.depth - depth) < 1e-6) return b.force;
  if (a === undefined) return undefined;
  return a.force + ((b.force - a.force) * (depth - a.depth)) / (b.depth - a.depth);
}

const COLOURS = ['#1f4e79', '#b3541e', '#3a7d44', '#7b3f8c'];
const [WIDTH, HEIGHT, LEFT, TOP] = [560, 300, 60, 20];

export function drawCurves(curves) {
  const all = curves.flatMap(({ points }) => points);
  const far = Math.max(1, ...all.map(({ depth }) => depth));
  const high = Math.max(1, ...all.map(({ force }) => force));
  const x = (depth) => (LEFT + (WIDTH * depth) / far).toFixed(1);
  const y = (force) => (TOP + HEIGHT * (1 - force / high)).toFixed(1);
  const step = (most) => {
    const power = 10 ** Math.floor(Math.log10(most / 4));
    return [1, 2, 5, 10].map((m) => m * power).find((s) => most / s <= 5);
  };
  const marks = (most) => Array.from({ length: Math.floor(most / step(most)) + 1 }, (_, n) => n * step(most));
  const short = (v) => Number(v.toPrecision(6));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH + 2 * LEFT} ${HEIGHT + 90 + 18 * curves.length}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...marks(high).map(
      (f) =>
        `<line x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${y(f)}" y2="${y(f)}" stroke="#ddd"/><text x="${LEFT - 6}" y="${y(f)}" dy="4" text-anchor="end">${short(f)}</text>`,
    ),
    ...marks(far).map((d) => `<text x="${x(d)}" y="${TOP + HEIGHT + 18}" text-anchor="middle">${short(d)}</text>`),
    `<text x="${LEFT}" y="12">Force, N</text><text x="${LEFT + WIDTH}" y="${TOP + HEIGHT + 36}" text-anchor="end">depth of the press, mm</text>`,
    ...curves.flatMap(({ name, points }, n) => {
      const at = TOP + HEIGHT + 56 + 18 * n;
      const line = points.map(({ depth, force }) => `${x(depth)},${y(force)}`).join(' ');
      return [
        `<polyline points="${line}" fill="none" stroke="${COLOURS[n]}" stroke-width="2"/>`,
        ...points.map(({ depth, force }) => `<circle cx="${x(depth)}" cy="${y(force)}" r="3" fill="${COLOURS[n]}"/>`),
        `<rect x="${LEFT}" y="${at - 9}" width="14" height="9" fill="${COLOURS[n]}"/><text x="${LEFT + 20}" y="${at}">${name}</text>`,
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** The curves at the depths of the first, as lines of a table. */
export function tableOf(curves) {
  const rows = curves[0].points.map(({ depth }) => [
    depth.toFixed(2),
    ...curves.map(({ points }) => forceAt(points, depth)?.toFixed(1) ?? ''),
  ]);
  return [['depth, mm', ...curves.map(({ name }) => `${name}, N`)], ...rows].map((row) => row.join('\t')).join('\n');
}

/** What is wrong with what was given, in one sentence. */
class Wrong extends Error {}

function readText(path) {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Wrong(`${path} cannot be read (${error.code}).`);
  }
}

function readFile(path, is, what) {
  const text = readText(path);
  if (text === undefined) return undefined;
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Wrong(`${path} is no JSON.`);
  }
  if (!is(read)) throw new Wrong(`${path} is not ${what}.`);
  return read;
}

/** The text of an answer that says a force at least once, and nothing but numbers. */
function answer(path, read, program) {
  const text = readText(path);
  if (text === undefined) return undefined;
  const points = read(text);
  if (points.length === 0 || !points.every((p) => Number.isFinite(p.travel) && Number.isFinite(p.force)))
    throw new Wrong(`${path} holds no forces as ${program} writes them.`);
  return text;
}

const isPath = (steps) =>
  Array.isArray(steps) &&
  steps.length > 0 &&
  steps.every((step) => Number.isFinite(step?.depth_mm) && Number.isFinite(step.force_N));

/** @returns what is said, and what is to be drawn and where */
function main() {
  const text = { type: 'string' };
  let parsed;
  try {
    const options = { twin: text, solved: text, febio: text, calculix: text, output: { ...text, short: 'o' } };
    parsed = parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new Wrong(error.message);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) throw new Wrong('Name one press only.');
  const curves = curvesOf({
    press: readFile(positionals[0], (r) => isPath(r?.path), 'what psoascope press --json prints'),
    twin: readFile(values.twin, (r) => Number.isFinite(r?._lift_mm), 'a file of psoascope export --format twin'),
    solved: readFile(values.solved, (r) => isPath(r?.steps), 'what psoascope solve --json prints'),
    febio: answer(values.febio, readFebio, 'FEBio'),
    calculix: answer(values.calculix, readCalculix, 'CalculiX'),
  });
  if (curves.length === 0)
    throw new Wrong('Name the JSON of a press, and what another program answered (docs/other-programs.md).');
  // what another program answered stands at depths of its twin, which begins farther back
  if (values.twin === undefined && (values.solved ?? values.febio ?? values.calculix) !== undefined)
    throw new Wrong('Name the twin too, with --twin: it says how much farther back it begins.');
  process.stdout.write(`${tableOf(curves)}\n`);
  if (values.output === undefined) return;
  try {
    writeFileSync(values.output, drawCurves(curves));
  } catch (error) {
    throw new Wrong(`${values.output} cannot be written (${error.code}).`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  try {
    main();
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
