// What the study engine itself costs: a stand-in solver answers at once (or after a given sleep), so all that is left is the
// engine. Run after npm run build: node bench/study-engine.mjs [most cases]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { designStudy, parsePlan, poolEngine, runStudy } from '../dist/node.js';

const STAND_IN = new URL('../dist/cli/stand-in-solver.js', import.meta.url).href;

/** A plan of n cases: loads on bodies, ten loads each. */
function plan(n) {
  const loads = Math.min(10, n);
  const ages = n / loads;
  return {
    vary: {
      ...(ages > 1 && { 'body.age': { from: 20, to: 80, count: ages } }),
      'load.force_N': { from: 50, to: 250, count: loads },
    },
  };
}

async function one(n, jobs, delay_ms) {
  const folder = mkdtempSync(join(tmpdir(), 'psoascope-bench-'));
  try {
    const began = performance.now();
    const cpu = process.cpuUsage();
    const design = designStudy(parsePlan(plan(n)), 'bench+stand-in');
    const engine = poolEngine({ url: STAND_IN, setup: { delay_ms } }, jobs);
    const outcome = await runStudy({ design, folder, engine, signal: new AbortController().signal });
    const { user, system } = process.cpuUsage(cpu);
    if (outcome.converged !== n) throw new Error(`${outcome.converged} of ${n} cases`);
    return {
      n,
      jobs,
      delay_ms,
      wall_s: (performance.now() - began) / 1000,
      cpu_s: (user + system) / 1e6,
      peak_MB: process.resourceUsage().maxRSS / 1024,
      journal_MB: statSync(join(folder, 'journal.log')).size / 1e6,
      parquet_MB: statSync(join(folder, 'results.parquet')).size / 1e6,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [mode, ...numbers] = process.argv.slice(2);
if (mode === '--one') {
  console.log(JSON.stringify(await one(...numbers.map(Number))));
} else {
  // each in a process of its own, so that memory and warm code do not carry over
  const run = (...args) =>
    JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--one', ...args.map(String)]));
  const most = Number(mode ?? 100_000);
  console.log('| cases | CPU s of the engine | ms per case | peak memory, MB | journal, MB | Parquet, MB |');
  console.log('|---|---|---|---|---|---|');
  for (const n of [10, 100, 1000, 10_000, 100_000].filter((each) => each <= most)) {
    const r = run(n, 2, 0);
    console.log(
      `| ${n} | ${r.cpu_s.toFixed(2)} | ${((1000 * r.cpu_s) / n).toFixed(2)} | ${r.peak_MB.toFixed(0)} | ${r.journal_MB.toFixed(2)} | ${r.parquet_MB.toFixed(2)} |`,
    );
  }
  console.log('\n| workers | cases of 100 ms | cases per hour | against one |');
  console.log('|---|---|---|---|');
  const first = run(200, 1, 100);
  for (const r of [first, run(200, 2, 100), run(400, 4, 100)])
    console.log(
      `| ${r.jobs} | ${r.n} | ${Math.round((3600 * r.n) / r.wall_s)} | ${(r.n / r.wall_s / (first.n / first.wall_s)).toFixed(2)} |`,
    );
}
