import type { Command } from 'commander';
import { CancelledError } from '../base/errors.ts';
import { readJsonFile } from '../base/read-json.node.ts';
import { parseNeutral } from '../mechanics/neutral.ts';
import { type NeutralSolution, solveNeutral } from '../mechanics/solve-neutral.ts';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './printable.ts';
import { numberOf } from './scenario-flags.ts';
import { progressBar, type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';
import { allowThreads, THREADS_FLAG } from './threads.ts';

/** Runs the solver alone on a neutral problem file. */
export function addSolve(program: Command, terminal: Terminal): void {
  program
    .command('solve')
    .description('solve a neutral problem file: the mechanics alone, to compare with other programs')
    .argument('<problem.json>', 'problem file; docs/mechanics.md says what it holds')
    .option('--cell <mm>', 'edge length of a cell; it must divide the domain', '5')
    .option('--json', 'print JSON')
    .option('--quiet', 'no progress')
    .option(...THREADS_FLAG)
    .action(async (path: string, options: { cell: string; json?: boolean; quiet?: boolean; threads?: string }) => {
      allowThreads(options.threads);
      const problem = parseNeutral(readJsonFile(path, 'problem file'), path);
      const cell = numberOf('--cell', options.cell);
      const bar = progressBar(process.stderr, options.quiet === true);
      const before = process.cpuUsage();
      let solution: NeutralSolution;
      try {
        solution = await solveNeutral(problem, cell, { report: (e) => bar.report(e), signal: terminal.signal });
      } catch (error) {
        bar.end();
        if (!(error instanceof CancelledError)) throw error;
        terminal.say('Stopped before the problem was solved.');
        process.exitCode = EXIT.interrupted;
        return;
      }
      bar.end();
      const used = process.cpuUsage(before);
      const cost = {
        cpuSeconds: (used.user + used.system) / 1e6,
        peakMemory_MB: process.resourceUsage().maxRSS / 1024,
      };
      const reason = solution.reason && noteText(inEnglish, solution.reason);
      if (!solution.converged) {
        process.exitCode = EXIT.notConverged;
        terminal.say(`Not converged: ${reason}.`);
      }
      if (options.json === true)
        return terminal.out(jsonText({ ...solution, ...cost, ...(reason !== undefined && { reason }) }));
      const rows = solution.steps.map((s) => [
        s.depth_mm.toFixed(2),
        s.force_N.toFixed(3),
        `${(100 * s.forceBalance).toFixed(2)} %`,
        s.penetration_mm.toFixed(3),
      ]);
      await terminal.out(textTable(['Depth mm', 'Force N', 'Balance', 'Penetration mm'], rows, textWidth()));
    });
}
