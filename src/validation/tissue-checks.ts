import { mmHgOf } from '../base/units.ts';
import { physiologyOf } from '../findings/physiology.ts';
import { note } from '../messages/note.ts';
import type { Compute } from './anchor.ts';
import { figure } from './figure.ts';
import { underCuff, underSittingBone } from './limb.ts';

/** A thigh, and the systolic pressure of the model, mmHg. */
const THIGH = { radius: 85, bone: 15, fat: 12, at: 40 } as const;
const SYSTOLIC = ((): number => {
  const { arterialMean, pulse } = physiologyOf('supine');
  return mmHgOf(arterialMean + (2 / 3) * pulse);
})();

/** Checks of skin, fat and muscle away from the belly, as it has them. */
export const TISSUE_CHECKS: Readonly<Record<string, Compute>> = {
  'A-30': async ({ cell }) => {
    const { middle, edge } = await underCuff({ radius: 45, bone: 11, fat: 6, cuff: 85, at: 25 }, cell);
    return {
      figures: [
        { name: 'check.figure.middle', value: middle, low: 0.85, high: 1.05, unit: '' },
        { name: 'check.figure.edge', value: edge / middle, low: 0, high: 0.8, unit: '' },
      ],
      note: note('check.a30.note'),
    };
  },

  'A-31': async ({ cell }) => {
    const { middle } = await underCuff({ ...THIGH, cuff: 105 }, cell);
    return {
      figures: [figure('A-31', 'check.figure.pressure', SYSTOLIC / middle)],
      note: note('check.a31.note', { share: (100 * middle).toFixed(0), systolic: SYSTOLIC.toFixed(0) }),
    };
  },

  'A-37': async ({ cell }) => {
    const { muscle, fat } = underSittingBone(cell);
    return {
      figures: [
        { name: 'check.figure.thinner', value: muscle, low: 30, high: 62, unit: '%' },
        { name: 'check.figure.muscle-fat', value: muscle / fat, low: 1, high: 10, unit: '' },
      ],
      note: note('check.a37.note', { fat: fat.toFixed(0) }),
    };
  },

  'A-42': async ({ cell }) => {
    const [narrow, wide] = [
      await underCuff({ ...THIGH, cuff: 50 }, cell),
      await underCuff({ ...THIGH, cuff: 135 }, cell),
    ];
    return {
      figures: [
        { name: 'check.figure.narrow', value: SYSTOLIC / narrow.middle, low: 193, high: 277, unit: 'mmHg' },
        { name: 'check.figure.wide', value: SYSTOLIC / wide.middle, low: 127, high: 161, unit: 'mmHg' },
      ],
      note: note('check.a42.note', {
        narrow: (100 * narrow.middle).toFixed(0),
        wide: (100 * wide.middle).toFixed(0),
        systolic: SYSTOLIC.toFixed(0),
      }),
    };
  },

  'A-43': async ({ cell }) => {
    const { middle } = await underCuff({ radius: 60, bone: 14, fat: 6, cuff: 300, at: 30 }, cell);
    return { figures: [figure('A-43', 'check.figure.arrives', middle)], note: note('check.a43.note') };
  },

  'A-47': async ({ cell }) => {
    const thickOverThin = async (cuff: number): Promise<number> => {
      const [thin, thick] = [
        await underCuff({ ...THIGH, radius: 76, cuff }, cell),
        await underCuff({ ...THIGH, radius: 105, cuff }, cell),
      ];
      return thin.middle / thick.middle;
    };
    return {
      figures: [
        { name: 'check.figure.narrow', value: await thickOverThin(45), low: 1.15, high: 3, unit: '' },
        { name: 'check.figure.wide', value: await thickOverThin(180), low: 0.9, high: 1.15, unit: '' },
      ],
      note: note('check.a47.note'),
    };
  },
};
