import { kPaOfMmHg, mmHgOf } from '../base/units.ts';
import { evidence } from '../evidence/evidence.ts';
import { flowShares } from '../findings/circulation.ts';
import { physiologyOf } from '../findings/physiology.ts';
import { areaFromRest, areaRatio, veinFlow } from '../findings/tube-law.ts';
import { tubeOf, VESSELS } from '../findings/vessels.ts';
import { note } from '../messages/note.ts';
import type { Compute, Figure } from './anchor.ts';
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

/** Flow to a leg with a pressure (mmHg) all round its artery and vein over a length (mm), of that at rest, %. */
function toLeg(outside: number, length: number): number {
  const about = { side: 'left', pressure: kPaOfMmHg(outside) - LYING.belly, length } as const;
  const pressed = ['external_iliac_artery', 'external_iliac_vein'].map((structure) => ({ ...about, structure }));
  return 100 * flowShares(pressed, LYING).get('external_iliac_vein/left')!;
}

/** Pressure at the foot of a column of blood, mmHg, by its height in m: 1060 kg/m³. */
const underBlood = (height: number): number => mmHgOf(1.06 * 9.81 * height);

/** From heart to calf in somebody who sits or stands, m. */
const SITTING = 0.5;
const STANDING = 0.9;

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
    const change = toLeg(40, 400) - 100;
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

  'A-44': async () => {
    let stops = 0;
    while (stops < 300 && toLeg(stops, 105) > 2) stops += 1;
    const at = (name: Figure['name'], share: number, low: number): Figure => ({
      name,
      value: toLeg(share * stops, 105),
      low,
      high: low + 40,
      unit: '%',
    });
    return {
      figures: [
        at('check.figure.quarter', 0.25, 55),
        at('check.figure.half', 0.5, 30),
        at('check.figure.three-quarters', 0.75, 5),
      ],
      note: note('check.a44.note', { stops: stops.toFixed(0) }),
    };
  },

  'A-45': async () => {
    const lost = (inside: number): number => 100 * (1 - areaFromRest(VEIN, kPaOfMmHg(inside), kPaOfMmHg(25)));
    return {
      figures: [
        { name: 'check.figure.lying', value: lost(10), low: 30, high: 100, unit: '%' },
        { name: 'check.figure.standing', value: lost(underBlood(STANDING)), low: 0, high: 10, unit: '%' },
      ],
      note: note('check.a45.note'),
    };
  },

  'A-46': async () => ({
    figures: [
      { name: 'check.figure.sitting', value: shutAt(underBlood(SITTING), SHUT), low: 40, high: 72, unit: 'mmHg' },
      { name: 'check.figure.standing', value: shutAt(underBlood(STANDING), SHUT), low: 56, high: 84, unit: 'mmHg' },
    ],
    note: note('check.a46.note'),
  }),
};
