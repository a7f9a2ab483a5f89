import { kPaOfMmHg } from '../base/units.ts';

/** Pressures and stiffnesses of a resting person that the tube laws need; all kPa but those named otherwise. */
export interface Physiology {
  /** Mean arterial pressure. */
  readonly arterialMean: number;
  /** Systolic minus diastolic pressure. */
  readonly pulse: number;
  /** Resting pressure in the belly. */
  readonly belly: number;
  /** Inside minus outside of the vena cava and iliac veins. */
  readonly veinAcross: number;
  /** Share of the mean arterial pressure that backs up behind a vein that lets nothing through, 0…1. */
  readonly venousDrive: number;
  /** Pressure-strain modulus of the large arteries. */
  readonly arteryEp: number;
  /** Young's modulus of the walls, for the ring's bending. */
  readonly arteryModulus: number;
  readonly veinModulus: number;
  /** Share of its free area that the left common iliac vein has at rest, 0…1. */
  readonly leftIliacVein: number;
}

export interface PhysiologyInput {
  /** What it is called among the inputs and assumptions. */
  readonly id: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: 'kPa' | '';
  readonly evidence: readonly string[];
}

const mmHg = (value: number, low: number, high: number) => ({
  value: kPaOfMmHg(value),
  low: kPaOfMmHg(low),
  high: kPaOfMmHg(high),
  unit: 'kPa' as const,
});

/** Central values and ranges. The belly's resting pressure follows the pose. */
export function physiologyInputs(
  pose: 'prone' | 'supine' | 'side',
): Readonly<Record<keyof Physiology, PhysiologyInput>> {
  return {
    arterialMean: { id: 'arterial-mean', ...mmHg(88, 70, 107), evidence: ['V-56'] },
    pulse: { id: 'pulse', ...mmHg(51, 30, 61), evidence: ['V-57'] },
    belly: {
      id: 'belly',
      ...(pose === 'prone' ? mmHg(8.5, 5, 12) : mmHg(5, 2, 10)),
      evidence: ['V-59', 'V-16', 'V-20'],
    },
    veinAcross: { id: 'vein-across', ...mmHg(2, 0.5, 6), evidence: ['V-58', 'V-33'] },
    // laws disagree: behind cuffs all of it drives blood, with gas in the belly flow falls as if less than a third did
    venousDrive: {
      id: 'venous-drive',
      value: 1,
      low: 0.29,
      high: 1,
      unit: '',
      evidence: ['V-70', 'V-71', 'V-72', 'V-34'],
    },
    // the range is that of women from youth to 74 years; the value is its middle age
    arteryEp: { id: 'artery-ep', value: 60, low: 18, high: 117, unit: 'kPa', evidence: ['T-47'] },
    arteryModulus: {
      id: 'artery-modulus',
      value: 400,
      low: 90,
      high: 1500,
      unit: 'kPa',
      evidence: ['T-99'],
    },
    veinModulus: {
      id: 'vein-modulus',
      value: 150,
      low: 30,
      high: 1000,
      unit: 'kPa',
      evidence: ['T-100'],
    },
    leftIliacVein: {
      id: 'left-iliac-vein',
      value: 0.65,
      low: 0.3,
      high: 1,
      unit: '',
      evidence: ['V-60', 'V-37'],
    },
  };
}

/** The central person of a pose, or one with some inputs replaced. */
export function physiologyOf(pose: 'prone' | 'supine' | 'side', given: Partial<Physiology> = {}): Physiology {
  const central = Object.entries(physiologyInputs(pose)).map(([name, { value }]) => [name, value]);
  return { ...(Object.fromEntries(central) as unknown as Physiology), ...given };
}
