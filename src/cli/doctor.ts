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
  const { say } = terminal.speaker;
  program
    .command('doctor')
    .description(say('help.doctor'))
    .option('--json', say('help.json'))
    .action(async (options: { json?: boolean }) => {
      const installed = totalmem() / 2 ** 30;
      const chromium = findChromium();
      const fits = nodeFits(process.versions.node);
      const report = {
        version: VERSION,
        node: { version: process.versions.node, fits, needed: NEEDED_NODE },
        cores: availableParallelism(),
        memory_GB: { total: round(installed), free: round(freemem() / 2 ** 30), enough: installed >= WANTED_MEMORY_GB },
        chromium: chromium ?? null,
      };
      if (!fits) process.exitCode = EXIT.failed;
      if (options.json === true) return terminal.out(jsonText(report));
      const { total, free, enough } = report.memory_GB;
      const memory = say('cli.doctor.memory-is', { total, free });
      const { version, needed } = report.node;
      const lines = [
        ['psoascope', report.version],
        ['node', fits ? version : say('cli.doctor.node-needed', { version, needed })],
        [say('cli.doctor.cores'), `${report.cores}`],
        [
          say('cli.doctor.memory'),
          enough ? memory : say('cli.doctor.memory-wanted', { memory, wanted: WANTED_MEMORY_GB }),
        ],
        ['chromium', chromium ?? say('cli.doctor.no-chromium')],
      ] as const;
      const column = Math.max(...lines.map(([name]) => name.length)) + 2;
      await terminal.out(lines.map(([name, text]) => `${name.padEnd(column)}${text}\n`).join(''));
    });
}

const round = (gigabytes: number): number => Math.round(gigabytes * 10) / 10;
