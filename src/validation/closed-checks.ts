import { kPaOfMmHg, mmHgOf } from '../base/units.ts';
import { LEVELS } from '../evidence/levels.ts';
import { note } from '../messages/note.ts';
import { tissueMaterials } from '../press/materials.ts';
import type { Compute } from './anchor.ts';
import { discOnBlock, sphereOnBlock } from './blocks.ts';
import { figure } from './figure.ts';
import { tensionAt, tensionStretch } from './sheet.ts';

/** Checks of formulas, of a block and of a patch of wall, and of a level that findings are compared with. */
export const CLOSED_CHECKS: Readonly<Record<string, Compute>> = {
  'A-01': async () => ({
    figures: [figure('A-01', 'check.figure.force', await sphereOnBlock())],
    note: note('check.a01.note'),
  }),

  'A-02': async () => ({
    figures: [figure('A-02', 'check.figure.share', await discOnBlock())],
    note: note('check.a02.note'),
  }),

  'A-04': async () => {
    const force = 20e-3 / (1 / 200 + 1 / 470);
    const range = (published: number) => ({ low: 0.8 * published, high: 1.2 * published, unit: 'N/mm' });
    return {
      figures: [
        { name: 'check.figure.across', value: force, ...range(3.4) },
        { name: 'check.figure.up-and-down', value: force, ...range(1.5) },
      ],
      note: note('check.a04.note', { stretch: (100 * (tensionStretch(force) - 1)).toFixed(0) }),
    };
  },

  'A-05': async () => {
    const stretch = tensionStretch((kPaOfMmHg(12) * 1e-3) / (1 / 200 + 1 / 470));
    return {
      figures: [
        { name: 'check.figure.growth', value: 100 * (stretch * stretch - 1), low: 10, high: 20, unit: '%' },
        { name: 'check.figure.anisotropy', value: 1, low: 1.3, high: 2.5, unit: '' },
      ],
      note: note('check.a05.note', { force: tensionAt(1.072).toFixed(2) }),
    };
  },

  'A-17': async () => {
    const lost = (95 * kPaOfMmHg(50)) / tissueMaterials().gas.bulk;
    return { figures: [figure('A-17', 'check.figure.volume-lost', lost)], note: note('check.a17.note') };
  },

  'A-29': async () => {
    const level = LEVELS.nerve.find(({ id }) => id === 'nerve-stop')!;
    return { figures: [figure('A-29', 'check.figure.level', mmHgOf(level.from))], note: note('check.a29.note') };
  },
};
