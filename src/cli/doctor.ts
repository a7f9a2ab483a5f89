import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Command } from 'commander';
import { EXIT } from './exit-codes.ts';
import { findChromium } from './find-chromium.ts';
import type { Terminal } from './terminal.ts';
import { programVersion } from './version.ts';

const NEEDED_NODE = [20, 19] as const;
/** A press at a cell of 5 mm keeps about this much in memory, with room to spare. */
const WANTED_MEMORY_GB = 2;

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('say whether this computer has what a press needs')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      const memory = totalmem() / 2 ** 30;
      const chromium = findChromium();
      const nodeFits = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
      const report = {
        version: programVersion(),
        node: { version: process.versions.node, fits: nodeFits, needed: NEEDED_NODE.join('.') },
        cores: availableParallelism(),
        memory_GB: { total: round(memory), free: round(freemem() / 2 ** 30), enough: memory >= WANTED_MEMORY_GB },
        chromium: chromium ?? null,
      };
      if (!nodeFits) process.exitCode = EXIT.failed;
      if (options.json === true) return terminal.out(`${JSON.stringify(report, null, 2)}\n`);
      await terminal.out(
        [
          `psoascope  ${report.version}`,
          `node       ${report.node.version}${nodeFits ? '' : ` (too old: ${report.node.needed} or newer is needed)`}`,
          `cores      ${report.cores}`,
          `memory     ${report.memory_GB.total} GB, ${report.memory_GB.free} GB free${report.memory_GB.enough ? '' : ` (${WANTED_MEMORY_GB} GB are better)`}`,
          `chromium   ${chromium ?? 'not found (only the browser tests use it)'}`,
          '',
        ].join('\n'),
      );
    });
}

const round = (gigabytes: number): number => Math.round(gigabytes * 10) / 10;
