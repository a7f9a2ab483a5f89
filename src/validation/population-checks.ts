import { buildAnatomy } from '../anatomy/anatomy.ts';
import { resolveBody } from '../body/body.ts';
import { randomSpec } from '../body/random-spec.ts';
import { note } from '../messages/note.ts';
import type { Compute } from './anchor.ts';
import { checkReference, skinToAorta } from './check-reference.ts';
import { figure } from './figure.ts';
import { pressInLab, valueOfFinding } from './lab.ts';
import { FIST } from './press-checks.ts';

/** Women of the age and weights of those who give birth, who are not pregnant: height, cm; body mass index. */
const WOMEN = [
  [158, 19],
  [168, 21],
  [162, 22.5],
  [156, 24],
  [170, 25.5],
  [164, 27],
  [160, 29],
  [166, 32],
] as const;

/** How many bodies are made up for the depth of the aorta; about half of them are women. */
const MADE_UP = 600;

/** Checks of many bodies. */
export const POPULATION_CHECKS: Readonly<Record<string, Compute>> = {
  'A-10': async ({ cell, say }) => {
    const left: number[] = [];
    for (const [height_cm, index] of WOMEN) {
      const weight_kg = Math.round(index * (height_cm / 100) ** 2);
      await say(`${height_cm} cm, ${weight_kg} kg`);
      const body = { sex: 'female', age: 30, height_cm, weight_kg } as const;
      const lab = await pressInLab({ ...FIST, body, pose: 'supine', cell, at: [7, 85], force: () => 300 });
      left.push(100 + valueOfFinding(lab, 'external_iliac_artery', 'flow-change'));
    }
    const cut = (100 * left.filter((flow) => flow <= 50).length) / left.length;
    return {
      figures: [figure('A-10', 'check.figure.cut', cut)],
      note: note('check.a10.note', { flows: left.map((flow) => flow.toFixed(0)).join(' ') }),
    };
  },

  'A-38': async () => {
    const checks = await checkReference();
    const inside = checks.filter((check) => check.inside).length;
    return {
      figures: [figure('A-38', 'check.figure.measures', (100 * inside) / checks.length)],
      note: note('check.a38.note', { inside, all: checks.length }),
    };
  },

  'A-39': async ({ say }) => {
    await say(String(MADE_UP));
    const groups = [
      { name: 'check.figure.normal', from: 18.5, to: 25, published: 45 },
      { name: 'check.figure.overweight', from: 25, to: 30, published: 56.9 },
      { name: 'check.figure.obese', from: 30, to: 99, published: 78.9 },
    ] as const;
    const depths = groups.map((): number[] => []);
    for (let seed = 1; seed <= MADE_UP; seed++) {
      const spec = randomSpec(seed);
      if (spec.sex !== 'female') continue;
      const body = resolveBody(spec);
      const index = body.weight_kg / (body.height_cm / 100) ** 2;
      const group = groups.findIndex(({ from, to }) => index >= from && index < to);
      if (group >= 0) depths[group]!.push(skinToAorta(buildAnatomy(body, 'supine')));
    }
    return {
      figures: groups.map(({ name, published }, n) => ({
        name,
        value: depths[n]!.reduce((sum, depth) => sum + depth, 0) / depths[n]!.length,
        low: 0.8 * published,
        high: 1.2 * published,
        unit: 'mm',
      })),
      note: note('check.a39.note', { women: depths.reduce((sum, of) => sum + of.length, 0) }),
    };
  },
};
