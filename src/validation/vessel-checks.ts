import { kPaOfMmHg, mmHgOf } from '../base/units.ts';
import { evidence } from '../evidence/evidence.ts';
import { flowShares } from '../findings/circulation.ts';
import { physiologyOf } from '../findings/physiology.ts';
import { areaFromRest, areaRatio, veinFlow } from '../findings/tube-law.ts';
import { tubeOf, VESSELS } from '../findings/vessels.ts';
import { note } from '../messages/note.ts';
import type { Compute } from './anchor.ts';
import { figure } from './figure.ts';

/** Somebody who lies on the back; pressure inside the veins of belly and leg, kPa. */
const LYING = physiologyOf('supine');
const INSIDE = LYING.belly + LYING.veinAcross;
const VEIN = tubeOf(VESSELS.external_iliac_vein!, LYING);

/** Change of the flow through a vein under a pressure from outside, mmHg, %; what backs up is a share of the arterial pressure. */
const flowChange = (outside: number, drive = LYING.venousDrive): number =>
  100 * (veinFlow(drive * LYING.arterialMean, INSIDE, kPaOfMmHg(outside)) - 1);

/** Area of a vein outside the belly when the pressure in it is another one (mmHg), against that at rest, %. */
const wider = (pressure: number): number => 100 * (areaRatio(VEIN, kPaOfMmHg(pressure)) / areaRatio(VEIN, INSIDE) - 1);

/** Outside pressure, mmHg, at which a share of the lumen is left that was there with `inside` mmHg in it. */
function shutAt(inside: number, left: number): number {
  let outside = 0;
  while (outside < 200 && areaFromRest(VEIN, kPaOfMmHg(inside), kPaOfMmHg(outside)) > left) outside += 0.1;
  return outside;
}

/** What is left of a lumen that counts as shut. Fixed for all checks. */
const SHUT = 0.05;

/** Checks of the laws of pressed vessels: nothing is pressed in them. */
export const VESSEL_CHECKS: Readonly<Record<string, Compute>> = {
  'A-03': async () => {
    // a ring buckles at three times Kp
    const { ring } = tubeOf({ ...VESSELS.abdominal_aorta!, wall: 1.5 / 8 }, { ...LYING, arteryModulus: 400 });
    return { figures: [figure('A-03', 'check.figure.pressure', 3 * ring)], note: note('check.a03.note') };
  },

  'A-11': async () => ({
    figures: [figure('A-11', 'check.figure.flow-change', flowChange(10))],
    note: note('check.a11.note', {
      low: flowChange(10, evidence('V-70').low!).toFixed(0),
      wider: wider(10).toFixed(0),
    }),
  }),

  'A-12': async () => ({
    figures: [figure('A-12', 'check.figure.pressure', shutAt(10, SHUT))],
    note: note('check.a12.note', { most: shutAt(10, 0.1).toFixed(0), nearly: shutAt(10, 0.02).toFixed(0) }),
  }),

  'A-18': async () => ({ figures: [figure('A-18', 'check.figure.flow-change', flowChange(65))] }),

  'A-19': async () => {
    const pressure = kPaOfMmHg(40) - LYING.belly;
    const about = { side: 'left', pressure, length: 400 } as const;
    const shares = flowShares(
      [
        { ...about, structure: 'external_iliac_artery' },
        { ...about, structure: 'external_iliac_vein' },
      ],
      LYING,
    );
    const change = 100 * (shares.get('external_iliac_vein/left')! - 1);
    return { figures: [figure('A-19', 'check.figure.flow-change', change)], note: note('check.a19.note') };
  },

  'A-21': async () => {
    const backs = Math.min(Math.max(INSIDE, kPaOfMmHg(40)), LYING.venousDrive * LYING.arterialMean);
    return {
      figures: [figure('A-21', 'check.figure.share-cuff', mmHgOf(backs) / 40)],
      note: note('check.a21.note'),
    };
  },

  'A-22': async () => ({
    figures: [
      {
        name: 'check.figure.rise',
        value: mmHgOf(Math.max(INSIDE, kPaOfMmHg(14)) - INSIDE),
        low: 5,
        high: 12,
        unit: 'mmHg',
      },
      { name: 'check.figure.flow-change', value: flowChange(14), low: -45, high: -5, unit: '%' },
    ],
    note: note('check.a22.note'),
  }),

  'A-34': async () => ({
    figures: [figure('A-34', 'check.figure.wider', wider(mmHgOf(INSIDE) + 10))],
    note: note('check.a34.note', { most: wider(mmHgOf(LYING.arterialMean)).toFixed(0) }),
  }),

  'A-35': async () => {
    const cava = tubeOf(VESSELS.inferior_vena_cava!, LYING);
    const change = 100 * (Math.sqrt(areaRatio(cava, 0) / areaRatio(cava, LYING.veinAcross)) - 1);
    return { figures: [figure('A-35', 'check.figure.diameter', change)], note: note('check.a35.note') };
  },

  'A-36': async () => ({
    figures: [
      figure('A-36', 'check.figure.shut-10', shutAt(10, SHUT) - 10),
      figure('A-36', 'check.figure.shut-30', shutAt(30, SHUT) - 30),
    ],
    note: note('check.a36.note'),
  }),
};
