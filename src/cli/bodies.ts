import type { Command } from 'commander';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

export function addBodies(program: Command, terminal: Terminal): void {
  program
    .command('bodies')
    .description('list the reference bodies that --body starts from')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const bodies = bodySpecSchema.shape.sex.def.innerType.options.map((sex) =>
        resolveBody(bodySpecSchema.parse({ sex })),
      );
      if (options.json === true) return terminal.out(`${JSON.stringify(bodies, null, 2)}\n`);
      const rows = bodies.map((body) => [
        body.sex,
        `${body.height_cm} cm`,
        `${body.weight_kg} kg`,
        `${body.waist_cm} cm`,
        `${body.age}`,
        body.label,
      ]);
      await terminal.out(textTable(['Sex', 'Height', 'Weight', 'Waist', 'Age', 'Body'], rows, textWidth()));
    });
}
