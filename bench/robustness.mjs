#!/usr/bin/env node
/**
 * Random presses by the hundred: does the solver answer, or say why not?
 *
 *   npm run build && node bench/robustness.mjs --count 500 --cell 12 [--seed 1] [--from 0] [--only 17,203] [--contents free] [--wall fibres] [--json FILE]
 *
 * Every scenario follows from the seed and its number alone: a body, a tool of any family with sizes over their whole range, a preset
 * or a random place, pose, tone, and a load up to 100 % of body weight. A row says how it ended. What may never happen (a number
 * that is not finite, a cell inside out or a falling force in a result called converged, a balance above 0.5 %, a load missed by
 * more than 1.5 %) is printed as VIOLATION, and the exit code is then 1. 0.5 % of the load is what a press looks for; up to three
 * times that is taken where two solutions of one depth lie further apart. Deterministic except for the seconds.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { randomScenario } from './random-scenario.mjs';

const DIST = new URL(process.env.PSOASCOPE_DIST ?? '../dist/', import.meta.url);
const from = (path) => import(new URL(path, DIST).href);
const [
  { InputError },
  { seededRandom },
  { newtonsOfKg },
  { pressOnce },
  { inEnglish },
  { parseScenario },
  { prepare },
  { TOOL_FAMILIES },
  { noteText },
] = await Promise.all(
  [
    'base/errors.js',
    'base/random.js',
    'base/units.js',
    'findings/press-once.js',
    'messages/say.js',
    'press/parse-scenario.js',
    'press/prepare.js',
    'tool/catalogue.js',
    'words/note-text.js',
  ].map(from),
);

const { values: flags } = parseArgs({
  options: {
    count: { type: 'string', default: '100' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    cell: { type: 'string', default: '12' },
    only: { type: 'string' },
    contents: { type: 'string' },
    wall: { type: 'string' },
    json: { type: 'string' },
  },
});
// another build's presses know no fibres
const { softWall, wallFibres } = flags.wall === 'fibres' ? await import('./wall-fibres.mjs') : {};
const wall = wallFibres && ((model) => ({ scale: softWall(), fibres: wallFibres(model) }));
const first = Number(flags.from);
const numbers =
  flags.only === undefined
    ? Array.from({ length: Number(flags.count) }, (_, i) => first + i)
    : flags.only.split(',').map(Number);
const rows = [];
for (const number of numbers) {
  const scenario = {
    ...randomScenario(Number(flags.seed), number, TOOL_FAMILIES, seededRandom),
    cell_mm: Number(flags.cell),
    contents: flags.contents,
  };
  const row = await attempt(scenario);
  rows.push({ number, ...row, scenario });
  const s = scenario;
  const where = 'preset' in s.placement ? s.placement.preset : `${s.placement.x_mm},${s.placement.y_mm}`;
  console.log(
    [
      String(number).padStart(4),
      row.outcome.padEnd(12),
      s.tool.id.padEnd(17),
      where.padEnd(14),
      s.pose.padEnd(6),
      s.tone.padEnd(8),
      `${s.body.sex[0]}${s.body.height_cm}/${s.body.weight_kg}`.padEnd(9),
      `${row.force?.toFixed(0) ?? '-'}/${row.target?.toFixed(0) ?? '-'} N`.padEnd(12),
      `${row.depth?.toFixed(0) ?? '-'} mm`.padEnd(7),
      `${row.iterations ?? 0} it`.padEnd(8),
      `${row.cpu?.toFixed(1) ?? 0} s`.padEnd(7),
      row.reason ?? '',
    ].join(' '),
  );
  if (flags.json) writeFileSync(flags.json, JSON.stringify(rows));
}
summary(rows);
process.exitCode = rows.some((r) => r.outcome === 'VIOLATION') ? 1 : 0;

async function attempt(scenario) {
  const before = process.cpuUsage();
  const cpu = () => {
    const used = process.cpuUsage(before);
    return (used.user + used.system) / 1e6;
  };
  let prepared;
  try {
    prepared = await prepare(parseScenario(scenario));
  } catch (error) {
    if (error instanceof InputError) return { outcome: 'refused', reason: error.message, cpu: cpu() };
    return { outcome: 'VIOLATION', reason: error.stack, cpu: cpu() };
  }
  const target = newtonsOfKg(scenario.load.bodyWeightShare * prepared.body.weight_kg);
  try {
    const { press: p, findings } = await pressOnce(prepared, wall === undefined ? {} : wall(prepared.model));
    const last = p.steps[p.steps.length - 1];
    const result = {
      target,
      force: last ? last.force + last.floorForce : 0,
      depth: last?.depth ?? 0,
      steps: p.steps.length,
      iterations: p.solver.iterations,
      cpu: cpu(),
    };
    const wrong = violation(p, findings, target);
    if (wrong !== undefined) return { ...result, outcome: 'VIOLATION', reason: wrong };
    if (p.converged) return { ...result, outcome: 'converged' };
    return {
      ...result,
      outcome: p.reason.id === 'reason.force-fell' ? 'alarm' : 'stopped',
      reason: noteText(inEnglish, p.reason),
    };
  } catch (error) {
    return { outcome: 'VIOLATION', reason: error.stack, target, cpu: cpu() };
  }
}

/** What may never be returned, as a sentence. */
function violation(p, findings, target) {
  for (const [name, field] of Object.entries(p.fields))
    if (!field.every(Number.isFinite)) return `${name} is not finite`;
  for (const f of findings) if (!Number.isFinite(f.value)) return `${f.structure} ${f.quantity} is ${f.value}`;
  let before = 0;
  for (const s of p.steps) {
    for (const [name, v] of Object.entries(s))
      if (typeof v === 'number' && !Number.isFinite(v)) return `${name} is ${v}`;
    if (s.forceBalance > 0.005) return `balance ${s.forceBalance} at ${s.depth} mm`;
    const force = s.force + s.floorForce;
    if (force < 0.99 * before) return `the force falls from ${before} to ${force}`;
    before = force;
  }
  if (p.converged && !(Math.abs(before / target - 1) <= 0.0151)) return `converged at ${before} of ${target} N`;
  if (!p.converged && !p.reason) return 'not converged without a reason';
  return undefined;
}

function summary(rows) {
  const count = (list, outcome) => list.filter((r) => r.outcome === outcome).length;
  const kinds = ['converged', 'stopped', 'alarm', 'refused', 'VIOLATION'];
  const line = (name, list) =>
    console.log(
      [
        name.padEnd(18),
        ...[list.length, ...kinds.map((k) => count(list, k))].map((n) => String(n).padStart(10)),
        `${(list.reduce((s, r) => s + (r.iterations ?? 0), 0) / Math.max(list.length, 1)).toFixed(0)}`.padStart(10),
        `${(list.reduce((s, r) => s + (r.cpu ?? 0), 0) / Math.max(list.length, 1)).toFixed(1)}`.padStart(8),
      ].join(''),
    );
  console.log(
    `\n${['tool'.padEnd(18), ...['all', ...kinds, 'mean it'].map((k) => k.padStart(10)), 'CPU s'.padStart(8)].join('')}`,
  );
  for (const id of [...new Set(rows.map((r) => r.scenario.tool.id))].sort())
    line(
      id,
      rows.filter((r) => r.scenario.tool.id === id),
    );
  line('all', rows);
}
