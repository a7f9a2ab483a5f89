import type { Command } from 'commander';
import { CancelledError, InputError } from '../base/errors.ts';
import { fileKind, takenBy } from '../base/file-kind.ts';
import { readJsonFile } from '../base/read-json.node.ts';
import { tell } from '../base/told.ts';
import { parseNeutral } from '../mechanics/neutral.ts';
import { type NeutralSolution, solveNeutral } from '../mechanics/solve-neutral.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './printable.ts';
import { numberOf } from './scenario-flags.ts';
import { progressBar, type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';
import { allowThreads, threadsFlag } from './threads.ts';

/** Runs the solver alone on a neutral problem file. */
export function addSolve(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('solve')
    .description(say('help.solve'))
    .argument('<problem.json>', say('help.solve.problem'))
    .option('--cell <mm>', say('help.solve.cell'), '5')
    .option('--json', say('help.json'))
    .option('--quiet', say('help.quiet'))
    .option(...threadsFlag(speaker))
    .action(async (path: string, options: { cell: string; json?: boolean; quiet?: boolean; threads?: string }) => {
      allowThreads(options.threads);
      const raw = readJsonFile(path, 'problem');
      const kind = fileKind(raw);
      if (kind !== undefined && kind !== 'problem')
        throw new InputError(
          tell(CLI_ERRORS, 'error.cli.other-file', { path, wanted: 'problem', what: takenBy(kind) }),
        );
      const problem = parseNeutral(raw, path);
      const cell = numberOf('--cell', options.cell);
      const bar = progressBar(process.stderr, options.quiet === true, speaker);
      const before = process.cpuUsage();
      let solution: NeutralSolution;
      try {
        solution = await solveNeutral(problem, cell, { report: (e) => bar.report(e), signal: terminal.signal });
      } catch (error) {
        bar.end();
        if (!(error instanceof CancelledError)) throw error;
        terminal.say(say('cli.stopped-solve'));
        process.exitCode = EXIT.interrupted;
        return;
      }
      bar.end();
      const used = process.cpuUsage(before);
      const cost = {
        cpuSeconds: (used.user + used.system) / 1e6,
        peakMemory_MB: process.resourceUsage().maxRSS / 1024,
      };
      const reason = solution.reason && noteText(speaker, solution.reason);
      if (!solution.converged) {
        process.exitCode = EXIT.notConverged;
        terminal.say(say('cli.not-converged', { reason: reason ?? '' }));
      }
      if (options.json === true)
        return terminal.out(jsonText({ ...solution, ...cost, ...(reason !== undefined && { reason }) }));
      const rows = solution.steps.map((s) => [
        s.depth_mm.toFixed(2),
        s.force_N.toFixed(3),
        `${(100 * s.forceBalance).toFixed(2)} %`,
        s.penetration_mm.toFixed(3),
      ]);
      const heads = [
        say('cli.head.depth'),
        say('cli.head.force'),
        say('cli.head.balance'),
        say('cli.head.penetration'),
      ];
      await terminal.out(textTable(heads, rows, textWidth()));
    });
}
