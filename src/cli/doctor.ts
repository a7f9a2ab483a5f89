import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Command } from 'commander';
import { VERSION } from '../base/version.ts';
import { EXIT } from './exit-codes.ts';
import { findChromium } from './find-chromium.ts';
import { NEEDED_NODE, nodeFits } from './needed-node.ts';
import { jsonText } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** A press at a cell of 5 mm keeps about this much in memory, with room to spare. */
const WANTED_MEMORY_GB = 2;

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('say whether this computer has what a press needs')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const memory = totalmem() / 2 ** 30;
      const chromium = findChromium();
      const fits = nodeFits(process.versions.node);
      const report = {
        version: VERSION,
        node: { version: process.versions.node, fits, needed: NEEDED_NODE },
        cores: availableParallelism(),
        memory_GB: { total: round(memory), free: round(freemem() / 2 ** 30), enough: memory >= WANTED_MEMORY_GB },
        chromium: chromium ?? null,
      };
      if (!fits) process.exitCode = EXIT.failed;
      if (options.json === true) return terminal.out(jsonText(report));
      await terminal.out(
        [
          `psoascope  ${report.version}`,
          `node       ${report.node.version}${fits ? '' : ` (${report.node.needed} is needed)`}`,
          `cores      ${report.cores}`,
          `memory     ${report.memory_GB.total} GB, ${report.memory_GB.free} GB free${report.memory_GB.enough ? '' : ` (${WANTED_MEMORY_GB} GB are better)`}`,
          `chromium   ${chromium ?? 'not found (only the browser tests use it)'}`,
          '',
        ].join('\n'),
      );
    });
}

const round = (gigabytes: number): number => Math.round(gigabytes * 10) / 10;
